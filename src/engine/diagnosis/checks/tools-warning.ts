import type { Fix, Snippet } from '../../../protocol/fix';
import type { File } from '../../../protocol/file';
import type { KernelPip } from '../../../protocol/kernel';
import { TOOL } from '../../../protocol/tools';
import type { ToolsReport } from '../../tools/inspect';
import type { Shadow } from '../../tools/shadow';
import { takeAway } from '../../tools/shadow-snippets';
import type { Refusal, SlowIndex } from './open-questions';
import { together, trans } from '../../core/say';

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
    ...refusalSentence(own, cannot),
    ...kernelSentence(kernels),
    ...refusalSentence(others, ({ kernel, tool }) =>
      trans.__('In the kernel %1, %2 cannot install', kernel, TOOL[tool].title)
    )
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
    : { text: together(...texts), ...(fixes.length > 0 && { fix: joined(fixes) }) };
}

function cannot({ tool }: Refusal): string {
  const { title, does } = TOOL[tool];
  return does === 'upload' ? trans.__('%1 cannot upload', title) : trans.__('%1 cannot install', title);
}

const distinct = (refusals: readonly Refusal[]): Refusal[] => [
  ...new Map(refusals.map(refusal => [refusal.shadow.by, refusal])).values()
];

function refusalSentence(
  [first, ...others]: readonly Refusal[],
  begin: (first: Refusal) => string
): string[] {
  return first ? [becauseOf(begin(first), first.shadow.by, others.length)] : [];
}

/** What is the matter, and the first of its reasons. */
const becauseOf = (what: string, by: string, more: number): string =>
  more > 0
    ? trans.__('%1 because of %2, and %3 more.', what, by, more)
    : trans.__('%1 because of %2.', what, by);

function refusalFix(refusals: readonly Refusal[], files: readonly File[]): Fix | undefined {
  if (refusals.length === 0) {
    return undefined;
  }
  const others = refusals.filter(({ isLogin, shadow }) => !isLogin || !isWritten(shadow, files));
  const snippets = takeAway(others.map(({ shadow }) => shadow));
  const lacks = refusals.every(({ isLogin }) => isLogin) && snippets.length === 0;
  return lacks
    ? {
        who: 'you',
        text: trans.__('Connect again: that writes a token which the index takes.'),
        snippets: [CONNECT]
      }
    : {
        who: 'you',
        text:
          others.length < refusals.length ? together(TAKE_AWAY, trans.__('Then connect again.')) : TAKE_AWAY,
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

const CONNECT: Snippet = {
  title: trans.__('In a terminal'),
  language: 'bash',
  text: 'jupyter codeartifact connect'
};

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
    becauseOf(
      trans.__('In the kernel %1, pip does not use this connection', first.displayName),
      by ?? '',
      more.length
    ),
    ...(names
      ? [
          others.length === 1
            ? trans.__('Neither does pip in the kernel %1.', names)
            : trans.__('Neither does pip in the kernels %1.', names)
        ]
      : [])
  ];
}

const TAKE_AWAY = trans.__('Take away what is read before the connection, or leave it if it is meant.');

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
        text: trans.__('Connect again: that writes the token of the connection there.'),
        snippets: [CONNECT]
      }
    : {
        who: 'you',
        text: trans.__('Connect, and the package tools are set up for this repository.'),
        snippets
      };
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
const DEPENDENCY_CONFUSION = trans.__(
  'With the index mode "extra-index-url" pip takes the newest version that any of its indexes has: whoever publishes a package there under the name of one of yours has it installed (dependency confusion).'
);

/** What only slows pip, or makes it unsafe, while it can install. */
export function toolsWarning(slow: readonly SlowIndex[], besideOthers: boolean): ToolsTrouble | undefined {
  const [first, ...others] = slow;
  const texts = [
    ...(first
      ? [
          trans.__(
            'pip also asks %1 (%2), which does not answer: each package takes it about %3 s longer.',
            first.other.url,
            placeOf(first.other.shadow),
            first.seconds
          ),
          ...(others.length > 0 ? [trans.__('So do %1 more.', others.length)] : [])
        ]
      : []),
    ...(besideOthers ? [DEPENDENCY_CONFUSION] : [])
  ];
  const snippets = takeAway(slow.map(({ other }) => other.shadow));
  return texts.length === 0
    ? undefined
    : {
        text: together(...texts),
        ...(snippets.length > 0 && {
          fix: {
            who: 'you',
            text: trans.__('Take away the index that does not answer, unless it is needed elsewhere.'),
            snippets
          }
        })
      };
}

/** Where a setting stands, without its value: the URL is said before. */
const placeOf = ({ by, path, line, variable }: Shadow): string =>
  variable !== undefined
    ? trans.__('the variable %1', variable)
    : path !== undefined
      ? trans.__('%1, line %2', path, line)
      : by;
