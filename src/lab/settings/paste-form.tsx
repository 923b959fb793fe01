import * as React from 'react';
import { CommandIDs } from '../tokens';
import type { ILogin } from '../login/choice';
import { Button } from '../ui/button';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { Rich } from '../ui/text';

/** Reads a text as instructions. What understands shells and cells is loaded with the first text; null until then. */
function useInstructions(text: string): ILogin | null {
  const [read, setRead] = React.useState<((text: string) => ILogin) | null>(null);
  const isWanted = text !== '' && !read;
  React.useEffect(() => {
    if (isWanted) {
      // After a failure the next text tries again.
      import('./instructions').then(
        ({ readInstructions }) => setRead(() => readInstructions),
        error => console.warn('CodeArtifact: what reads instructions could not be loaded.', error)
      );
    }
  }, [isWanted, text]);
  return React.useMemo(() => read?.(text) ?? null, [read, text]);
}

/** The console's "View connection instructions", pasted: they are read, never run and never kept. */
export function PasteForm(): React.JSX.Element {
  const { trans, execute } = useUI();
  const field = React.useId();
  const [text, setText] = React.useState('');
  const login = useInstructions(text);
  const choice = login?.choice;
  const target = choice ? trans.__('%1 / %2', choice.domain, choice.repository) : '';
  const rest = choice
    ? [choice.domainOwner && trans.__('owner %1', choice.domainOwner), choice.region].filter(Boolean)
    : [];
  return (
    <>
      <div className="jp-CodeArtifact-field">
        <label htmlFor={field}>{trans.__('Connection instructions')}</label>
        <textarea
          id={field}
          className="jp-CodeArtifact-input"
          rows={4}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={event => setText(event.target.value)}
        />
      </div>
      {choice && (
        <p className="jp-CodeArtifact-who">
          <Icon name="check" />
          <span>
            {trans.__('Understood:')} <span className="jp-CodeArtifact-strong">{target}</span>
            {rest.map(part => (
              <React.Fragment key={part}>
                , <span className="jp-CodeArtifact-num">{part}</span>
              </React.Fragment>
            ))}
          </span>
        </p>
      )}
      {login && !choice && text.trim() !== '' && (
        <p className="jp-CodeArtifact-who">
          <Icon name="info" />
          <span>
            <Rich
              text={
                login.missing.length > 0
                  ? trans.__('The text does not say what these are: %1.', login.missing.join(', '))
                  : trans.__(
                      'No repository is named there yet. It takes `--domain` and `--repository`, or the index URL.'
                    )
              }
            />
          </span>
        </p>
      )}
      <div className="jp-CodeArtifact-actions">
        <Button
          kind="accept"
          label={trans.__('Use and connect')}
          disabled={!choice}
          onPress={() => choice && execute(CommandIDs.useRepository, { ...choice })}
        />
        <Button label={trans.__('Clear')} disabled={text === ''} onPress={() => setText('')} />
      </div>
      <p className="jp-CodeArtifact-ways jp-CodeArtifact-dim">
        {trans.__('From the AWS console: View connection instructions. Nothing you paste is run.')}
      </p>
    </>
  );
}
