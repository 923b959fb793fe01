import type { Fix, Snippet } from '../../../protocol/fix';
import type { File } from '../../../protocol/file';
import type { KernelPip } from '../../../protocol/kernel';
import type { ToolsReport } from '../../tools/inspect';
import type { Shadow } from '../../tools/shadow';
import { takeAway } from '../../tools/shadow-snippets';
import type { Refusal, SlowIndex } from './open-questions';

/** What keeps the package tools from installing, in words, and what to do about it. */
export interface ToolsTrouble {
  readonly text: string;
  readonly fix?: Fix;
}

/** What to say of tools that cannot install: the server's own first, then each kernel's. */
export function toolsTrouble(
  report: ToolsReport,
  refusals: readonly Refusal[] = []
): ToolsTrouble | undefined {
  const kernels = shadowedKernels(report);
  const own = distinct(refusals.filter(({ kernel }) => kernel === undefined));
  const told = new Set(own.map(({ shadow }) => shadow.by));
  const others = distinct(
    refusals.filter(({ kernel, shadow }) => kernel !== undefined && !told.has(shadow.by))
  );
  const texts = [
    ...(report.ok ? [] : [report.summary]),
    ...refusalSentence(
      own,
      `${nameOf(own[0]?.tool)} cannot ${own[0]?.tool === 'twine' ? 'upload' : 'install'}`
    ),
    ...kernelSentence(kernels),
    ...refusalSentence(others, `In the kernel ${others[0]?.kernel}, ${others[0]?.tool} cannot install`)
  ];
  const found = [
    ownFix(report),
    refusalFix(
      [...own, ...others].filter(({ fix }) => !fix),
      report.files
    ),
    ...[...own, ...others].map(({ fix }) => fix),
    ...kernels.map(kernel => kernel.fix)
  ];
  const fixes = found.filter(fix => fix !== undefined);
  return texts.length === 0
    ? undefined
    : { text: texts.join(' '), ...(fixes.length > 0 && { fix: joined(fixes) }) };
}

const nameOf = (tool = ''): string => (tool === 'poetry' ? 'Poetry' : tool);

const distinct = (refusals: readonly Refusal[]): Refusal[] => [
  ...new Map(refusals.map(refusal => [refusal.shadow.by, refusal])).values()
];

function refusalSentence([first, ...others]: readonly Refusal[], begin: string): string[] {
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return first ? [`${begin} because of ${first.shadow.by}${more}.`] : [];
}

function refusalFix(refusals: readonly Refusal[], files: readonly File[]): Fix | undefined {
  if (refusals.length === 0) {
    return undefined;
  }
  const others = refusals.filter(({ isLogin, shadow }) => !isLogin || !isWritten(shadow, files));
  const snippets = takeAway(others.map(({ shadow }) => shadow));
  const lacks = refusals.every(({ isLogin }) => isLogin) && snippets.length === 0;
  return lacks
    ? { who: 'you', text: 'Connect again: that writes a token which the index takes.', snippets: [CONNECT] }
    : {
        who: 'you',
        text: others.length < refusals.length ? `${TAKE_AWAY} Then connect again.` : TAKE_AWAY,
        snippets: [...snippets, ...(others.length < refusals.length ? [CONNECT] : [])]
      };
}

/**
 * Whether a password stands where Connect writes: it is ours that has ended, or somebody's in its place. To take the
 * line away would leave the tool without any.
 */
const isWritten = ({ path, variable, unset }: Shadow, files: readonly File[]): boolean =>
  variable === undefined &&
  files.some(
    file =>
      file.path === path &&
      (file.tool === 'netrc' ||
        file.tool === 'twine' ||
        (file.tool === 'pip' && unset === 'global.index-url'))
  );

const CONNECT: Snippet = { title: 'In a terminal', language: 'bash', text: 'jupyter codeartifact connect' };

/** Kernels with something in the way that is not in the server's own way too. */
function shadowedKernels({ kernels = [], shadows }: ToolsReport): KernelPip[] {
  const told = new Set(shadows.map(shadow => shadow.by));
  return kernels.filter(kernel => kernel.shadowedBy.some(by => !told.has(by)));
}

function kernelSentence([first, ...others]: readonly KernelPip[]): string[] {
  if (!first) {
    return [];
  }
  const [by, ...more] = first.shadowedBy;
  const names = others.map(kernel => kernel.displayName).join(', ');
  return [
    `In the kernel ${first.displayName}, pip does not use this connection because of ${by}` +
      `${more.length > 0 ? `, and ${more.length} more` : ''}.`,
    ...(names ? [`Neither does pip in ${others.length === 1 ? 'the kernel' : 'the kernels'} ${names}.`] : [])
  ];
}

const TAKE_AWAY = 'Take away what is read before the connection, or leave it if it is meant.';

/** What keeps pip from the connection lies in the notebook's own environment and files: the reader can mend it. */
function ownFix({ shadows, ok }: ToolsReport): Fix | undefined {
  if (ok) {
    return undefined;
  }
  const others = shadows.filter(({ rewritten }) => !rewritten);
  const snippets = takeAway(others);
  if (snippets.length > 0) {
    return { who: 'you', text: TAKE_AWAY, snippets };
  }
  return shadows.length > 0 && others.length === 0
    ? {
        who: 'you',
        text: 'Connect again: that writes the token of the connection there.',
        snippets: [CONNECT]
      }
    : { who: 'you', text: 'Connect, and the package tools are set up for this repository.', snippets };
}

/** One fix of several: their words where they are of one mind, and every text to paste once. */
function joined(fixes: readonly Fix[]): Fix {
  const snippets = new Map<string, Snippet>(
    fixes.flatMap(fix => fix.snippets).map(snippet => [snippet.text, snippet])
  );
  const text = fixes.every(fix => fix.text === fixes[0].text) ? fixes[0].text : TAKE_AWAY;
  return { ...fixes[0], text, snippets: [...snippets.values()] };
}

/** Said wherever pip asks our index beside another: it takes the newest version of either. */
const DEPENDENCY_CONFUSION =
  'With the index mode "extra-index-url" pip takes the newest version that any of its indexes has: whoever publishes a package there under the name of one of yours has it installed (dependency confusion).';

/** What only slows pip, or makes it unsafe, while it can install. */
export function toolsWarning(slow: readonly SlowIndex[], besideOthers: boolean): ToolsTrouble | undefined {
  const [first, ...others] = slow;
  const more = others.length > 0 ? ` So do ${others.length} more.` : '';
  const texts = [
    ...(first
      ? [
          `pip also asks ${first.other.url} (${placeOf(first.other.shadow)}), which does not answer: each package takes it about ${first.seconds} s longer.${more}`
        ]
      : []),
    ...(besideOthers ? [DEPENDENCY_CONFUSION] : [])
  ];
  const snippets = takeAway(slow.map(({ other }) => other.shadow));
  return texts.length === 0
    ? undefined
    : {
        text: texts.join(' '),
        ...(snippets.length > 0 && {
          fix: {
            who: 'you',
            text: 'Take away the index that does not answer, unless it is needed elsewhere.',
            snippets
          }
        })
      };
}

/** Where a setting stands, without its value: the URL is said before. */
const placeOf = ({ by, path, line, variable }: Shadow): string =>
  variable !== undefined ? `the variable ${variable}` : path !== undefined ? `${path}, line ${line}` : by;
