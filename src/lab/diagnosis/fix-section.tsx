import * as React from 'react';
import type { Fix, Snippet } from '../../protocol/fix';
import { CopyButton } from '../ui/button';
import { breakableWords, Code } from '../ui/code';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { Section } from '../ui/section';
import { Rich } from '../ui/text';
import { said } from '../ui/trans';
import { fixerLabel } from '../../protocol/fixer';
import '../../../style/on-demand.css';

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
          <span>{breakableWords(said(snippet.title, trans))}</span>
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

/** What is said at once is about this long, in whole sentences; the rest is a click away. */
const ENOUGH = 120;

/** What to do, and what else is good to know. The browser knows where a sentence ends in its language. */
export function inTwo(text: string): readonly [string, string] {
  // Firefox has it since version 125: https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Intl/Segmenter
  if (!('Segmenter' in Intl)) {
    return [text, ''];
  }
  const sentences = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)];
  const next = sentences.find(({ index }) => index >= ENOUGH);
  return next ? [text.slice(0, next.index).trim(), text.slice(next.index)] : [text, ''];
}

function Advice(props: { text: string }): React.JSX.Element {
  const { trans } = useUI();
  const [first, rest] = inTwo(props.text);
  return (
    <>
      <p>
        <Rich text={first} />
      </p>
      {rest && (
        <details className="jp-CodeArtifact-more">
          <summary>{trans.__('More about this')}</summary>
          <p>
            <Rich text={rest} />
          </p>
        </details>
      )}
    </>
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
      <Advice text={said(fix.text, trans)} />
      {fix.snippets.map((snippet, index) => (
        <SnippetView key={snippet.title} snippet={snippet} first={index === 0} />
      ))}
    </Section>
  );
}
