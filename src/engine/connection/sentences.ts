import type { Connection } from '../../protocol/connection';

/** Minutes are enough for people; the document has the exact time. */
export const until = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** One sentence for a connection that stands. */
export function connectedSentence(connection: Connection): string {
  const { domain, repository, expiresAt } = connection;
  return `Connected to ${repository} in ${domain}${expiresAt ? `, until ${until(expiresAt)}` : ''}.`;
}

/**
 * One sentence for any state, for `status` and the panel.
 *
 * @param said what the last run said of the same trouble: it names the hop, the trouble itself does not.
 */
export function stateSentence(connection: Connection | null, said = ''): string {
  if (!connection) {
    return 'Not connected.';
  }
  const { trouble } = connection;
  const why = trouble ? said || trouble.summary : '';
  switch (connection.state) {
    case 'connected':
    case 'refreshing':
      return trouble
        ? `${connectedSentence(connection)} Since ${until(trouble.since)} it could not be renewed: ${why}`
        : connectedSentence(connection);
    case 'connecting':
      return `Connecting to ${connection.repository} in ${connection.domain}.`;
    case 'expired': {
      const ended = `The token for ${connection.repository} in ${connection.domain} ended at ${until(connection.expiresAt ?? '')}. pip cannot install until it is renewed.`;
      return trouble ? `${ended} Renewal fails: ${why}` : ended;
    }
    case 'failed':
      return why || 'The last attempt failed.';
    case 'disconnected':
      return 'Not connected.';
  }
}

/** While the ladder is climbed. */
export const liveSentence = (connection: Connection | null): string =>
  connection && connection.state !== 'failed' ? stateSentence(connection) : 'Checking every hop.';
