import type { Fix, Snippet } from '../../protocol/fix';
import { callerOf } from '../../protocol/messages/denial';
import type { Evidence } from '../../protocol/messages/evidence';
import type { CheckId } from '../../protocol/rung';
import type { IStore as Store } from '../connection/store';
import type { IPathNode as PathNode, NodeId } from './path';
import { pathOf } from './path';
import { emphasisedOf } from './root-cause';
import { viewStateOf } from '../connection/view-state';
import { evidenceOf } from './describe-rung';
import { evidenceLines } from './evidence-lines';
import { nodeLabel } from '../../protocol/checks';
import { redact } from '../ui/clipboard';
import { rowsOf } from './path-rows';
import { statusMessage } from '../connection/status-message';
import type { Trans } from '../ui/trans';
import { plain, said, spaced } from '../ui/trans';

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

/** A text and its title; the alternatives are told one after the other. */
function todo(trans: Trans, snippets: readonly Snippet[]): string[] {
  // Commands and documents are never wrapped: they are there to be pasted.
  return snippets.flatMap((snippet, index) => [
    ...(index === 0 ? [] : ['']),
    trans.__('%1:', snippet.title),
    ...snippet.text.trimEnd().split('\n')
  ]);
}

const lengthOf = (snippet: Snippet): number => snippet.text.trimEnd().split('\n').length;

/** Lines of a text that is told in a short request. */
const SHORT = 9;

/** The smallest fix, which comes first: what is to be added or run; undefined when it is long. */
const smallestOf = ({ snippets: [first] }: Fix): Snippet | undefined =>
  first && lengthOf(first) <= SHORT ? first : undefined;

/** Letters of advice in a short request, if its first sentence has not more. */
const ADVICE = 130;

/** The sentences at the beginning, which say what to do; the rest says what else to think of. */
function beginningOf(text: string): string {
  const [first, ...rest] = text.split(/(?<=[.!?])\s/);
  let told = first;
  for (const next of rest) {
    if (told.length + 1 + next.length > ADVICE) {
      break;
    }
    told += ` ${next}`;
  }
  return told;
}

const isRun = ({ language }: Snippet): boolean => language === 'bash' || language === 'python';

const stamp = (now: number): string => new Date(now).toISOString().slice(0, 16).replace('T', ' ');

/** Which repository, for whom, and as which role: what whoever mends it asks for first. */
function aboutLines(trans: Trans, store: Store): string[] {
  const { document, settings } = store;
  const known = document?.connection;
  const rungs = document?.rungs ?? [];
  const evidence = (id: CheckId): Evidence => evidenceOf(rungs.find(rung => rung.id === id) ?? null);
  const domain = known?.domain || settings?.domain || '';
  const owner = known?.domainOwner || settings?.domainOwner || '';
  const repository = known?.repository || settings?.repository || '';
  const region = known?.region || settings?.region || evidence('environment').region || '';
  const failed = emphasisedOf(document);
  const role = evidence('credentials').role || callerOf(evidenceOf(failed).principal ?? '').name;
  const target = [
    domain && (owner ? trans.__('domain %1 of account %2', domain, owner) : trans.__('domain %1', domain)),
    repository && trans.__('repository %1', repository),
    region && trans.__('Region %1', region)
  ].filter(Boolean);
  return [
    ...(target.length ? [paragraph(trans.__('Repository'), target.join(', '))] : []),
    ...(role ? [paragraph(trans.__('Role'), role)] : [])
  ];
}

/**
 * What "Copy request" puts on the clipboard: what happens, the smallest fix, how to check. With `whole`, also what was
 * seen, and every alternative.
 */
export function requestText(trans: Trans, store: Store, sender: Sender, now: number, whole = false): string {
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
  const { fix } = message;
  const smallest = fix && smallestOf(fix);
  const advice = fix ? plain(said(fix.text, trans)) : '';
  const snippets = whole ? (fix?.snippets ?? []) : smallest ? [smallest] : [];
  const parts = [
    sender.host
      ? trans.__('CodeArtifact from notebook %1: %2', sender.host, message.headline)
      : trans.__('CodeArtifact: %1', message.headline),
    ...aboutLines(trans, store),
    paragraph(trans.__('What happens'), plain(message.sentence)),
    ...(whole && seen.length
      ? [
          block(
            trans.__('What was seen'),
            seen.flatMap(line => wrap(line, WIDTH - LABEL))
          )
        ]
      : []),
    ...(fix ? [paragraph(trans.__('What to do'), whole ? advice : beginningOf(advice))] : []),
    ...(snippets.length
      ? [block(isRun(snippets[0]) ? trans.__('What to run') : trans.__('The text'), todo(trans, snippets))]
      : []),
    paragraph(
      trans.__('How to check'),
      view.kind === 'degraded'
        ? trans.__('Open the CodeArtifact panel again: it then offers Connect.')
        : !whole && fix && fix.snippets.length > snippets.length
          ? trans.__(
              'jupyter codeartifact diagnose, in a terminal of the notebook; it prints every command and policy, too'
            )
          : trans.__('jupyter codeartifact diagnose, in a terminal of the notebook')
    ),
    ...(whole && path.some(item => item.rung) ? [paragraph(trans.__('Path'), pathLine(trans, path))] : []),
    sender.version
      ? trans.__('%1 UTC, jupyterlab-codeartifact %2. Contains no secret.', stamp(now), sender.version)
      : trans.__('%1 UTC, jupyterlab-codeartifact. Contains no secret.', stamp(now))
  ];
  return spaced(redact(parts.join('\n')));
}
