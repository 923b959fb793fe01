import type { Document } from '../../protocol/document';
import type { Fix, Fixer } from '../../protocol/fix';
import type { IServerProblem as ServerProblem } from '../api/problem';
import { pipStillWorks } from '../diagnosis/describe-rung';
import { clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';

/** What is said when the engine cannot be asked at all. */
export interface Degraded {
  readonly headline: string;
  readonly sentence: string;
  /** Absent when nobody has to do anything. */
  readonly fixer?: Fixer;
  readonly fix?: Fix;
}

export function degradedMessage(
  trans: Trans,
  problem: ServerProblem,
  document: Document | null,
  now: number
): Degraded {
  switch (problem.kind) {
    case 'server_missing':
      return {
        headline: trans.__('The server part is missing'),
        sentence: trans.__(
          'This panel is installed, but the server answers 404. Restart the server after installing.'
        ),
        fixer: 'platform team',
        fix: {
          who: 'platform team',
          text: trans.__('Install into the environment that runs the Jupyter server.'),
          snippets: [
            {
              title: trans.__('In the server’s environment'),
              language: 'bash',
              text: 'python -m pip install jupyterlab-codeartifact\njupyter server extension list'
            }
          ]
        }
      };
    case 'not_allowed':
      return {
        headline: trans.__('Not allowed on this server'),
        sentence: trans.__(
          'The Jupyter server does not let you use CodeArtifact from here. If you were logged out, reload the page. pip’s files were not changed.'
        ),
        fixer: 'platform team'
      };
    case 'node_missing':
    case 'engine_failed':
      return {
        headline: trans.__('The engine cannot start'),
        sentence: trans.__('%1 JupyterLab itself is not affected.', problem.message),
        fixer: problem.fix?.who ?? 'platform team',
        fix: problem.fix
      };
    case 'engine_stopped': {
      const until = Date.parse(document?.connection?.expiresAt ?? '');
      return {
        headline: trans.__('The engine stopped'),
        sentence:
          until > now && pipStillWorks(document)
            ? trans.__(
                '%1 pip keeps working with the present token until %2.',
                problem.message,
                clockTime(until, now)
              )
            : trans.__('%1 pip’s files were not changed.', problem.message),
        fixer: problem.fix?.who,
        fix: problem.fix
      };
    }
    case 'unreachable':
      return {
        headline: trans.__('The Jupyter server does not answer'),
        sentence: trans.__('Nothing was changed. This panel tries again automatically.')
      };
    case 'unexpected':
      return {
        headline: trans.__('The server’s answer cannot be read'),
        sentence: trans.__('The server part said: %1', problem.message || trans.__('nothing')),
        fixer: 'platform team'
      };
  }
}
