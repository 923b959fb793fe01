import * as React from 'react';
import type { Connection } from '../../protocol/connection';
import type { Rung } from '../../protocol/rung';
import { CommandIDs } from '../tokens';
import { Button, CopyButton } from '../ui/button';
import { useUI } from '../ui/context';
import { latePart } from '../ui/late-part';
import { Section } from '../ui/section';
import { Facts } from './facts';
import { useSettings } from './settings-context';
import { upstreamOf } from './upstream-text';

/** Forms, which most users see once or never. */
const ChoiceForm = latePart(async () => (await import('./first-run')).ChoiceForm);
const SettingsFields = latePart(async () => (await import('./locked-fields')).SettingsFields);

/** An index URL that is cut in the middle, so that its end, which names the repository, stays visible. */
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

/** How the endpoints are reached, in words; empty when it is not known. */
function useReached(connection: Connection, rungs: readonly Rung[]): string {
  const { trans } = useUI();
  const { settings } = useSettings();
  if (settings?.apiEndpoint || settings?.repositoriesEndpoint) {
    return trans.__('VPC endpoint names');
  }
  const classes = rungs.filter(rung => rung.id.startsWith('dns.')).map(rung => rung.evidence.addressClass);
  if (classes.includes('private')) {
    return trans.__('private DNS');
  }
  return classes.includes('public')
    ? trans.__('public addresses')
    : /^https?:\/\/(127\.|localhost)/.test(connection.indexUrl ?? '')
      ? trans.__('this machine')
      : '';
}

function ConnectionFacts(props: { connection: Connection; rungs: readonly Rung[] }): React.JSX.Element {
  const { trans } = useUI();
  const { settings, listing } = useSettings();
  const { connection } = props;
  // The upstreams come with the list; for a role that may not list, the row is left out.
  const all = listing?.repositories ?? [];
  const repository = all.find(
    item => item.name === connection.repository && item.domain === connection.domain
  );
  const reached = useReached(connection, props.rungs);
  const rows: readonly [string, string][] = [
    [trans.__('Domain'), connection.domain],
    [trans.__('Owner'), connection.domainOwner],
    [trans.__('Region'), connection.region],
    [trans.__('Upstream'), repository ? upstreamOf(trans, repository, all) : ''],
    [trans.__('Profile'), settings?.profile ?? ''],
    [trans.__('Reached by'), reached]
  ];
  return (
    <Facts rows={rows}>
      {connection.indexUrl && (
        <>
          <dt className="jp-mod-wide">{trans.__('Index URL')}</dt>
          <dd className="jp-mod-wide">
            <IndexUrl url={connection.indexUrl} />
            <CopyButton label={trans.__('Copy index URL')} text={connection.indexUrl} />
          </dd>
        </>
      )}
    </Facts>
  );
}

/** The repository that is connected; before connecting, the settings that name it. */
export function RepositorySection(props: {
  connection: Connection | null;
  rungs: readonly Rung[];
  open: boolean;
  /** Whether the ways to choose another repository are shown. */
  choosing: boolean;
  onClose: () => void;
}): React.JSX.Element {
  const { trans, execute } = useUI();
  const { settings, pins } = useSettings();
  const locked = Object.keys(pins).length;
  const name = props.connection?.repository || settings?.repository || '';
  return (
    <Section
      id="repository"
      title={trans.__('Repository')}
      open={props.open}
      summary={<span>{locked && !props.connection ? trans._n('%1 locked', '%1 locked', locked) : name}</span>}
    >
      {props.choosing ? (
        <ChoiceForm onClose={props.onClose} />
      ) : (
        <>
          {props.connection ? (
            <ConnectionFacts connection={props.connection} rungs={props.rungs} />
          ) : (
            <SettingsFields />
          )}
          {!pins.repository && (
            <div className="jp-CodeArtifact-actions">
              <Button
                label={trans.__('Choose another repository')}
                onPress={() => execute(CommandIDs.chooseRepository)}
              />
            </div>
          )}
        </>
      )}
    </Section>
  );
}
