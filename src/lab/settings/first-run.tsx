import * as React from 'react';
import { listingSentence } from './listing-text';
import { LinkButton } from '../ui/button';
import { usePanel } from '../ui/panel-context';
import { NamesForm } from './names-form';
import { PasteForm } from './paste-form';
import { PickForm } from './pick-form';

type Way = 'pick' | 'paste' | 'names';

/** No repository is set yet: pick one that AWS lists, paste the console's instructions, or give its names. */
export function FirstRun(): React.JSX.Element {
  const { trans, store, actions } = usePanel();
  const { listing } = store;
  const [chosen, setChosen] = React.useState<Way | null>(null);
  React.useEffect(() => {
    actions.list();
  }, []);
  const listed = listing?.verdict === 'ok' && listing.repositories.length > 0;
  const way: Way = chosen ?? (listed || listing === null ? 'pick' : 'paste');
  return (
    <>
      <p className="jp-CodeArtifact-sentence">
        {way === 'pick' || !listed
          ? listingSentence(trans, listing)
          : trans.__('Name the repository that pip should use.')}
      </p>
      {way === 'pick' && listed && <PickForm listing={listing} />}
      {way === 'paste' && <PasteForm />}
      {way === 'names' && <NamesForm />}
      <p className="jp-CodeArtifact-ways">
        {way !== 'paste' && (
          <LinkButton
            label={trans.__('Paste connection instructions instead')}
            onPress={() => setChosen('paste')}
          />
        )}
        {way === 'paste' && (
          <LinkButton label={trans.__('Enter the names instead')} onPress={() => setChosen('names')} />
        )}
        {way !== 'pick' && listed && (
          <LinkButton label={trans.__('Choose from the list instead')} onPress={() => setChosen('pick')} />
        )}
      </p>
    </>
  );
}
