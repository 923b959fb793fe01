import { done, type Outcome } from '../core/failure';
import { type RecordChange, runTransaction } from './transaction';
import type { Written } from './configure';
import { octal, type FilePlan, planRestore } from './file-plan';
import type { ToolsDeps } from './tools-deps';

/**
 * Disconnect: every file as it was before Connect, byte for byte; where somebody edited it since,
 * only our lines go, and a note says so.
 */
export async function restore(
  deps: ToolsDeps,
  { signal, record }: { readonly signal?: AbortSignal; readonly record?: RecordChange } = {}
): Promise<Outcome<Written>> {
  const written = await runTransaction(
    deps,
    {
      plan: async (cached, journal) => {
        const steps: FilePlan[] = [];
        // The configuration first and the netrc last: pip must never see the index without its token.
        const files = [...journal.files].reverse();
        for (const step of await Promise.all(files.map(file => planRestore(cached, file, journal)))) {
          if (!step.ok) {
            return step;
          }
          steps.push(step.value);
        }
        return done({ steps, tokens: [], files });
      },
      ...(record ? { record } : {})
    },
    signal
  );
  if (!written.ok) {
    return written;
  }
  const { steps, files, changed } = written.value;
  return done({
    files: files.flatMap((file, i) =>
      steps[i].change?.to
        ? [
            {
              tool: file.tool,
              path: file.path,
              scope: file.scope,
              mode: octal(steps[i].mode),
              effective: false,
              shadowedBy: []
            }
          ]
        : []
    ),
    notes: steps.flatMap(step => step.notes),
    changed
  });
}
