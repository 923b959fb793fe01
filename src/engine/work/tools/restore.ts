import { done, type Outcome } from '../../pure/verdicts/failure';
import { type Alongside, carryOut } from './carry-out';
import type { Written } from './configure';
import { octal, type Step, stepBack } from './plan';
import type { ToolsDeps } from './target';

/**
 * Disconnect: every file as it was before Connect, byte for byte; where somebody edited it since,
 * only our lines go, and a note says so.
 */
export async function restore(
  deps: ToolsDeps,
  { signal, alongside }: { readonly signal?: AbortSignal; readonly alongside?: Alongside } = {}
): Promise<Outcome<Written>> {
  const written = await carryOut(
    deps,
    {
      plan: async (seeing, memory) => {
        const steps: Step[] = [];
        // The configuration first and the netrc last: pip must never see the index without its token.
        const files = [...memory.files].reverse();
        for (const step of await Promise.all(files.map(file => stepBack(seeing, file, memory)))) {
          if (!step.ok) {
            return step;
          }
          steps.push(step.value);
        }
        return done({ steps, tokens: [], files });
      },
      ...(alongside ? { alongside } : {})
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
