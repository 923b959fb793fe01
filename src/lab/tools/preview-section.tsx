import * as React from 'react';
import type { Preview } from './preview';
import type { FileDiff } from './diff';
import { readDiff } from './diff';
import { homeOf, shortPath } from './file-text';
import { kindOfChange, previewSentence } from './preview-text';
import { Button, CopyButton, IconButton } from '../ui/button';
import { breakable } from '../ui/code';
import { usePanel } from '../ui/panel-context';
import { Icon } from '../ui/icon';
import { useReturn } from '../ui/focus';
import { Rich } from '../ui/text';

const TAGS = { '+': 'ins', '-': 'del', ' ': 'span' } as const;

/** Lines with their signs: colour only repeats what the sign and the element say. */
function Lines(props: { file: FileDiff }): React.JSX.Element {
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

/** What Connect would change, file by file, before anything is. Escape closes it. */
export default function PreviewSection(props: { preview: Preview }): React.JSX.Element {
  const { trans, actions, now } = usePanel();
  const { busy, document } = props.preview;
  const title = React.useId();
  const box = useReturn<HTMLDivElement>('button[data-close]');
  const diff = document?.preview ?? '';
  const files = readDiff(diff);
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
          actions.preview(false);
        }
      }}
    >
      <div className="jp-CodeArtifact-section-title jp-mod-plain">
        <h3 id={title}>{trans.__('Preview')}</h3>
        {diff && <CopyButton label={trans.__('Copy all changes')} text={diff} />}
        <IconButton
          icon="close"
          close
          label={trans.__('Close the preview')}
          onPress={() => actions.preview(false)}
        />
      </div>
      <div className="jp-CodeArtifact-section-body">
        <p className={failed || busy ? 'jp-CodeArtifact-lead' : undefined}>
          {busy ? (
            <Icon name="arc" className="jp-CodeArtifact-icon-run" />
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
            <Button label={trans.__('Check now')} onPress={() => actions.act('check')} />
            <Button label={trans.__('Try again')} onPress={() => actions.preview(true)} />
          </div>
        )}
      </div>
    </div>
  );
}
