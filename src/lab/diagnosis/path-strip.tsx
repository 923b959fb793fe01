import * as React from 'react';
import type { Mark, IPathNode } from './path';

const STEP = 10;

function dot(mark: Mark, root: boolean, x: number): React.JSX.Element {
  if (mark === 'warn') {
    return <path d={`M${x} 1.2l4 7h-8z`} fill="var(--jp-warn-color0)" />;
  }
  if (root) {
    return <circle cx={x} cy={5} r={4} fill="var(--jp-error-color1)" />;
  }
  return mark === 'skip' || mark === 'run' ? (
    <circle cx={x} cy={5} r={2.1} fill="none" stroke="currentColor" strokeWidth={1.2} />
  ) : (
    <circle cx={x} cy={5} r={2.6} fill="currentColor" />
  );
}

/** The path when it is closed: seven dots in its title. */
export const PathStrip = (props: { path: readonly IPathNode[] }): React.JSX.Element => (
  <svg
    className={
      props.path.some(node => node.rung) ? 'jp-CodeArtifact-strip' : 'jp-CodeArtifact-strip jp-mod-empty'
    }
    width={68}
    height={10}
    viewBox="0 0 68 10"
    aria-hidden="true"
    focusable="false"
  >
    {props.path.map((node, index) => {
      const x = 4 + index * STEP;
      const broken = node.mark !== 'ok' && node.mark !== 'warn';
      return (
        <React.Fragment key={node.id}>
          {index > 0 && (
            <path
              d={`M${x - 6.8} 5H${x - 3.2}`}
              stroke="currentColor"
              strokeWidth={1.5}
              strokeDasharray={broken ? '1.2 1.2' : undefined}
            />
          )}
          {dot(node.mark, node.root, x)}
        </React.Fragment>
      );
    })}
  </svg>
);
