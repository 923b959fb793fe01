import cancelSource from './cancel.py';
import downloadSource from './download.py';
import shadowsSource from './shadows.py';
import staySource from './stay.py';

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
export const downloadCode = (requirement: string, key: string): string =>
  callMain(downloadSource, { requirement, key });

/** Ends the download that was started with this key. */
export const cancelCode = (key: string): string => callMain(cancelSource, key);

/** Returns when no cell runs. */
export const stayCode = (): string => callMain(staySource, null);

/** Prints a text as a line of JSON. */
export const sayCode = (expression: string): string =>
  `__import__("builtins").print(__import__("json").dumps(["value", ${expression}]), flush=True)`;

/** An expression whose value is the names of the variables that override pip's files, separated by spaces. */
export const shadowExpression = (wanted: IWantedIndex): string => callMain(shadowsSource, wanted);

/** Removes variables from the kernel's process; the value is None, so that none of theirs leaves the kernel. */
export const unsetExpression = (names: readonly string[]): string =>
  `[__import__("os").environ.pop(name, None) for name in ${pythonValue(names)}] and None`;
