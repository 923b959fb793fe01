import type { Kernel } from '../../protocol/kernel';

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name from somebody's kernel.json goes to terminals too. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

/** The kernels as the server's side told them; what is not one is left out. */
export const kernelsIn = (value: unknown): Kernel[] => (Array.isArray(value) ? value.flatMap(kernelIn) : []);

function kernelIn(value: unknown): Kernel[] {
  if (!isTable(value)) {
    return [];
  }
  const { name, displayName, executable, env, file } = value;
  if (typeof name !== 'string' || typeof executable !== 'string' || !executable.startsWith('/')) {
    return [];
  }
  const texts = Object.entries(isTable(env) ? env : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string'
  );
  return [
    {
      name,
      displayName: oneLine(typeof displayName === 'string' && displayName ? displayName : name),
      executable,
      env: Object.fromEntries(texts),
      ...(typeof file === 'string' && { file })
    }
  ];
}
