import type { Kernel } from '@jupyterlab/services';
import downloadSource from './download.py';
import shadowsSource from './shadows.py';

/** What a kernel's pip must find for the connection to be used there. */
export interface IWantedIndex {
  /** The index without credentials. */
  readonly index: string;
  /** Whether pip takes the index as its only one (`index-url`), or beside another (`extra-index-url`). */
  readonly mode: 'index-url' | 'extra-index-url';
  /** The file that holds the token; empty when pip.conf itself holds it. */
  readonly netrc: string;
}

/** Variables of a running kernel that override pip's files. */
export interface IKernelShadow {
  readonly kernelId: string;
  /** The notebook's file name. */
  readonly file: string;
  /** Their names, the most important first; never a value. */
  readonly variables: readonly string[];
}

/**
 * A value as a Python expression: JSON in a string literal, so that nothing a user types becomes code. JSON's escapes
 * are valid in Python (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences).
 */
export const pythonValue = (value: unknown): string =>
  `__import__("json").loads(${JSON.stringify(JSON.stringify(value))})`;

/**
 * An expression that calls `main` of a file with one argument. The file is executed in a dictionary of its own: it
 * leaves no name in the user's namespace, and it does not depend on what the user has called `exec`.
 */
const callMain = (source: string, argument: unknown): string =>
  `(lambda scope: (__import__("builtins").exec(${JSON.stringify(source)}, scope), scope["main"](${pythonValue(argument)}))[1])({"__name__": "codeartifact"})`;

/** Code that lets the kernel's pip download `requirement`, and prints what happens as lines of JSON. */
export const downloadCode = (requirement: string): string => callMain(downloadSource, requirement);

/** An expression whose value is the names of the variables that override pip's files, separated by spaces. */
export const shadowExpression = (wanted: IWantedIndex): string => callMain(shadowsSource, wanted);

/** Removes variables from the kernel's process; the value is None, so that none of theirs leaves the kernel. */
export const unsetExpression = (names: readonly string[]): string =>
  `[__import__("os").environ.pop(name, None) for name in ${pythonValue(names)}] and None`;

/**
 * Asks a kernel for the value of an expression, without output, history or counter.
 *
 * @returns its `text/plain`; null when the kernel could not answer
 */
export async function evaluate(kernel: Kernel.IKernelConnection, expression: string): Promise<string | null> {
  const future = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    allow_stdin: false,
    stop_on_error: false,
    user_expressions: { codeartifact: expression }
  });
  try {
    const { content } = await future.done;
    const answer = content.status === 'ok' ? content.user_expressions.codeartifact : undefined;
    const { status, data } = (answer ?? {}) as { status?: string; data?: Record<string, unknown> };
    return status === 'ok' ? String(data?.['text/plain'] ?? '') : null;
  } catch {
    // The kernel was shut down meanwhile.
    return null;
  } finally {
    future.dispose();
  }
}
