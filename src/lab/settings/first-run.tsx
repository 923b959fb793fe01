import * as React from 'react';
import { Button, LinkButton } from '../ui/button';
import { useUI } from '../ui/context';
import { useReturnFocus } from '../ui/hooks';
import { listingSentence } from './listing-text';
import { NamesForm } from './names-form';
import { PasteForm } from './paste-form';
import { PickForm } from './pick-form';
import { useSettings } from './settings-context';

type Form = 'pick' | 'paste' | 'names';

/**
 * No repository is set yet: the user picks one that AWS lists, pastes the console's instructions, or enters the names.
 * The list is requested by the service that follows what the panel shows (panel-content).
 */
export function FirstRun(): React.JSX.Element {
  const { trans } = useUI();
  const { listing } = useSettings();
  const [chosen, setChosen] = React.useState<Form | null>(null);
  const listed = listing?.verdict === 'ok' && listing.repositories.length > 0;
  const form: Form = chosen ?? (listed || listing === null ? 'pick' : 'paste');
  const box = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    // The link that was pressed is gone; its successor is the form's first field.
    if (chosen !== null) {
      box.current
        ?.querySelector<HTMLElement>('select:not([disabled]), input:not([readonly]), textarea')
        ?.focus();
    }
  }, [chosen]);
  return (
    <div ref={box} className="jp-CodeArtifact-ways-in">
      <p className="jp-CodeArtifact-sentence">
        {form === 'pick' || !listed
          ? listingSentence(trans, listing)
          : trans.__('Name the repository that pip should use.')}
      </p>
      {form === 'pick' && listed && <PickForm listing={listing} />}
      {form === 'paste' && <PasteForm />}
      {form === 'names' && <NamesForm />}
      <p className="jp-CodeArtifact-ways">
        {form !== 'paste' && (
          <LinkButton
            label={trans.__('Paste connection instructions instead')}
            onPress={() => setChosen('paste')}
          />
        )}
        {form === 'paste' && (
          <LinkButton label={trans.__('Enter the names instead')} onPress={() => setChosen('names')} />
        )}
        {form !== 'pick' && listed && (
          <LinkButton label={trans.__('Choose from the list instead')} onPress={() => setChosen('pick')} />
        )}
      </p>
    </div>
  );
}

/** The ways to choose another repository. The present one stays in use until another is connected. */
export function ChoiceForm(props: { onClose: () => void }): React.JSX.Element {
  const { trans } = useUI();
  const box = useReturnFocus<HTMLDivElement>(
    'select:not([disabled]), input:not([readonly]), textarea, button'
  );
  return (
    <div ref={box}>
      <FirstRun />
      <div className="jp-CodeArtifact-actions">
        <Button label={trans.__('Keep the present one')} onPress={props.onClose} />
      </div>
    </div>
  );
}
