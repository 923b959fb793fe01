import type { Kernel } from '@jupyterlab/services';
import { pythonText, pythonValue } from './python-text';

/** What a kernel's pip must find for the connection to be used there. */
export interface Wanted {
  /** The index without credentials. */
  readonly index: string;
  /** Whether pip takes the index as its only one (`index-url`), or beside another (`extra-index-url`). */
  readonly mode: 'index-url' | 'extra-index-url';
  /** The file that holds the token; empty when pip.conf itself holds it. */
  readonly netrc: string;
}

/*
 * Which variables of the kernel's process take its pip elsewhere: pip reads PIP_* before its files, and
 * PIP_CONFIG_FILE as its last file, or with os.devnull as its only one
 * (https://pip.pypa.io/en/stable/topics/configuration/). Only names leave the kernel: values may hold secrets.
 */
const SOURCE = `
import os, re

def bare(url):
    return re.sub("//[^/?#]*@", "//", url).rstrip("/")

# Without a token file, an index that stands in a variable has no token.
ours = bare(given["index"]) if given["netrc"] else None

def elsewhere(urls):
    return any(url.rstrip("/") != ours for url in urls.split())

def read(path):
    try:
        with open(os.path.expanduser(path), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""

def config(path):
    if path == os.devnull:
        return True
    keys = given["mode"].replace("-", "[-_]")
    found = re.findall("(?mi)^[ \\t]*(?:%s)[ \\t]*[=:][ \\t]*(.*)$" % keys, read(path))
    return any(bare(url) != bare(given["index"]) for url in " ".join(found).split())

def netrc(path):
    if not given["netrc"]:
        return False
    host = re.sub("^.*?//|[:/].*$", "", given["index"])
    same = os.path.realpath(os.path.expanduser(path)) == os.path.realpath(os.path.expanduser(given["netrc"]))
    return not same and host not in read(path)

judges = {
    "PIP_" + given["mode"].upper().replace("-", "_"): elsewhere,
    "PIP_NO_INDEX": lambda value: value.lower() in ("1", "y", "yes", "t", "true", "on"),
    "PIP_CONFIG_FILE": config,
    "NETRC": netrc,
}
found = [name for name, judge in judges.items() if os.environ.get(name, "").strip() and judge(os.environ[name].strip())]
`;

/** An expression whose value is the list of names; it leaves no name in the user's namespace. */
export const shadowExpression = (wanted: Wanted): string =>
  `(lambda scope: (exec(${pythonText(SOURCE)}, scope), " ".join(scope["found"]))[1])({"given": ${pythonValue(wanted)}})`;

/** Takes the variables out of the kernel's process; its value is None, so that none of theirs leaves it. */
export const unsetExpression = (names: readonly string[]): string =>
  `[__import__("os").environ.pop(name, None) for name in ${pythonValue(names)}] and None`;

/**
 * Asks a kernel for the value of an expression without a trace: no output, no history, no counter.
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
    // The kernel went away while it was asked.
    return null;
  } finally {
    future.dispose();
  }
}
