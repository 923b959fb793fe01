import type { Connection } from '../../../protocol/connection';

/** Minutes are enough for people; the document has the exact time. */
export const until = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** One sentence for a connection that stands. */
export function connectedSentence(connection: Connection): string {
  const { domain, repository, expiresAt } = connection;
  return `Connected to ${repository} in ${domain}${expiresAt ? `, until ${until(expiresAt)}` : ''}.`;
}

/** One sentence for any state, for `status`. */
export function stateSentence(connection: Connection | null): string {
  if (!connection) {
    return 'Not connected.';
  }
  switch (connection.state) {
    case 'connected':
    case 'refreshing':
      return connection.trouble
        ? `${connectedSentence(connection)} Renewal fails: ${connection.trouble.summary}`
        : connectedSentence(connection);
    case 'connecting':
      return `Connecting to ${connection.repository} in ${connection.domain}.`;
    case 'expired':
      return `The token for ${connection.repository} in ${connection.domain} ended at ${until(connection.expiresAt ?? '')}. pip cannot install until it is renewed.`;
    case 'failed':
      return connection.trouble?.summary ?? 'The last attempt failed.';
    case 'disconnected':
      return 'Not connected.';
  }
}
