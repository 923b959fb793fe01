import type { Fix } from '../../protocol/fix';
import type { IStore as Store } from '../connection/store';
import type { IPathNode as PathNode, NodeId } from './path';
import { pathOf } from './path';
import { emphasisedOf } from './root-cause';
import { viewStateOf } from '../connection/view-state';
import { evidenceLines } from './evidence-lines';
import { nodeLabel } from '../../protocol/checks';
import { redact } from '../ui/clipboard';
import { rowsOf } from './path-rows';
import { statusMessage } from '../connection/status-message';
import type { Trans } from '../ui/trans';
import { plain, spaced } from '../ui/trans';

/** Where the text comes from. */
export interface Sender {
  /** The notebook's name, as its address shows it; empty when it has none worth telling. */
  readonly host: string;
  /** The product's version; empty when it is not known. */
  readonly version: string;
}

/** Width of the column of labels, and of the whole, so that mail programs do not break lines. */
const LABEL = 15;
const WIDTH = 76;

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last === undefined || last.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines;
}

function block(label: string, lines: readonly string[]): string {
  const [head, ...rest] = lines.length ? lines : [''];
  const first = label.length < LABEL ? label.padEnd(LABEL) + head : `${label}\n${' '.repeat(LABEL)}${head}`;
  return [first, ...rest.map(line => (line ? ' '.repeat(LABEL) + line : ''))].join('\n');
}

const paragraph = (label: string, text: string): string => block(label, wrap(text, WIDTH - LABEL));

/** Neighbours that say the same are told together: "IAM, Token, Index not reached". */
function pathLine(trans: Trans, path: readonly PathNode[]): string {
  const rows = rowsOf(trans, path, false, 0);
  const groups: { names: NodeId[]; verdict: string; ok: boolean }[] = [];
  path.forEach((node, index) => {
    const verdict = rows[index].verdict;
    const last = groups[groups.length - 1];
    if (last && !last.ok && last.verdict === verdict) {
      last.names.push(node.id);
    } else {
      groups.push({ names: [node.id], verdict, ok: node.mark === 'ok' });
    }
  });
  return groups
    .map(group => trans.__('%1 %2', group.names.map(id => nodeLabel(trans, id)).join(', '), group.verdict))
    .join(' | ');
}

function todo(trans: Trans, fix: Fix): string[] {
  const lines = wrap(plain(fix.text), WIDTH - LABEL);
  fix.snippets.forEach((snippet, index) => {
    lines.push('', index === 0 ? trans.__('%1:', snippet.title) : trans.__('Or: %1:', snippet.title));
    // Commands and documents are never wrapped: they are there to be pasted.
    lines.push(...snippet.text.trimEnd().split('\n'));
  });
  return lines;
}

const stamp = (now: number): string => new Date(now).toISOString().slice(0, 16).replace('T', ' ');

/** What "Copy request" puts on the clipboard: what happens, what it means, the fix, how to check. */
export function requestText(trans: Trans, store: Store, sender: Sender, now: number): string {
  const view = viewStateOf(store);
  const message = statusMessage(trans, view, store, now);
  const root = emphasisedOf(store.document);
  const path = pathOf(store.document?.rungs ?? [], root);
  const node = path.find(item => item.root);
  const seen = node
    ? evidenceLines(trans, node.rungs).map(line =>
        line.kind === 'text'
          ? plain(line.text)
          : [line.address, line.time, line.verdict].filter(Boolean).join(' ')
      )
    : [];
  const parts = [
    sender.host
      ? trans.__('CodeArtifact from notebook %1: %2', sender.host, message.headline)
      : trans.__('CodeArtifact: %1', message.headline),
    '',
    ...(seen.length
      ? [
          block(
            trans.__('What happens'),
            seen.flatMap(line => wrap(line, WIDTH - LABEL))
          )
        ]
      : []),
    paragraph(seen.length ? trans.__('What it means') : trans.__('What happens'), plain(message.sentence)),
    ...(message.fix ? [block(trans.__('What to do'), todo(trans, message.fix))] : []),
    paragraph(
      trans.__('How to check'),
      view.kind === 'degraded'
        ? trans.__('Open the CodeArtifact panel again: it then offers Connect.')
        : trans.__('The panel checks every 60 s and turns green automatically.')
    ),
    ...(path.some(item => item.rung) ? [paragraph(trans.__('Path'), pathLine(trans, path))] : []),
    sender.version
      ? trans.__('%1 UTC, jupyterlab-codeartifact %2. Contains no secret.', stamp(now), sender.version)
      : trans.__('%1 UTC, jupyterlab-codeartifact. Contains no secret.', stamp(now))
  ];
  return spaced(redact(parts.join('\n')));
}
