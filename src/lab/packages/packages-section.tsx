import * as React from 'react';
import type { Packages } from '../../protocol/listing';
import { Button, CopyButton } from '../ui/button';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { Section } from '../ui/section';

type Package = Packages['packages'][number];

const install = (name: string, version?: string): string =>
  version ? `%pip install ${name}==${version}` : `%pip install ${name}`;

const day = (published: string | undefined): string =>
  published ? new Date(published).toLocaleDateString(undefined, { dateStyle: 'medium' }) : '';

function Versions(props: { name: string; versions: Package['versions'] | null }): React.JSX.Element {
  const { trans } = usePanel();
  const [all, setAll] = React.useState(false);
  const { name, versions } = props;
  if (versions === null) {
    return <p className="jp-CodeArtifact-sub jp-CodeArtifact-dim">{trans.__('Looking…')}</p>;
  }
  const shown = all ? versions : versions.slice(0, 3);
  return (
    <ul>
      {shown.map(({ version, publishedAt }) => (
        <li key={version} className="jp-CodeArtifact-row jp-CodeArtifact-sub jp-mod-version">
          <div className="jp-CodeArtifact-num">{version}</div>
          <span className="jp-CodeArtifact-dim jp-CodeArtifact-num">{day(publishedAt)}</span>
          <CopyButton label={trans.__('Copy %1', install(name, version))} text={install(name, version)} />
        </li>
      ))}
      {shown.length < versions.length && (
        <li className="jp-CodeArtifact-sub">
          <button type="button" className="jp-CodeArtifact-link" onClick={() => setAll(true)}>
            {trans._n('Show %1 older version', 'Show %1 older versions', versions.length - shown.length)}
          </button>
        </li>
      )}
      {versions.length === 0 && (
        <li className="jp-CodeArtifact-sub jp-CodeArtifact-dim">
          {trans.__('No version that may be installed.')}
        </li>
      )}
    </ul>
  );
}

function PackageRow(props: { item: Package }): React.JSX.Element {
  const { trans, packages, actions } = usePanel();
  const { item } = props;
  const open = item.name in packages.opened;
  const older = item.versions.length - 1;
  return (
    <li>
      <button
        type="button"
        className="jp-CodeArtifact-row jp-mod-button"
        aria-expanded={open}
        onClick={() => actions.versions(item.name)}
      >
        <Icon name="caret" className={open ? undefined : 'jp-mod-shut'} />
        <div>{item.name}</div>
        <span className="jp-CodeArtifact-num">{item.versions[0]?.version}</span>
        {older > 0 && (
          <span className="jp-CodeArtifact-num jp-CodeArtifact-dim">
            <span aria-hidden="true">{trans.__('+%1', older)}</span>
            <span className="jp-CodeArtifact-unseen">
              {trans._n('and %1 older version', 'and %1 older versions', older)}
            </span>
          </span>
        )}
      </button>
      {open && <Versions name={item.name} versions={packages.opened[item.name]} />}
    </li>
  );
}

function Empty(props: { query: string; repository: string; upstream: string }): React.JSX.Element {
  const { trans, actions } = usePanel();
  const { query, repository, upstream } = props;
  return (
    <div className="jp-CodeArtifact-note">
      <Icon name="info" className="jp-CodeArtifact-icon-off" />
      <div>
        {!query
          ? trans.__(
              '%1 holds no package yet. pip fetches each the first time somebody installs it.',
              repository
            )
          : upstream
            ? trans.__(
                '%1 is not in %2 yet. pip fetches it through %3 the first time somebody installs it.',
                query,
                repository,
                upstream
              )
            : trans.__('%1 is not in %2.', query, repository)}
        {query && (
          <div className="jp-CodeArtifact-actions">
            <Button
              label={trans.__('Copy %1', install(query))}
              onPress={() => actions.copy(install(query))}
            />
          </div>
        )}
      </div>
    </div>
  );
}

/** What the repository holds: search, versions, and the line that installs one. */
export function PackagesSection(props: { repository: string; domain: string }): React.JSX.Element {
  const { trans, store, packages, actions } = usePanel();
  const { query, result } = packages;
  const found = result?.packages ?? [];
  const upstream =
    store.listing?.repositories.find(item => item.name === props.repository && item.domain === props.domain)
      ?.upstreams[0] ?? '';
  const failed = result !== null && result.verdict !== 'ok';
  return (
    <Section
      id="packages"
      title={trans.__('Packages')}
      open={false}
      flush
      summary={
        result && !failed ? (
          <span className="jp-CodeArtifact-num">{found.length.toLocaleString()}</span>
        ) : undefined
      }
    >
      <Asker ask={() => result === null && actions.search('')} />
      <div className="jp-CodeArtifact-search">
        <Icon name="search" />
        <input
          className="jp-CodeArtifact-input"
          type="search"
          aria-label={trans.__('Search packages')}
          placeholder={trans.__('Search packages')}
          value={query}
          onChange={event => actions.search(event.target.value)}
          onKeyDown={event => event.key === 'Escape' && actions.search('')}
        />
      </div>
      {failed && (
        <div className="jp-CodeArtifact-note">
          <Icon name="info" className="jp-CodeArtifact-icon-off" />
          <div>{result.summary}</div>
        </div>
      )}
      {!failed && result !== null && found.length === 0 && !packages.busy && (
        <Empty query={query.trim()} repository={props.repository} upstream={upstream} />
      )}
      <ul aria-busy={packages.busy || undefined}>
        {found.map(item => (
          <PackageRow key={item.name} item={item} />
        ))}
      </ul>
    </Section>
  );
}

/** Asks once, when the section is first opened. */
function Asker(props: { ask: () => void }): null {
  React.useEffect(() => {
    props.ask();
  }, []);
  return null;
}
