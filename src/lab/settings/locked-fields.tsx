import * as React from 'react';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { Rich, ScreenReaderOnly } from '../ui/text';
import type { Trans } from '../ui/trans';
import type { IPin } from './pins';
import { nameProblem } from './name-problem';
import { useSettings } from './settings-context';

const pinReason = (trans: Trans, pin: IPin): string =>
  pin.file
    ? trans.__('Your administrator set the fields with a lock, in `%1`.', pin.file)
    : trans.__('Your administrator set the fields with a lock.');

/** The reason for all locked fields, once, and the administrator's own words after it. */
export function PinReason(props: {
  keys: readonly string[];
  id?: string;
  /** Whether it names the locked settings that are not among `keys`. */
  whole?: boolean;
}): React.JSX.Element | null {
  const { trans } = useUI();
  const { pins } = useSettings();
  const all = Object.values(pins);
  const pin = props.keys.map(key => pins[key]).find(item => item !== undefined);
  const unseen = Object.keys(pins).filter(key => !props.keys.includes(key));
  const reasons = [...new Set(all.map(({ reason }) => reason).filter(Boolean))];
  return pin ? (
    <p className="jp-CodeArtifact-who" id={props.id}>
      <Icon name="lock" />
      <span>
        <Rich text={pinReason(trans, pin)} />
        {reasons.map(reason => (
          <React.Fragment key={reason}> {reason}</React.Fragment>
        ))}
        {props.whole && unseen.length > 0 && <> {trans.__('Also locked: %1.', unseen.join(', '))}</>}
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

/** What is wrong with a field's value, under it. */
export const FieldProblem = (props: { id: string; text: string }): React.JSX.Element | null =>
  props.text ? (
    <p className="jp-CodeArtifact-who" id={props.id}>
      <Icon name="error" className="jp-CodeArtifact-icon-bad" />
      <span>{props.text}</span>
    </p>
  ) : null;

const KEYS = ['domain', 'domainOwner', 'repository', 'region', 'profile'] as const;

type Key = (typeof KEYS)[number];

/** One setting; it is saved when the field is left or Enter is pressed. */
function Field(props: { name: Key; label: string; hint?: string; reason: string }): React.JSX.Element {
  const { trans } = useUI();
  const { settings, pins, save } = useSettings();
  const id = React.useId();
  const pin = pins[props.name];
  const saved = String(pin?.value ?? settings?.[props.name] ?? '');
  const [draft, setDraft] = React.useState<string | null>(null);
  const problem = nameProblem(trans, props.name, (draft ?? saved).trim());
  const finish = (): void => {
    if (problem) {
      // It stays to be corrected; nothing that cannot be a name is saved.
      return;
    }
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
        aria-describedby={problem ? `${id}-problem` : pin ? props.reason : undefined}
        aria-invalid={problem !== '' || undefined}
        spellCheck={false}
        dir="ltr"
        onChange={event => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            finish();
          } else if (event.key === 'Escape' && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
      <FieldProblem id={`${id}-problem`} text={problem} />
    </div>
  );
}

/** Whether pip goes on asking an index of the user's own beside the repository. */
function KeepIndex(): React.JSX.Element {
  const { trans } = useUI();
  const { settings, pins, save } = useSettings();
  const mode = pins.indexMode?.value ?? settings?.indexMode;
  return (
    <label className="jp-CodeArtifact-check">
      <input
        type="checkbox"
        checked={mode === 'extra-index-url'}
        disabled={pins.indexMode !== undefined}
        onChange={event => save('indexMode', event.target.checked ? 'extra-index-url' : 'index-url')}
      />
      <span>
        {trans.__('Keep pip’s own index and ask both (extra-index-url): open to dependency confusion')}
      </span>
    </label>
  );
}

/** The settings that name the connection; those that an administrator has fixed show a lock and the reason. */
export function SettingsFields(): React.JSX.Element {
  const { trans } = useUI();
  const reason = React.useId();
  return (
    <>
      <PinReason keys={KEYS} id={reason} whole />
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
      <KeepIndex />
    </>
  );
}
