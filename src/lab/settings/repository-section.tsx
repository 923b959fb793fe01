import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import { upstreamOf } from './listing-text';
import { CopyButton } from '../ui/button';
import { usePanel } from '../ui/panel-context';
import { PinnedFields } from './pinned-fields';
import { Section } from '../ui/section';
import { Clip } from '../ui/text';

/** An index URL cut in the middle, so that its end, which names the repository, stays. */
function IndexUrl(props: { url: string }): React.JSX.Element {
  const at = props.url.indexOf('/pypi/');
  const cut = at < 0 ? props.url.length : at;
  return (
    <span className="jp-CodeArtifact-mid jp-CodeArtifact-mono" title={props.url}>
      <span>{props.url.slice(0, cut)}</span>
      <span>{props.url.slice(cut)}</span>
    </span>
  );
}

function useReached(connection: Connection): string {
  const { trans, store } = usePanel();
  const settings = store.settings;
  if (settings?.apiEndpoint || settings?.repositoriesEndpoint) {
    return trans.__('VPC endpoint names');
  }
  const classes = (store.document?.rungs ?? [])
    .filter(rung => rung.id.startsWith('dns.'))
    .map(rung => rung.evidence.addressClass);
  if (classes.includes('private')) {
    return trans.__('private DNS');
  }
  return classes.includes('public')
    ? trans.__('public addresses')
    : /^https?:\/\/(127\.|localhost)/.test(connection.indexUrl ?? '')
      ? trans.__('this machine')
      : '';
}

function ConnectionFacts(props: { connection: Connection }): React.JSX.Element {
  const { trans, store, actions } = usePanel();
  const { connection } = props;
  // The upstreams come with the list; a role that may not list has a row less.
  React.useEffect(() => {
    actions.list();
  }, []);
  const all = store.listing?.repositories ?? [];
  const repository = all.find(
    item => item.name === connection.repository && item.domain === connection.domain
  );
  const reached = useReached(connection);
  const rows: readonly [string, string][] = [
    [trans.__('Domain'), connection.domain],
    [trans.__('Owner'), connection.domainOwner],
    [trans.__('Region'), connection.region],
    [trans.__('Upstream'), repository ? upstreamOf(trans, repository, all) : ''],
    [trans.__('Profile'), store.settings?.profile ?? ''],
    [trans.__('Reached by'), reached]
  ];
  return (
    <dl className="jp-CodeArtifact-facts">
      {connection.indexUrl && (
        <>
          <dt className="jp-mod-wide">{trans.__('Index URL')}</dt>
          <dd className="jp-mod-wide">
            <IndexUrl url={connection.indexUrl} />
            <CopyButton label={trans.__('Copy index URL')} text={connection.indexUrl} />
          </dd>
        </>
      )}
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              <Clip text={value} />
            </dd>
          </React.Fragment>
        ))}
    </dl>
  );
}

/** Which repository, in facts; and before connecting, the fields to change. */
export function RepositorySection(props: {
  connection: Connection | null;
  open: boolean;
}): React.JSX.Element {
  const { trans, store } = usePanel();
  const locked = Object.keys(store.pins).length;
  const name = props.connection?.repository || store.settings?.repository || '';
  return (
    <Section
      id="repository"
      title={trans.__('Repository')}
      open={props.open}
      summary={<span>{locked && !props.connection ? trans._n('%1 locked', '%1 locked', locked) : name}</span>}
    >
      {props.connection ? <ConnectionFacts connection={props.connection} /> : <PinnedFields />}
    </Section>
  );
}
