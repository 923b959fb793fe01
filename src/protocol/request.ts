import * as z from 'zod/mini';
import { KernelSchema } from './kernel';

const Table = z.record(z.string(), z.unknown());

/**
 * What the server's side hands to the engine with every request: settings already resolved. The server may be older
 * or newer than the engine, so that what is missing or of another type gets its neutral value.
 */
export const SettingsInputSchema = z.object({
  /** Defaults, overrides, user values and pins merged; not yet validated. */
  settings: z.catch(Table, {}),
  /** Settings an administrator has fixed, and the file that says so. */
  pins: z.catch(z.record(z.string(), z.object({ value: z.unknown(), file: z.string() })), {}),
  /** Where each value came from, in words ("user settings", "/path/overrides.json"). */
  sources: z.catch(z.record(z.string(), z.string()), {}),
  /** Sentences to show ("Your own value of domain, x, is not used: ..."). */
  notes: z.catch(z.array(z.string()), []),
  /** Files of an administrator that cannot be read, a sentence each: what they pin is not known. */
  unreadable: z.optional(z.catch(z.array(z.string()), [])),
  /** Hosts beyond AWS's that the server's administrator allows as endpoints. */
  allowedEndpointHosts: z.catch(z.array(z.string()), []),
  /** Folder for the state file; the server's Jupyter data folder. */
  dataDir: z.catch(z.string(), ''),
  /** The Python kernels of this machine; none when they run elsewhere (a gateway's). */
  kernels: z.optional(
    z.pipe(
      z.catch(z.array(z.unknown()), []),
      z.transform(kernels =>
        kernels.flatMap(kernel => {
          const parsed = KernelSchema.safeParse(kernel);
          return parsed.success ? [parsed.data] : [];
        })
      )
    )
  )
});

export type SettingsInput = z.infer<typeof SettingsInputSchema>;
