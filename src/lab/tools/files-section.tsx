import * as React from 'react';
import { toolTitle } from '../../protocol/tools';
import type { File } from '../../protocol/file';
import type { KernelPip } from '../../protocol/kernel';
import type { IKernelShadow } from '../kernel/kernel-code';
import { CommandIDs } from '../tokens';
import { Button, CopyButton, IconButton } from '../ui/button';
import { breakable } from '../ui/code';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { Section } from '../ui/section';
import { contentsPath, fileDetail, fileTitle, homeOf, inOrder, missingTools } from './files';
import { said } from '../ui/trans';
import { KernelRows } from './kernel-rows';

function FileRow(props: { file: File; home: string }): React.JSX.Element {
  const { trans, execute } = useUI();
  const { file } = props;
  const title = fileTitle(trans, file);
  const icon = file.shadowedBy.length ? 'warn' : file.effective ? 'check' : 'ring';
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
            <span className="jp-CodeArtifact-dim">{said(file.note, trans)}</span>
          </>
        )}
        {file.next && (
          <>
            <br />
            {said(file.next.title, trans)}
            <br />
            <code>{breakable(file.next.text)}</code>
          </>
        )}
      </div>
      {file.next ? (
        <CopyButton label={trans.__('Copy: %1', file.next.title)} text={file.next.text} />
      ) : contentsPath(file.path) !== null ? (
        <IconButton
          icon="open"
          label={trans.__('Open the file of %1', title)}
          onPress={() => execute(CommandIDs.openFile, { path: file.path })}
        />
      ) : (
        <CopyButton label={trans.__('Copy the path of %1', title)} text={file.path} />
      )}
    </li>
  );
}

interface IFilesSectionProps {
  readonly files: readonly File[];
  /** The tools that the settings name. */
  readonly tools: readonly string[];
  /** Whether an administrator has fixed the list of tools. */
  readonly pinned: boolean;
  /** Both are empty while there is no connection. */
  readonly kernels: readonly KernelPip[];
  readonly shadows: readonly IKernelShadow[];
  readonly open: boolean;
  readonly connected: boolean;
  /** The form of "Test installation", in place of the buttons, while it is open. */
  readonly form: React.ReactNode;
}

/** The tools that this connection configures, their files, and what overrides them. */
export function FilesSection(props: IFilesSectionProps): React.JSX.Element {
  const { trans, execute } = useUI();
  const { files, tools, kernels, shadows } = props;
  const home = homeOf(files);
  const chosen = tools.map(toolTitle).join(', ');
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
      summary={<span>{warnings ? trans._n('%1 warning', '%1 warnings', warnings) : chosen}</span>}
    >
      <ul>
        {inOrder(files).map(file => (
          <FileRow key={`${file.tool} ${file.path}`} file={file} home={home} />
        ))}
        {files.length === 0 && (
          <li className="jp-CodeArtifact-row">
            <Icon name="ring" />
            <div>
              {chosen}
              <br />
              <span className="jp-CodeArtifact-dim">
                {trans.__('written on Connect, put back on Disconnect')}
              </span>
            </div>
          </li>
        )}
        {!props.pinned &&
          missingTools(tools, files).map(tool => (
            <li key={tool} className="jp-CodeArtifact-row">
              <Icon name="ring" />
              <div>
                {toolTitle(tool)} <span className="jp-CodeArtifact-dim">{trans.__('not set up')}</span>
              </div>
              <Button
                kind="minimal"
                label={trans.__('Add')}
                name={trans.__('Add %1', toolTitle(tool))}
                onPress={() => execute(CommandIDs.addTool, { tool })}
              />
            </li>
          ))}
        <KernelRows kernels={kernels} shadows={shadows} />
      </ul>
      {props.form ?? (
        <div className="jp-CodeArtifact-actions jp-mod-inset">
          <Button label={trans.__('Preview changes')} onPress={() => execute(CommandIDs.preview)} />
          {props.connected && (
            <Button test label={trans.__('Test installation')} onPress={() => execute(CommandIDs.test)} />
          )}
        </div>
      )}
    </Section>
  );
}
