import * as React from 'react';
import type { Line } from './evidence-lines';
import { Rich } from '../ui/text';

/** What stands behind a node's verdict. */
export const EvidenceList = (props: { id: string; lines: readonly Line[] }): React.JSX.Element => (
  <ul className="jp-CodeArtifact-evidence" id={props.id}>
    {props.lines.map((line, index) => (
      <li key={index}>
        {line.kind === 'text' ? (
          <Rich text={line.text} />
        ) : (
          <span className={line.bad ? 'jp-CodeArtifact-addr jp-mod-bad' : 'jp-CodeArtifact-addr'}>
            <span>{line.address}</span>
            <span className="jp-CodeArtifact-num">{line.time}</span>
            <span>{line.verdict}</span>
          </span>
        )}
      </li>
    ))}
  </ul>
);
