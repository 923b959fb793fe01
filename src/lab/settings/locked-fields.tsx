import * as React from 'react';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { Rich, ScreenReaderOnly } from '../ui/text';
import type { Trans } from '../ui/trans';
import type { IPin } from './pins';
import { useSettings } from './settings-context';

const pinReason = (trans: Trans, pin: IPin): string =>
  pin.file
    ? trans.__('Your administrator set the fields with a lock, in `%1`.', pin.file)
    : trans.__('Your administrator set the fields with a lock.');

/** The reason for all locked fields, once, and the administrator's own words after it. */
export function PinReason(props: { keys: readonly string[]; id?: string }): React.JSX.Element | null {
  const { trans } = useUI();
  const { pins } = useSettings();
  const pin = props.keys.map(key => pins[key]).find(item => item !== undefined);
  return pin ? (
    <p className="jp-CodeArtifact-who" id={props.id}>
      <Icon name="lock" />
      <span>
        <Rich text={pinReason(trans, pin)} />
        {pin.reason && <> {pin.reason}</>}
      </span>
    </p>
  ) : null;
}

/** The label of a field, with a lock when it is pinned. */
export function FieldLabel(props: {
  field: string;
  label: string;
  pin: IPin | undefined;
}): React.JSX.Element {
  const { trans } = useUI();
  return (
    <label htmlFor={props.field}>
      {props.label}
      {props.pin && (
        <>
          {' '}
          <Icon name="lock" />
          <ScreenReaderOnly>{trans.__(', locked')}</ScreenReaderOnly>
        </>
      )}
    </label>
  );
}

const KEYS = ['domain', 'domainOwner', 'repository', 'region', 'profile'] as const;

type Key = (typeof KEYS)[number];

/** One setting; it is saved when the field is left or Enter is pressed. */
function Field(props: { name: Key; label: string; hint?: string; reason: string }): React.JSX.Element {
  const { settings, pins, save } = useSettings();
  const id = React.useId();
  const pin = pins[props.name];
  const saved = String(pin?.value ?? settings?.[props.name] ?? '');
  const [draft, setDraft] = React.useState<string | null>(null);
  const finish = (): void => {
    if (draft !== null && draft.trim() !== saved) {
      save(props.name, draft.trim());
    }
    setDraft(null);
  };
  return (
    <div className="jp-CodeArtifact-field">
      <FieldLabel field={id} label={props.label} pin={pin} />
      <input
        id={id}
        className="jp-CodeArtifact-input"
        value={draft ?? saved}
        placeholder={props.hint}
        readOnly={pin !== undefined}
        aria-describedby={pin ? props.reason : undefined}
        spellCheck={false}
        onChange={event => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={event => event.key === 'Enter' && finish()}
      />
    </div>
  );
}

/** The settings that name the connection; those that an administrator has fixed show a lock and the reason. */
export function SettingsFields(): React.JSX.Element {
  const { trans } = useUI();
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
