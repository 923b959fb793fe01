import type { IStore as Store } from '../connection/store';
import { viewStateOf } from '../connection/view-state';
import { redact } from '../ui/clipboard';
import type { Sender } from './request-text';
import { statusMessage } from '../connection/status-message';
import { toolTitle } from '../../protocol/tools';
import { isFailureVerdict } from '../../protocol/verdict';
import { measured } from '../ui/time';
import type { Trans } from '../ui/trans';
import { plain, said, spaced } from '../ui/trans';
import { describeRung, describeRungWarning, rungLabel } from '../../protocol/messages/describe';

const cell = (text: string): string =>
  text
    .replace(/\|/g, '\\|')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line)
    .join(' ');

const fenced = (language: string, text: string): string =>
  ['```' + language, text.trimEnd(), '```'].join('\n');

/** The whole report as Markdown: everything the panel knows, for an issue or a ticket. */
export function reportText(trans: Trans, store: Store, sender: Sender, now: number): string {
  const message = statusMessage(trans, viewStateOf(store), store, now);
  const { document } = store;
  const connection = document?.connection;
  const lines = [`# ${trans.__('CodeArtifact: %1', message.headline)}`, ''];
  const add = (...more: string[]): void => void lines.push(...more);
  if (message.sentence) {
    add(plain(message.sentence), '');
  }
  if (message.who) {
    add(message.who, '');
  }
  if (connection) {
    add(
      `- ${trans.__('Repository: %1 / %2, owner %3, %4', connection.domain, connection.repository, connection.domainOwner, connection.region)}`,
      `- ${trans.__('State: %1', connection.state)}`,
      ...(connection.indexUrl ? [`- ${trans.__('Index URL: %1', connection.indexUrl)}`] : []),
      ...(connection.expiresAt ? [`- ${trans.__('Token ends: %1', connection.expiresAt)}`] : []),
      ''
    );
  }
  if (document?.rungs.length) {
    add(
      `| ${trans.__('Step')} | ${trans.__('Verdict')} | ${trans.__('Time')} | ${trans.__('What was seen')} |`,
      '|---|---|---|---|'
    );
    for (const rung of document.rungs) {
      // Hosts, addresses and codes are in its evidence below.
      const failed = isFailureVerdict(rung.verdict);
      const told = failed
        ? describeRung(rung, trans)
        : rung.warning !== undefined && describeRungWarning(rung, trans);
      const words = cell(`${failed ? '' : said(rung.summary, trans)}\n${told ? told.sentence : ''}`);
      add(`| \`${rung.id}\` | ${rungLabel(rung, trans)} | ${measured(trans, rung.ms)} | ${words} |`);
    }
    add('');
  }
  for (const rung of document?.rungs ?? []) {
    if (Object.keys(rung.evidence).length) {
      add(`## ${rung.id}`, '', fenced('json', JSON.stringify(rung.evidence, null, 2)), '');
    }
  }
  if (message.fix) {
    add(`## ${trans.__('Fix')}`, '', plain(said(message.fix.text, trans)), '');
    for (const snippet of message.fix.snippets) {
      add(`### ${said(snippet.title, trans)}`, '', fenced(snippet.language, snippet.text), '');
    }
  }
  if (document?.files.length) {
    add(`## ${trans.__('Files')}`, '');
    for (const file of document.files) {
      const state = file.effective ? trans.__('in use') : trans.__('not in use');
      add(
        `- ${trans.__('%1: `%2` (%3, %4), %5', toolTitle(file.tool), file.path, file.scope, file.mode, state)}`
      );
      file.shadowedBy.forEach(by => add(`  - ${trans.__('shadowed by %1', by)}`));
    }
    add('');
  }
  document?.notes?.forEach(note => add(`> ${said(note, trans)}`, ''));
  const version = sender.version ? ` ${sender.version}` : '';
  add(trans.__('%1, jupyterlab-codeartifact%2. Contains no secret.', new Date(now).toISOString(), version));
  return spaced(redact(lines.join('\n')));
}
