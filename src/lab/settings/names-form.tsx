import * as React from 'react';
import { CommandIDs } from '../tokens';
import { Button } from '../ui/button';
import { useUI } from '../ui/context';
import type { IChoice } from './instructions';
import { FieldLabel, FieldProblem, PinReason } from './locked-fields';
import { nameProblem } from './name-problem';
import { useSettings } from './settings-context';

const KEYS = ['domain', 'domainOwner', 'repository', 'region'] as const;

/** The names, entered by the user; pinned ones are shown locked. */
export function NamesForm(): React.JSX.Element {
  const { trans, execute } = useUI();
  const { settings, pins } = useSettings();
  const id = React.useId();
  const start = (key: (typeof KEYS)[number]): string => String(pins[key]?.value ?? settings?.[key] ?? '');
  const [choice, setChoice] = React.useState<IChoice>({
    domain: start('domain'),
    domainOwner: start('domainOwner'),
    repository: start('repository'),
    region: start('region')
  });
  /** Which fields were left once: nobody is told that a name is wrong while it is being entered. */
  const [left, setLeft] = React.useState<Partial<Record<(typeof KEYS)[number], boolean>>>({});
  const problems = Object.fromEntries(KEYS.map(key => [key, nameProblem(trans, key, choice[key])])) as Record<
    (typeof KEYS)[number],
    string
  >;
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
          <FieldLabel field={`${id}-${key}`} label={labels[key]} pin={pins[key]} />
          <input
            id={`${id}-${key}`}
            className="jp-CodeArtifact-input"
            value={choice[key]}
            placeholder={hints[key]}
            readOnly={pins[key] !== undefined}
            spellCheck={false}
            dir="ltr"
            aria-invalid={problems[key] !== '' || undefined}
            aria-describedby={problems[key] ? `${id}-${key}-problem` : undefined}
            onChange={event => setChoice({ ...choice, [key]: event.target.value.trim() })}
            onBlur={() => setLeft({ ...left, [key]: true })}
          />
          <FieldProblem id={`${id}-${key}-problem`} text={left[key] ? problems[key] : ''} />
        </div>
      ))}
      <PinReason keys={KEYS} />
      <div className="jp-CodeArtifact-actions">
        <Button
          kind="accept"
          label={trans.__('Use and connect')}
          disabled={!choice.domain || !choice.repository || KEYS.some(key => problems[key] !== '')}
          onPress={() => execute(CommandIDs.useRepository, { ...choice })}
        />
      </div>
    </>
  );
}
