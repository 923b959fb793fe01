import { styleText } from 'node:util';
import type { Document } from '../../protocol/document';
import type { Packages, Repositories } from '../../protocol/listing';
import { rungLabel } from '../../protocol/messages/describe';
import { ENGLISH } from '../../protocol/messages/trans';
import type { Rung } from '../../protocol/rung';
import { isFailureVerdict } from '../../protocol/verdict';

type Style = Parameters<typeof styleText>[0];

/** Paints or does not; styleText itself minds NO_COLOR and FORCE_COLOR. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;
export const painted: Paint = (style, text) => styleText(style, text);

/** As wide as the longest title and the longest word, so that the columns stand. */
const TITLE_WIDTH = 38;
const WORD_WIDTH = 20;

/** One line of the ladder: title, time, verdict, evidence in words. */
export function rungLine(rung: Rung, paint: Paint): string {
  const loud = isFailureVerdict(rung.verdict);
  const skipped = rung.verdict === 'skipped';
  const isOpen = rung.summary.startsWith('Not looked at');
  const word =
    skipped && !rung.because ? (isOpen ? 'not looked at' : 'not needed') : rungLabel(rung, ENGLISH);
  const ms = skipped || rung.verdict === 'waiting' ? '' : `${Math.round(rung.ms)} ms`;
  // The word has said it already.
  const said = skipped
    ? rung.summary.replace(/^Not (needed|reached|looked at)(: |\. |\.$)/, '')
    : rung.summary;
  const line =
    `  ${rung.title.padEnd(TITLE_WIDTH)}${ms.padStart(8)}  ${word.padEnd(WORD_WIDTH)}${rung.warning ?? said}`.trimEnd();
  return loud ? paint('red', line) : rung.verdict === 'ok' && !rung.warning ? line : paint('dim', line);
}

/** What the rungs warn of although they hold, where the summary does not say it. */
export const warningsOf = ({ rungs, summary }: Document): string[] =>
  rungs.flatMap(({ warning }) => (warning && !summary.includes(warning) ? [warning] : []));

/** The whole answer for people: verdict, connection, files, warnings that nothing else shows, notes, fix. */
export function printDocument(doc: Document, paint: Paint, warnings: readonly string[] = []): string {
  const lines: string[] = [paint(doc.verdict === 'ok' ? 'green' : 'red', doc.summary)];
  const { connection } = doc;
  if (connection && (connection.state === 'connected' || connection.state === 'refreshing')) {
    lines.push(`  index    ${connection.indexUrl ?? ''}`);
    if (connection.expiresAt) {
      lines.push(
        `  expires  ${connection.expiresAt}${connection.refreshAt ? `, renewed at ${connection.refreshAt} while the server runs` : ''}`
      );
    }
  }
  for (const file of doc.files) {
    lines.push(
      `  ${file.tool.padEnd(8)} ${file.path}  ${file.mode}${file.effective ? '' : '  not in effect'}`
    );
    lines.push(...file.shadowedBy.map(by => `           hidden by ${by}`));
    if (file.note) {
      lines.push(`           ${file.note}`);
    }
  }
  for (const kernel of doc.connection ? (doc.kernels ?? []).filter(one => !one.effective) : []) {
    lines.push(`  kernel   ${kernel.displayName}  ${kernel.prefix}  does not use this connection`);
    lines.push(...kernel.shadowedBy.map(by => `           hidden by ${by}`));
  }
  lines.push(...warnings.map(warning => `  Warning: ${warning}`));
  lines.push(...(doc.notes ?? []).map(note => `  Note: ${note}`));
  // `status` climbs no ladder: its kernels' own fixes are all it has.
  const broken = doc.rungs.find(rung => rung.fix)?.fix;
  const fixes = broken ? [broken] : doc.connection ? (doc.kernels ?? []).flatMap(one => one.fix ?? []) : [];
  // What all kernels inherit is mended once for all.
  const distinct = [...new Map(fixes.toReversed().map(fix => [JSON.stringify(fix.snippets), fix])).values()];
  lines.push(...distinct.toReversed().flatMap(fix => ['', ...printFix(fix, paint)]));
  return lines.join('\n');
}

function printFix(fix: NonNullable<Rung['fix']>, paint: Paint): string[] {
  const who = fix.who === 'you' ? 'You can fix this.' : `Who can fix this: ${fix.who}.`;
  return [
    paint('bold', who),
    fix.text,
    ...fix.snippets.flatMap(s => [
      '',
      paint('bold', s.title),
      ...s.text
        .trimEnd()
        .split('\n')
        .map(line => `    ${line}`)
    ])
  ];
}

export type Listing = Repositories | Packages;

/** Why there is no list, and what to do. */
export function printRefusal({ summary, rungs }: Listing, paint: Paint): string {
  const fix = rungs?.find(rung => rung.fix)?.fix;
  return [paint('red', summary), ...(fix ? ['', ...printFix(fix, paint)] : [])].join('\n');
}

export function printRepositories(answer: Repositories): string {
  const rows = answer.repositories.map(r => {
    const from = [...r.upstreams.map(u => `upstream ${u}`), ...r.externalConnections];
    return `  ${`${r.domain}/${r.name}`.padEnd(40)} ${r.domainOwner}  ${from.join(', ') || 'no upstream: only what was published here'}`;
  });
  return [answer.summary, ...rows].join('\n');
}

export function printPackages(answer: Packages): string {
  const rows = answer.packages.map(p =>
    `  ${p.name.padEnd(32)}${p.versions.map(v => v.version).join(', ')}`.trimEnd()
  );
  return [answer.summary, ...rows].join('\n');
}
