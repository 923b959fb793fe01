import type { Document } from '../../protocol/document';
import type { CheckId, Rung } from '../../protocol/rung';
import type { OnProgress } from '../diagnosis/run-diagnosis';
import type { EngineRequest } from './request';

/**
 * One connection and the verbs on it. The server keeps a session for as long as the engine runs; the command line
 * opens one, asks for one verb and closes it. Every verb answers a document and rejects only for a bug.
 */
export interface Session {
  /** `seen`: somebody looks at it, so that it is checked more often for the next minutes. */
  readonly state: (request: EngineRequest, seen?: boolean) => Promise<Document>;
  /** `automatic`: nobody clicked, so it waits its turn in the fleet and is content with a valid token. */
  readonly connect: (request: EngineRequest, automatic?: boolean) => Promise<Document>;
  readonly refresh: (request: EngineRequest) => Promise<Document>;
  readonly disconnect: (request: EngineRequest) => Promise<Document>;
  /** `check`: this one alone, with what it needs. It leaves the result that everybody sees as it is. */
  readonly diagnose: (
    request: EngineRequest,
    options?: { readonly check?: CheckId; readonly onProgress?: OnProgress }
  ) => Promise<Document>;
  /** What Connect would change. Leaves the connection and its latest result as they are. */
  readonly preview: (request: EngineRequest) => Promise<Document>;
  readonly cancel: () => Promise<Document>;
  /** The checks of the run under way as they are now; empty while nothing runs. */
  readonly progress: () => readonly Rung[];
  readonly close: () => Promise<void>;
}
