import * as React from 'react';
import type { Packages } from '../../protocol/listing';
import { Button, CopyButton } from '../ui/button';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { said } from '../ui/trans';
import type { IPackageSearch, PackageSearcher } from './package-search';

type Package = Packages['packages'][number];

const install = (name: string, version?: string): string =>
  version ? `%pip install ${name}==${version}` : `%pip install ${name}`;

function Versions(props: { name: string; versions: Package['versions'] | null }): React.JSX.Element {
  const { trans } = useUI();
  const [all, setAll] = React.useState(false);
  const { name, versions } = props;
  if (versions === null) {
    return <p className="jp-CodeArtifact-sub jp-CodeArtifact-dim">{trans.__('Looking…')}</p>;
  }
  const shown = all ? versions : versions.slice(0, 3);
  return (
    <ul>
      {shown.map(({ version }) => (
        <li key={version} className="jp-CodeArtifact-row jp-CodeArtifact-sub jp-mod-version">
          <div className="jp-CodeArtifact-num">{version}</div>
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

function PackageRow(props: {
  item: Package;
  /** Undefined while the package is closed, null while its versions are requested. */
  versions: Package['versions'] | null | undefined;
  onToggle: () => void;
}): React.JSX.Element {
  const { item, versions } = props;
  const open = versions !== undefined;
  return (
    <li>
      <button
        type="button"
        className="jp-CodeArtifact-row jp-mod-button"
        aria-expanded={open}
        onClick={props.onToggle}
      >
        <Icon name="caret" className={open ? undefined : 'jp-mod-shut'} />
        <div>{item.name}</div>
      </button>
      {open && <Versions name={item.name} versions={versions} />}
    </li>
  );
}

function Empty(props: { query: string; repository: string; upstream: string }): React.JSX.Element {
  const { trans, copy } = useUI();
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
            <Button label={trans.__('Copy %1', install(query))} onPress={() => copy(install(query))} />
          </div>
        )}
      </div>
    </div>
  );
}

export interface IPackagesProps {
  readonly repository: string;
  /** The first upstream of the repository; empty when there is none, or it is not known. */
  readonly upstream: string;
  readonly search: IPackageSearch;
  readonly searcher: Pick<PackageSearcher, 'search' | 'toggle'>;
}

/** The search, and what it found. */
export function PackageList(props: IPackagesProps): React.JSX.Element {
  const { trans } = useUI();
  const { search, searcher } = props;
  const { query, result } = search;
  const found = result?.packages ?? [];
  const failed = result !== null && result.verdict !== 'ok';
  return (
    <>
      <div className="jp-CodeArtifact-search">
        <Icon name="search" />
        <input
          className="jp-CodeArtifact-input"
          type="search"
          aria-label={trans.__('Search packages')}
          placeholder={trans.__('Search packages')}
          value={query}
          onChange={event => searcher.search(event.target.value)}
          onKeyDown={event => event.key === 'Escape' && searcher.search('')}
        />
      </div>
      {failed && (
        <div className="jp-CodeArtifact-note">
          <Icon name="info" className="jp-CodeArtifact-icon-off" />
          <div>{said(result.summary, trans)}</div>
        </div>
      )}
      {!failed && result !== null && found.length === 0 && !search.busy && (
        <Empty query={query.trim()} repository={props.repository} upstream={props.upstream} />
      )}
      <ul aria-busy={search.busy || undefined}>
        {found.map(item => (
          <PackageRow
            key={item.name}
            item={item}
            versions={search.opened[item.name]}
            onToggle={() => searcher.toggle(item.name)}
          />
        ))}
      </ul>
      {result?.more && (
        <p className="jp-CodeArtifact-sub jp-CodeArtifact-dim">
          {trans.__('There are more: type the beginning of a name.')}
        </p>
      )}
    </>
  );
}
