import * as React from 'react';

/** Where a long word of a command or document may break: after what joins its parts. */
const JOINTS = /([:/.,=]|%2F)/;

export function breakable(text: string): React.ReactNode[] {
  return text
    .split(JOINTS)
    .flatMap((part, index) => (index % 2 === 1 && part ? [part, <wbr key={index} />] : part ? [part] : []));
}

/** The last word stays with the backslash that continues the line. */
function glued(text: string): React.ReactNode {
  const match = /^(.*\s)?(\S{1,24} \\)$/.exec(text);
  return match ? (
    <>
      {breakable(match[1] ?? '')}
      <span className="jp-mod-glue">{match[2]}</span>
    </>
  ) : (
    breakable(text)
  );
}

interface CodeProps {
  readonly text: string;
  /** The line to mark, counted from 1. */
  readonly mark?: number;
}

/** Code that wraps with a hanging indent. Copying it by hand gives the lines as they are. */
export function Code(props: CodeProps): React.JSX.Element {
  return (
    <pre>
      <code>
        {props.text
          .replace(/\n+$/, '')
          .split('\n')
          .map((text, index) => {
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
