import * as React from 'react';
import type { Repositories } from '../../protocol/listing';
import { CommandIDs } from '../tokens';
import { Button } from '../ui/button';
import { useUI } from '../ui/context';
import { sourceOf } from './listing-text';
import { PinReason } from './locked-fields';
import { useSettings } from './settings-context';

/** The domains and repositories that AWS lists; a pinned one leaves no choice. */
export function PickForm(props: { listing: Repositories }): React.JSX.Element {
  const { trans, execute } = useUI();
  const { settings, pins } = useSettings();
  const { listing } = props;
  const field = React.useId();
  const fixed = (key: string): string => (pins[key] ? String(pins[key].value) : '');
  const preset = (key: 'domain' | 'repository'): string => fixed(key) || String(settings?.[key] ?? '');
  const names = [
    ...new Set([...listing.domains.map(item => item.name), ...listing.repositories.map(item => item.domain)])
  ];
  const withContent = names.find(name => listing.repositories.some(item => item.domain === name));
  const [picked, setPicked] = React.useState('');
  const domain =
    picked || (names.includes(preset('domain')) ? preset('domain') : (withContent ?? names[0] ?? ''));
  const choices = listing.repositories.filter(
    item => item.domain === domain && (!fixed('repository') || item.name === fixed('repository'))
  );
  const [marked, setMarked] = React.useState('');
  const repository =
    choices.find(item => item.name === marked) ??
    choices.find(item => item.name === preset('repository')) ??
    // A repository with an upstream, not the one that others have as their upstream.
    choices.find(item => item.upstreams.length > 0) ??
    choices[0];
  const owner = repository?.domainOwner || listing.domains.find(item => item.name === domain)?.owner || '';
  const choose = (): void =>
    execute(CommandIDs.useRepository, {
      domain,
      domainOwner: owner,
      repository: repository?.name ?? '',
      region: ''
    });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        choose();
      }}
    >
      <div className="jp-CodeArtifact-field">
        <label htmlFor={field}>{trans.__('Domain')}</label>
        <select
          id={field}
          className="jp-CodeArtifact-input"
          value={domain}
          disabled={fixed('domain') !== ''}
          onChange={event => setPicked(event.target.value)}
        >
          {names.map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      <fieldset>
        <legend>{trans.__('Repository')}</legend>
        {choices.map(item => (
          <label key={item.name} className="jp-CodeArtifact-choice">
            <input
              type="radio"
              name={`${field}-repository`}
              checked={item === repository}
              onChange={() => setMarked(item.name)}
            />
            <div>
              {item.name}
              <br />
              <span className="jp-CodeArtifact-dim">{sourceOf(trans, item, listing.repositories)}</span>
            </div>
          </label>
        ))}
        {choices.length === 0 && (
          <p className="jp-CodeArtifact-dim">{trans.__('This domain has no repository that you may see.')}</p>
        )}
      </fieldset>
      <PinReason keys={['domain', 'repository']} />
      <div className="jp-CodeArtifact-actions">
        <Button kind="accept" label={trans.__('Connect')} disabled={!repository} onPress={choose} />
      </div>
    </form>
  );
}
