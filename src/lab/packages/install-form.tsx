import * as React from 'react';
import { requirementOf } from '../kernel/requirement';
import type { KernelChoice } from '../kernel/kernel-choices';
import type { InstallState } from './install-test';
import { installVerdict } from './install-verdict';
import { Button, IconButton } from '../ui/button';
import { usePanel } from '../ui/panel-context';
import { useReturn } from '../ui/focus';
import { HeadlineIcon, Icon } from '../ui/icon';
import { Rich } from '../ui/text';

/** Small, without dependencies, and in nearly every repository: what a test takes when nothing else is known. */
const USUAL = 'six';

/** pip's lines as they come; the newest is in view. */
function Output(props: { lines: readonly string[]; busy: boolean }): React.JSX.Element {
  const { trans } = usePanel();
  const box = React.useRef<HTMLPreElement>(null);
  React.useLayoutEffect(() => {
    box.current?.scrollTo?.(0, box.current.scrollHeight);
  }, [props.lines]);
  return (
    <pre
      ref={box}
      className="jp-CodeArtifact-output"
      aria-label={trans.__('Output of pip')}
      aria-busy={props.busy || undefined}
      // A block that scrolls must be reached by the keyboard.
      tabIndex={0}
      role="group"
    >
      <code>{props.lines.join('\n')}</code>
    </pre>
  );
}

const Options = (props: { choices: readonly KernelChoice[]; label: string }): React.JSX.Element | null =>
  props.choices.length ? (
    <optgroup label={props.label}>
      {props.choices.map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </optgroup>
  ) : null;

/** pip of a chosen kernel downloads one package through the connection, and says what came from where. */
export default function InstallForm(props: { test: InstallState }): React.JSX.Element {
  const { trans, store, packages, actions } = usePanel();
  const { choices, run } = props.test;
  const id = React.useId();
  const box = useReturn<HTMLDivElement>('select', '[data-test]');
  const [chosen, setChosen] = React.useState(run?.kernel.key ?? '');
  const [typed, setTyped] = React.useState<string | null>(run?.requirement ?? null);
  const [bad, setBad] = React.useState(false);
  const kernel = choices.find(item => item.key === chosen) ?? choices[0];
  const text = typed ?? packages.result?.packages[0]?.name ?? USUAL;
  const working = run !== null && run.phase !== 'over';
  const verdict = run && installVerdict(trans, run, store.document?.connection?.indexUrl ?? '');
  React.useEffect(() => {
    // The first package that the repository lists is there for sure.
    if (packages.result === null && !packages.busy) {
      actions.search(packages.query);
    }
  }, []);
  const printed = run !== null && run.lines.length > 0;
  React.useEffect(() => {
    // What it comes to stands below: it must not stay out of sight.
    if (run) {
      box.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [run?.phase, printed]);
  const start = (): void => {
    const requirement = requirementOf(text);
    setBad(requirement === null);
    if (requirement !== null && kernel) {
      setTyped(text);
      void actions.test.start(kernel, requirement);
    }
  };
  return (
    <div
      ref={box}
      role="group"
      className="jp-CodeArtifact-test"
      aria-label={trans.__('Test installation')}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          (working ? actions.test.cancel : actions.test.close)();
        }
      }}
    >
      <div className="jp-CodeArtifact-test-title">
        <h4>{trans.__('Test installation')}</h4>
        <IconButton icon="close" label={trans.__('Close the test')} onPress={() => actions.test.close()} />
      </div>
      {kernel ? (
        <form
          onSubmit={event => {
            event.preventDefault();
            if (!working) {
              start();
            }
          }}
        >
          <div className="jp-CodeArtifact-field">
            <label htmlFor={`${id}-kernel`}>{trans.__('Kernel')}</label>
            <select
              id={`${id}-kernel`}
              className="jp-CodeArtifact-input"
              value={kernel.key}
              disabled={working}
              onChange={event => setChosen(event.target.value)}
            >
              <Options label={trans.__('Open notebooks')} choices={choices.filter(item => item.running)} />
              <Options
                label={trans.__('Started for the test')}
                choices={choices.filter(item => !item.running)}
              />
            </select>
          </div>
          <div className="jp-CodeArtifact-field">
            <label htmlFor={`${id}-package`}>{trans.__('Package')}</label>
            <input
              id={`${id}-package`}
              className="jp-CodeArtifact-input"
              value={text}
              readOnly={working}
              aria-invalid={bad || undefined}
              aria-describedby={bad ? `${id}-bad` : undefined}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              onChange={event => {
                setTyped(event.target.value);
                setBad(false);
              }}
            />
          </div>
          {bad && (
            <p id={`${id}-bad`} className="jp-CodeArtifact-who" role="alert">
              <Icon name="info" />
              <span>
                <Rich text={trans.__('Give one package’s name, such as `six` or `six==1.17.0`.')} />
              </span>
            </p>
          )}
          <div className="jp-CodeArtifact-actions">
            <Button
              label={working ? trans.__('Cancel') : trans.__('Run')}
              disabled={run?.phase === 'cancelling'}
              onPress={() => (working ? actions.test.cancel() : start())}
            />
          </div>
        </form>
      ) : (
        <p>{trans.__('There is no Python kernel here to try pip in.')}</p>
      )}
      {working && (
        <p className="jp-CodeArtifact-who">
          <Icon name="arc" className="jp-CodeArtifact-icon-run" />
          <span>
            {run.phase === 'cancelling'
              ? trans.__('Cancelling…')
              : run.phase === 'starting'
                ? run.kernel.running
                  ? trans.__('Waiting for the kernel…')
                  : trans.__('Starting %1…', run.kernel.label)
                : trans.__('pip downloads into a temporary folder. Nothing is installed.')}
          </span>
        </p>
      )}
      {verdict && (
        <p className="jp-CodeArtifact-who jp-mod-verdict">
          <HeadlineIcon icon={verdict.icon} size={16} />
          <span>
            <Rich text={verdict.text} />
          </span>
        </p>
      )}
      {verdict?.own && <pre className="jp-CodeArtifact-own">{verdict.own}</pre>}
      {verdict?.check && (
        <div className="jp-CodeArtifact-actions">
          <Button label={trans.__('Check now')} onPress={() => actions.act('check')} />
        </div>
      )}
      {printed && (
        <details open={working || undefined}>
          <summary>{trans.__('Output of pip')}</summary>
          <Output lines={run.lines} busy={working} />
        </details>
      )}
    </div>
  );
}
