import { aws, bash, comment, guarded, raw, type Value } from './shell';
import type { Snippet } from '../../../protocol/fix';
import type { PolicyDocument } from '../policies/statement';

/** How a policy that is replaced as a whole is read and written. */
export interface WholePolicy {
  readonly title: string;
  /** Variables to fill in, and look-ups. */
  readonly before: readonly string[];
  /** A command that prints the present document. */
  readonly fetch: string;
  /** The operation that writes it, without the document. */
  readonly put: string;
  readonly options: Readonly<Record<string, Value>>;
  /** The option that takes the document. */
  readonly documentOption?: string;
  readonly add: PolicyDocument;
}

/** Appends only what is not there yet. The document's own Version stays: it decides how the rest is read. */
export const APPEND = [
  'import json, sys',
  'now, ours = (json.load(open(name)) for name in sys.argv[1:3])',
  'have = now["Statement"] if isinstance(now["Statement"], list) else [now["Statement"]]',
  'now["Statement"] = have + [s for s in ours["Statement"] if s not in have]',
  'print(json.dumps(now))'
];

export const here = (file: string, tag: string, lines: readonly string[]): string =>
  [`cat > ${file} <<'${tag}'`, ...lines, tag].join('\n');

export const appended = (now: string, ours: string, merged: string): string =>
  [`python3 - ${now} ${ours} > ${merged} <<'PYTHON'`, ...APPEND, 'PYTHON'].join('\n');

export const documentLines = (document: unknown): readonly string[] =>
  JSON.stringify(document, null, 2).split('\n');

/**
 * AWS replaces these documents as a whole, so the snippet fetches the present one, appends our
 * statements and puts it back: nothing that others have is taken away.
 */
export function addToPolicy(policy: WholePolicy): Snippet {
  return bash(policy.title, [
    guarded([
      ...policy.before,
      'WORK=$(mktemp -d)',
      comment('The policy as it is now'),
      `${policy.fetch} > "$WORK/now.json"`,
      comment('What is missing'),
      here('"$WORK/ours.json"', 'JSON', documentLines(policy.add)),
      comment('Both together, put back'),
      appended('"$WORK/now.json"', '"$WORK/ours.json"', '"$WORK/merged.json"'),
      aws(policy.put, {
        ...policy.options,
        [policy.documentOption ?? 'policy-document']: raw('"file://$WORK/merged.json"')
      })
    ])
  ]);
}
