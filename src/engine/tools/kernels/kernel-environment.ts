import type { Kernel } from '../../../protocol/kernel';
import type { ToolsDeps } from '../tools-deps';

/**
 * `sys.prefix` of the Python that a kernel runs: a venv's interpreter is a link, and its environment is where the
 * link stands. https://docs.python.org/3/library/sys_path_init.html
 */
export const prefixOf = ({ executable }: Kernel): string =>
  executable.split('/').slice(0, -2).join('/') || '/';

/** The Python to type in a terminal; a kernel such as xeus-python's is another program beside it. */
export const pythonOf = (kernel: Kernel): string =>
  /\/python[\d.]*$/.test(kernel.executable) ? kernel.executable : `${prefixOf(kernel)}/bin/python`;

/** The files and variables as the kernel's pip sees them: its own environment, and its variables over the server's. */
export function kernelToolsDeps(deps: ToolsDeps, kernel: Kernel): ToolsDeps {
  const env = { ...deps.runtime.env, ...kernel.env };
  const home = kernel.env['HOME'] ?? deps.runtime.home;
  return { ...deps, pythonPrefix: prefixOf(kernel), runtime: { ...deps.runtime, env, home } };
}

// These move pip's and uv's files, the others say something themselves.
const MOVERS = ['HOME', 'XDG_CONFIG_HOME', 'XDG_CONFIG_DIRS'];

/** The variable of the kernel spec that leads its tools to other files than the server's. */
export function movedBy(deps: ToolsDeps, { env }: Kernel): string | undefined {
  const changed = Object.keys(env).filter(name => env[name] !== deps.runtime.env[name]);
  return MOVERS.find(name => changed.includes(name)) ?? changed.find(name => /^(PIP|UV)_|^NETRC$/.test(name));
}
