import * as React from 'react';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { PinReason } from './pin-reason';
import { ScreenReaderOnly } from '../ui/text';

const KEYS = ['domain', 'domainOwner', 'repository', 'region', 'profile'] as const;

type Key = (typeof KEYS)[number];

/** One setting; saved when the field is left or Enter is pressed. */
function Field(props: { name: Key; label: string; hint?: string; reason: string }): React.JSX.Element {
  const { trans, store, actions } = usePanel();
  const id = React.useId();
  const pin = store.pins[props.name];
  const saved = String(pin?.value ?? store.settings?.[props.name] ?? '');
  const [draft, setDraft] = React.useState<string | null>(null);
  const save = (): void => {
    if (draft !== null && draft.trim() !== saved) {
      actions.set(props.name, draft.trim());
    }
    setDraft(null);
  };
  return (
    <div className="jp-CodeArtifact-field">
      <label htmlFor={id}>
        {props.label}
        {pin && (
          <>
            {' '}
            <Icon name="lock" />
            <ScreenReaderOnly>{trans.__(', locked')}</ScreenReaderOnly>
          </>
        )}
      </label>
      <input
        id={id}
        className="jp-CodeArtifact-input"
        value={draft ?? saved}
        placeholder={props.hint}
        readOnly={pin !== undefined}
        aria-describedby={pin ? props.reason : undefined}
        spellCheck={false}
        onChange={event => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={event => event.key === 'Enter' && save()}
      />
    </div>
  );
}

/** The settings that name the connection; those an administrator has fixed carry a lock, and the reason. */
export function PinnedFields(): React.JSX.Element {
  const { trans } = usePanel();
  const reason = React.useId();
  return (
    <>
      <PinReason keys={KEYS} id={reason} />
      <Field name="domain" label={trans.__('Domain')} reason={reason} />
      <Field
        name="domainOwner"
        label={trans.__('Owner')}
        hint={trans.__('the AWS account, 12 digits')}
        reason={reason}
      />
      <Field name="repository" label={trans.__('Repository')} reason={reason} />
      <Field
        name="region"
        label={trans.__('Region')}
        hint={trans.__('as the AWS CLI finds it')}
        reason={reason}
      />
      <Field
        name="profile"
        label={trans.__('Profile')}
        hint={trans.__('none: the notebook’s role')}
        reason={reason}
      />
    </>
  );
}
