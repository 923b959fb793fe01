import * as React from 'react';
import type { Fix, Snippet } from '../../protocol/fix';
import { CopyButton } from '../ui/button';
import { Code } from '../ui/code';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { Section } from '../ui/section';
import { Rich } from '../ui/text';
import { said } from '../ui/trans';
import { fixerLabel } from '../../protocol/fixer';

function SnippetView(props: { snippet: Snippet; first: boolean }): React.JSX.Element {
  const { trans } = useUI();
  const { snippet } = props;
  const [open, setOpen] = React.useState(props.first);
  const body = React.useId();
  return (
    <div className="jp-CodeArtifact-snippet">
      <div className="jp-CodeArtifact-snippet-title">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => setOpen(!open)}
        >
          <Icon name="caret" />
          <span>{said(snippet.title, trans)}</span>
        </button>
        <CopyButton label={trans.__('Copy: %1', snippet.title)} text={snippet.text} />
      </div>
      {open && (
        <div id={body}>
          <Code label={said(snippet.title, trans)} text={snippet.text} mark={snippet.mark} />
        </div>
      )}
    </div>
  );
}

/** The fix: one sentence, and the exact texts to run or paste, the first one open. */
export function FixSection(props: { fix: Fix; open: boolean }): React.JSX.Element {
  const { trans } = useUI();
  const { fix } = props;
  return (
    <Section
      id="fix"
      title={trans.__('Fix')}
      open={props.open}
      summary={<span>{fixerLabel(fix.who, trans)}</span>}
    >
      <p>
        <Rich text={said(fix.text, trans)} />
      </p>
      {fix.snippets.map((snippet, index) => (
        <SnippetView key={snippet.title} snippet={snippet} first={index === 0} />
      ))}
    </Section>
  );
}
