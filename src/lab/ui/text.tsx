import * as React from 'react';
import { breakableWords } from './code';

/** A sentence whose values, between back quotes, are set in code type. */
export function Rich(props: { text: string }): React.JSX.Element {
  const parts = props.text.split('`');
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <span key={index} className="jp-CodeArtifact-mono">
            {breakableWords(part)}
          </span>
        ) : (
          <React.Fragment key={index}>{breakableWords(part)}</React.Fragment>
        )
      )}
    </>
  );
}

/** A value that stays on one line and ends in an ellipsis; whole in its title. */
export const Clip = (props: { text: string }): React.JSX.Element => (
  <span className="jp-CodeArtifact-clip" title={props.text}>
    {props.text}
  </span>
);

/** The target, as every state shows it: the domain gives way before the repository. */
export function TargetName(props: { domain: string; repository: string }): React.JSX.Element | null {
  const { domain, repository } = props;
  return repository ? (
    <p className="jp-CodeArtifact-target" title={domain ? `${domain} / ${repository}` : repository}>
      {domain && <bdi>{domain}</bdi>}
      {domain && <i>/</i>}
      <bdi>{repository}</bdi>
    </p>
  ) : null;
}

export const ScreenReaderOnly = (props: { children: React.ReactNode }): React.JSX.Element => (
  <span className="jp-CodeArtifact-unseen">{props.children}</span>
);
