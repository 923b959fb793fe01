import * as React from 'react';
import { CommandIDs } from '../tokens';
import { Button, CopyButton, IconButton } from '../ui/button';
import { breakable } from '../ui/code';
import { useUI } from '../ui/context';
import { useReturnFocus } from '../ui/hooks';
import { Icon } from '../ui/icon';
import { Rich } from '../ui/text';
import type { IFileDiff } from './diff';
import { homeOf, shortPath } from './files';
import type { IPreview } from './preview';
import { kindOfChange, previewSentence } from './preview-text';
import '../../../style/on-demand.css';

const TAGS = { '+': 'ins', '-': 'del', ' ': 'span' } as const;

/** The lines with their signs; the colour only repeats the sign. */
function Lines(props: { file: IFileDiff }): React.JSX.Element {
  return (
    <pre className="jp-CodeArtifact-diff">
      <code>
        {props.file.lines.map((line, index) => {
          if (!line) {
            return <hr key={index} />;
          }
          const Tag = TAGS[line.sign];
          return (
            <Tag key={index} className="jp-mod-line">
              {line.sign} {breakable(line.text)}
              {'\n'}
            </Tag>
          );
        })}
      </code>
    </pre>
  );
}

/** What Connect would change, file by file. Escape closes it. */
export default function PreviewSection(props: { preview: IPreview; onClose: () => void }): React.JSX.Element {
  const { trans, now, execute } = useUI();
  const { busy, document, files } = props.preview;
  const title = React.useId();
  const box = useReturnFocus<HTMLDivElement>('button[data-close]');
  const diff = document?.preview ?? '';
  const home = homeOf(document?.files ?? []);
  const failed = !busy && document?.verdict !== 'ok';
  return (
    <div
      ref={box}
      role="group"
      className="jp-CodeArtifact-section"
      aria-labelledby={title}
      aria-busy={busy || undefined}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          props.onClose();
        }
      }}
    >
      <div className="jp-CodeArtifact-section-title jp-mod-plain">
        <h3 id={title}>{trans.__('Preview')}</h3>
        {diff && <CopyButton label={trans.__('Copy all changes')} text={diff} />}
        <IconButton icon="close" close label={trans.__('Close the preview')} onPress={props.onClose} />
      </div>
      <div className="jp-CodeArtifact-section-body">
        <p className={failed || busy ? 'jp-CodeArtifact-lead' : undefined}>
          {busy ? (
            <Icon name="run" className="jp-CodeArtifact-icon-run" />
          ) : (
            failed && <Icon name="error" className="jp-CodeArtifact-icon-bad" />
          )}
          <span>
            {busy ? (
              trans.__('Working out what would change…')
            ) : (
              <Rich text={previewSentence(trans, props.preview, now)} />
            )}
          </span>
        </p>
        {files.map(file => (
          <div key={file.path} className="jp-CodeArtifact-snippet">
            <h4 className="jp-CodeArtifact-file">
              <span title={file.path}>{breakable(shortPath(file.path, home))}</span>
              <span className="jp-CodeArtifact-dim">{kindOfChange(trans, file.kind)}</span>
            </h4>
            <Lines file={file} />
          </div>
        ))}
        {failed && (
          <div className="jp-CodeArtifact-actions">
            <Button label={trans.__('Check now')} onPress={() => execute(CommandIDs.diagnose)} />
            <Button label={trans.__('Try again')} onPress={() => execute(CommandIDs.preview)} />
          </div>
        )}
      </div>
    </div>
  );
}
