import * as React from 'react';

/** Characters after which a long word of a command or document may break. */
const JOINTS = /([:/.,=]|%2F)/;

/**
 * The same for a sentence, in which the end of a file's name does not part from it. Something that fills a line of its
 * own takes its last letters to the next one with the full stop behind it, which would stand there alone.
 */
const JOINTS_OF_WORDS = /([:,=_/](?!\/)|(?<!\/)\.(?!$|\w{1,4}\.?(?:[^\w.]|$))|(?<=[^:,=_/]{21})(?=...$))/;

/** A word of this many letters does not fit beside others in a narrow side bar. */
const LONG_WORD = /(\S{25,})/;

export function breakable(text: string, joints = JOINTS): React.ReactNode[] {
  return text
    .split(joints)
    .flatMap((part, index) => (index % 2 === 1 ? [part, <wbr key={index} />] : part ? [part] : []));
}

/** The same for the long words of a sentence. */
export const breakableWords = (text: string): React.ReactNode =>
  text
    .split(LONG_WORD)
    .map((part, index) =>
      index % 2 === 1 ? <React.Fragment key={index}>{breakable(part, JOINTS_OF_WORDS)}</React.Fragment> : part
    );

/** Keeps the last word on one line with the backslash that continues it. */
function glued(text: string): React.ReactNode {
  const match = /^(.*\s)?(\S{1,18} \\)$/.exec(text);
  return match ? (
    <>
      {breakable(match[1] ?? '')}
      <span className="jp-mod-glue">{match[2]}</span>
    </>
  ) : (
    breakable(text)
  );
}

/** More lines than this scroll in their own box: a fix must not push everything else out of view. */
const MOST_LINES = 12;

interface ICodeProps {
  readonly text: string;
  /** What it is, for who comes to it by keyboard to scroll it. */
  readonly label: string;
  /** The line to mark, counted from 1. */
  readonly mark?: number;
}

/** Code that wraps with a hanging indent. Selecting and copying it gives the lines unchanged. */
export function Code(props: ICodeProps): React.JSX.Element {
  const lines = props.text.trimEnd().split('\n');
  // An element that scrolls must be reachable by keyboard.
  const scrolling =
    lines.length > MOST_LINES
      ? { className: 'jp-mod-long', tabIndex: 0, role: 'group', 'aria-label': props.label }
      : {};
  return (
    <pre {...scrolling}>
      <code>
        {lines.map((text, index) => {
          const indent = /^ */.exec(text)?.[0].length ?? 0;
          return (
            <span
              key={index}
              className={props.mark === index + 1 ? 'jp-mod-line jp-mod-mark' : 'jp-mod-line'}
              style={{ '--i': Math.min(indent, 16) } as React.CSSProperties}
            >
              {glued(text)}
              {'\n'}
            </span>
          );
        })}
      </code>
    </pre>
  );
}
