import * as React from 'react';
import { IconButton } from '../ui/button';
import { usePanel } from '../ui/panel-context';

/** The panel's own title and its three buttons; it stays while the column scrolls. */
export function Header(): React.JSX.Element {
  const { trans, actions } = usePanel();
  return (
    <div className="jp-CodeArtifact-header">
      <h2>{trans.__('CodeArtifact')}</h2>
      <div role="toolbar" aria-label={trans.__('CodeArtifact')}>
        <IconButton icon="refresh" label={trans.__('Check now')} onPress={() => actions.act('check')} />
        <IconButton
          icon="settings"
          label={trans.__('Settings')}
          onPress={() => actions.act('open-settings')}
        />
        <IconButton
          icon="more"
          menu
          label={trans.__('More actions')}
          onPress={button => actions.menu(button)}
        />
      </div>
    </div>
  );
}
