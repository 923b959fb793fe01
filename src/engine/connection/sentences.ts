import type { Connection } from '../../protocol/connection';
import { together, trans } from '../core/say';

export const DISCONNECTED_MEANWHILE = trans.__('Cancelled: Disconnect was asked for meanwhile.');
export const NOTHING_TO_RENEW = trans.__('There is no connection to renew; Connect makes one.');

/** Minutes are enough for people; the document has the exact time. */
export const until = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** One sentence for a connection that stands. */
export function connectedSentence(connection: Connection): string {
  const { domain, repository, expiresAt } = connection;
  return expiresAt
    ? trans.__('Connected to %1 in %2, until %3.', repository, domain, until(expiresAt))
    : trans.__('Connected to %1 in %2.', repository, domain);
}

/**
 * One sentence for any state, for `status` and the panel.
 *
 * @param said what the last run said of the same trouble: it names the hop, the trouble itself does not.
 */
export function stateSentence(connection: Connection | null, said = ''): string {
  if (!connection) {
    return trans.__('Not connected.');
  }
  const { trouble } = connection;
  const why = trouble ? said || trouble.summary : '';
  switch (connection.state) {
    case 'connected':
    case 'refreshing':
      return trouble
        ? together(
            connectedSentence(connection),
            trans.__('Since %1 it could not be renewed: %2', until(trouble.since), why)
          )
        : connectedSentence(connection);
    case 'connecting':
      return trans.__('Connecting to %1 in %2.', connection.repository, connection.domain);
    case 'expired': {
      const ended = trans.__(
        'The token for %1 in %2 ended at %3. pip cannot install until it is renewed.',
        connection.repository,
        connection.domain,
        until(connection.expiresAt ?? '')
      );
      return trouble ? together(ended, trans.__('Renewal fails: %1', why)) : ended;
    }
    case 'failed':
      return why || trans.__('The last attempt failed.');
    case 'disconnected':
      return trans.__('Not connected.');
  }
}

/** While the ladder is climbed. */
export const liveSentence = (connection: Connection | null): string =>
  connection && connection.state !== 'failed' ? stateSentence(connection) : trans.__('Checking every hop.');
