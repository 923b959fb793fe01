import * as React from 'react';
import type { File } from '../../protocol/file';
import { fileDetail, fileTitle, homeOf, inOrder } from './file-text';
import { Button, CopyButton, IconButton } from '../ui/button';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { KernelRows } from './kernel-rows';
import { Section } from '../ui/section';

const InstallForm = React.lazy(() => import('../packages/install-form'));

function FileRow(props: { file: File; home: string }): React.JSX.Element {
  const { trans, actions } = usePanel();
  const { file } = props;
  const title = fileTitle(trans, file);
  const icon = file.shadowedBy.length ? 'warn' : file.effective ? 'tick' : 'ring';
  return (
    <li className="jp-CodeArtifact-row">
      <Icon name={icon} className={icon === 'warn' ? 'jp-CodeArtifact-icon-warn' : undefined} />
      <div>
        {title}
        <br />
        <span className="jp-CodeArtifact-dim" title={file.path}>
          {fileDetail(trans, file, props.home)}
        </span>
        {file.note && (
          <>
            <br />
            <span className="jp-CodeArtifact-dim">{file.note}</span>
          </>
        )}
      </div>
      {actions.canOpen(file.path) ? (
        <IconButton
          icon="open"
          label={trans.__('Open the file of %1', title)}
          onPress={() => actions.openFile(file.path)}
        />
      ) : (
        <CopyButton label={trans.__('Copy the path of %1', title)} text={file.path} />
      )}
    </li>
  );
}

/** The tools whose configuration this connection writes, their files, and what wins over them. */
export function FilesSection(props: {
  files: readonly File[];
  open: boolean;
  connected: boolean;
}): React.JSX.Element {
  const { trans, store, actions, test } = usePanel();
  const { files } = props;
  const home = homeOf(files);
  const all = ['pip', 'uv', 'twine'];
  const used = store.settings?.tools ?? ['pip'];
  const missing = all.filter(
    tool => !used.some(name => name === tool) && !files.some(file => file.tool === tool)
  );
  const kernels = (props.connected && store.document?.kernels) || [];
  const shadows = props.connected ? store.shadows : [];
  const warnings =
    files.filter(file => file.shadowedBy.length).length +
    kernels.filter(kernel => !kernel.effective).length +
    shadows.length;
  return (
    <Section
      id="files"
      title={trans.__('Tools and files')}
      open={props.open}
      flush
      summary={<span>{warnings ? trans._n('%1 warning', '%1 warnings', warnings) : used.join(', ')}</span>}
    >
      <ul>
        {inOrder(files).map(file => (
          <FileRow key={`${file.tool} ${file.path}`} file={file} home={home} />
        ))}
        {files.length === 0 && (
          <li className="jp-CodeArtifact-row">
            <Icon name="ring" />
            <div>
              {used.join(', ')}
              <br />
              <span className="jp-CodeArtifact-dim">
                {trans.__('written on Connect, put back on Disconnect')}
              </span>
            </div>
          </li>
        )}
        {missing.length > 0 && !store.pins.tools && (
          <li className="jp-CodeArtifact-row">
            <Icon name="ring" />
            <div>
              {missing.join(', ')}
              <br />
              <span className="jp-CodeArtifact-dim">{trans.__('not set up')}</span>
            </div>
            <button
              type="button"
              className="jp-CodeArtifact-btn jp-mod-minimal"
              aria-label={trans.__('Add %1', missing.join(', '))}
              onClick={() => actions.act('open-settings')}
            >
              {trans.__('Add')}
            </button>
          </li>
        )}
        <KernelRows kernels={kernels} shadows={shadows} />
      </ul>
      {test && props.connected ? (
        <React.Suspense fallback={null}>
          <InstallForm test={test} />
        </React.Suspense>
      ) : (
        <div className="jp-CodeArtifact-actions jp-mod-inset">
          <Button label={trans.__('Preview changes')} onPress={() => actions.preview(true)} />
          {props.connected && (
            <Button test label={trans.__('Test installation')} onPress={() => actions.test.open()} />
          )}
        </div>
      )}
    </Section>
  );
}
