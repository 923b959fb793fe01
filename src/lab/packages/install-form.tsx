import * as React from 'react';
import type { IKernelChoice } from '../kernel/kernel-choices';
import { CommandIDs } from '../tokens';
import { Button, IconButton } from '../ui/button';
import { useUI } from '../ui/context';
import { useReturnFocus } from '../ui/hooks';
import { Icon, VerdictIcon } from '../ui/icon';
import { Rich } from '../ui/text';
import type { IInstallState, InstallTest } from './install-test';
import { requirementOf } from './install-test';
import { installVerdict } from './install-verdict';
import '../../../style/on-demand.css';

/** The package to test with when the list is not known: small, without dependencies, and in nearly every repository. */
const DEFAULT_PACKAGE = 'six';

/** pip's output as it arrives; the newest line stays visible. */
function Output(props: { lines: readonly string[]; busy: boolean }): React.JSX.Element {
  const { trans } = useUI();
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
      // An element that scrolls must be reachable by keyboard.
      tabIndex={0}
      role="group"
    >
      <code>{props.lines.join('\n')}</code>
    </pre>
  );
}

const Options = (props: { choices: readonly IKernelChoice[]; label: string }): React.JSX.Element | null =>
  props.choices.length ? (
    <optgroup label={props.label}>
      {props.choices.map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </optgroup>
  ) : null;

interface IInstallFormProps {
  readonly state: IInstallState;
  readonly test: Pick<InstallTest, 'close' | 'start' | 'cancel'>;
  /** A package that the repository certainly has, when one is known. */
  readonly suggestion: string | undefined;
  /** The connection's index, without credentials. */
  readonly index: string;
}

/** Lets the pip of a chosen kernel download one package through the connection, and says what came from where. */
export default function InstallForm(props: IInstallFormProps): React.JSX.Element {
  const { trans, execute } = useUI();
  const { choices, run } = props.state;
  const id = React.useId();
  const box = useReturnFocus<HTMLDivElement>('select', '[data-test]');
  const [chosen, setChosen] = React.useState(run?.kernel.key ?? '');
  const [typed, setTyped] = React.useState<string | null>(run?.requirement ?? null);
  const [bad, setBad] = React.useState(false);
  const kernel = choices.find(item => item.key === chosen) ?? choices[0];
  const text = typed ?? props.suggestion ?? DEFAULT_PACKAGE;
  const working = run !== null && run.phase !== 'over';
  const verdict = run && installVerdict(trans, run, props.index);
  const printed = run !== null && run.lines.length > 0;
  React.useEffect(() => {
    // The result is at the end of the form, which must not stay out of view.
    if (run) {
      box.current?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [run?.phase, printed]);
  const start = (): void => {
    const requirement = requirementOf(text);
    setBad(requirement === null);
    if (requirement !== null && kernel) {
      setTyped(text);
      void props.test.start(kernel, requirement);
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
          if (working) {
            props.test.cancel();
          } else {
            props.test.close();
          }
        }
      }}
    >
      <div className="jp-CodeArtifact-test-title">
        <h4>{trans.__('Test installation')}</h4>
        <IconButton icon="close" label={trans.__('Close the test')} onPress={() => props.test.close()} />
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
              onPress={() => (working ? props.test.cancel() : start())}
            />
          </div>
        </form>
      ) : (
        <p>{trans.__('There is no Python kernel here to try pip in.')}</p>
      )}
      {working && (
        <p className="jp-CodeArtifact-who">
          <Icon name="run" className="jp-CodeArtifact-icon-run" />
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
          <VerdictIcon name={verdict.icon} />
          <span>
            <Rich text={verdict.text} />
          </span>
        </p>
      )}
      {verdict?.own && <pre className="jp-CodeArtifact-own">{verdict.own}</pre>}
      {verdict?.check && (
        <div className="jp-CodeArtifact-actions">
          <Button label={trans.__('Check now')} onPress={() => execute(CommandIDs.diagnose)} />
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
