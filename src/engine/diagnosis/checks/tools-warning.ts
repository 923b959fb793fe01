import type { Fix, Snippet } from '../../../protocol/fix';
import type { KernelPip } from '../../../protocol/kernel';
import type { ToolsReport } from '../../tools/inspect';
import { lineSnippets, variableSnippets, variablesOf } from '../../tools/shadow-snippets';

/** What to say of tools that do not use the connection: the server's own first, then each kernel's. */
export function toolsWarning(report: ToolsReport): { text: string; fix?: Fix } | undefined {
  const kernels = shadowedKernels(report);
  const texts = [...(report.ok ? [] : [report.summary]), ...kernelSentence(kernels)];
  const fixes = [ownFix(report), ...kernels.map(kernel => kernel.fix)].filter(fix => fix !== undefined);
  return texts.length === 0
    ? undefined
    : { text: texts.join(' '), ...(fixes.length > 0 && { fix: joined(fixes) }) };
}

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
  const snippets = [...variableSnippets(variablesOf(shadows)), ...lineSnippets(shadows)];
  return snippets.length === 0
    ? { who: 'you', text: 'Connect, and the package tools are set up for this repository.', snippets }
    : { who: 'you', text: TAKE_AWAY, snippets };
}

/** One fix of several: their words where they are of one mind, and every text to paste once. */
function joined(fixes: readonly Fix[]): Fix {
  const snippets = new Map<string, Snippet>(
    fixes.flatMap(fix => fix.snippets).map(snippet => [snippet.text, snippet])
  );
  const text = fixes.every(fix => fix.text === fixes[0].text) ? fixes[0].text : TAKE_AWAY;
  return { ...fixes[0], text, snippets: [...snippets.values()] };
}
