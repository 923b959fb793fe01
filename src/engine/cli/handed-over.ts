import * as z from 'zod/mini';

/** A SettingsInput that is not looked at yet; or, where there is nothing to do, an exit code. */
const HandedOverSchema = z.union([
  z.object({ input: z.record(z.string(), z.unknown()) }),
  z.object({ exit: z.number() })
]);

export type HandedOver = z.infer<typeof HandedOverSchema>;

/** The descriptor of the pipe from jupyterlab_codeartifact/early_start.py. */
const PIPE_VARIABLE = 'JUPYTERLAB_CODEARTIFACT_PIPE';
const INPUT_VARIABLE = 'JUPYTERLAB_CODEARTIFACT_INPUT';

/**
 * What `jupyter codeartifact` hands to the engine, which may run before the settings are read. Null when who should
 * have handed it over has ended without a word.
 *
 * @param readAll everything that comes through a descriptor until its end
 */
export async function handedOver(
  env: Readonly<Record<string, string | undefined>>,
  readAll: (descriptor: number) => Promise<string>
): Promise<HandedOver | null> {
  const pipe = env[PIPE_VARIABLE];
  if (pipe === undefined) {
    return HandedOverSchema.parse({ input: JSON.parse(env[INPUT_VARIABLE] ?? '{}') });
  }
  const text = await readAll(Number(pipe));
  return text === '' ? null : HandedOverSchema.parse(JSON.parse(text));
}
