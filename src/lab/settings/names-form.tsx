import * as React from 'react';
import type { Choice } from '../connection/store';
import { Button } from '../ui/button';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { PinReason } from './pin-reason';
import { ScreenReaderOnly } from '../ui/text';

const KEYS = ['domain', 'domainOwner', 'repository', 'region'] as const;

/** The names, given by hand; pinned ones are shown locked. */
export function NamesForm(): React.JSX.Element {
  const { trans, store, actions } = usePanel();
  const id = React.useId();
  const start = (key: (typeof KEYS)[number]): string =>
    String(store.pins[key]?.value ?? store.settings?.[key] ?? '');
  const [choice, setChoice] = React.useState<Choice>({
    domain: start('domain'),
    domainOwner: start('domainOwner'),
    repository: start('repository'),
    region: start('region')
  });
  const labels: Record<(typeof KEYS)[number], string> = {
    domain: trans.__('Domain'),
    domainOwner: trans.__('Owner'),
    repository: trans.__('Repository'),
    region: trans.__('Region')
  };
  const hints: Partial<Record<(typeof KEYS)[number], string>> = {
    domainOwner: trans.__('the AWS account, 12 digits'),
    region: trans.__('as the AWS CLI finds it')
  };
  return (
    <>
      {KEYS.map(key => (
        <div className="jp-CodeArtifact-field" key={key}>
          <label htmlFor={`${id}-${key}`}>
            {labels[key]}
            {store.pins[key] && (
              <>
                <Icon name="lock" />
                <ScreenReaderOnly>{trans.__(', locked')}</ScreenReaderOnly>
              </>
            )}
          </label>
          <input
            id={`${id}-${key}`}
            className="jp-CodeArtifact-input"
            value={choice[key]}
            placeholder={hints[key]}
            readOnly={store.pins[key] !== undefined}
            spellCheck={false}
            onChange={event => setChoice({ ...choice, [key]: event.target.value.trim() })}
          />
        </div>
      ))}
      <PinReason keys={KEYS} />
      <div className="jp-CodeArtifact-actions">
        <Button
          kind="accept"
          label={trans.__('Use and connect')}
          disabled={!choice.domain || !choice.repository}
          onPress={() => actions.choose(choice)}
        />
      </div>
    </>
  );
}
