/** How a verb is reached and how long the server waits for it. */
interface VerbRow {
  /** The help line of the command line; absent for verbs that the command line does not have. */
  readonly help?: string;
  /** The REST method under `api/v1/`; absent for verbs that the browser cannot ask for. */
  readonly rest?: 'GET' | 'POST';
  /** The engine's method; absent for verbs of the command line alone. */
  readonly rpc?: true;
  /**
   * Seconds that the server waits for the engine's answer. A diagnosis ends itself after 10 s; writing on a slow
   * network home and waiting for another process's lock come on top. What takes longer hangs, and is ended.
   */
  readonly seconds?: number;
  /** Parameters of the REST call's query that the server hands on. */
  readonly query?: readonly string[];
  /** Keys of the REST call's body that the server hands on. Settings are never among them: it reads them from disk. */
  readonly body?: readonly string[];
  /** The lists of the answer, when it is a listing (src/protocol/listing.ts) and not a document. */
  readonly lists?: readonly string[];
}

const table = <T extends Readonly<Record<string, VerbRow>>>(rows: T): T => rows;

/**
 * Every verb, in the order of the help text. The command line, the engine's methods and the lab's requests are typed by
 * it; `jupyterlab_codeartifact/protocol.json`, from which the server makes its handlers and deadlines, is written from
 * it (scripts/write-schema.mjs); tests hold api/openapi.yaml against it.
 */
export const VERBS = table({
  connect: {
    help: 'Get a token and write the configuration of pip (--dry-run shows the change only)',
    rest: 'POST',
    rpc: true,
    seconds: 90
  },
  status: { help: 'Show the connection and its files; asks nobody' },
  diagnose: {
    help: 'Check every hop and say which one is broken (--rung ID, --list)',
    rest: 'POST',
    rpc: true,
    seconds: 60,
    body: ['rung']
  },
  refresh: { help: 'Get a new token now', rest: 'POST', rpc: true, seconds: 90 },
  disconnect: {
    help: 'Put the configuration back as it was before Connect',
    rest: 'POST',
    rpc: true,
    seconds: 60
  },
  policy: {
    help: 'Print a least-privilege policy (--for KIND; whom: --role ARN, --account N or --organization ID; --listing, --publish: what lists, uploads need too; --as FORM)'
  },
  /** Answered by the Python part, which reads the settings' files. */
  settings: {
    help: 'Say where each setting comes from and what it beat (--explain), or check an overrides file (--check FILE)'
  },
  repositories: {
    help: 'List domains and repositories',
    rest: 'GET',
    rpc: true,
    seconds: 60,
    lists: ['domains', 'repositories']
  },
  packages: {
    help: 'List what the repository holds (--query PREFIX, --package NAME for versions)',
    rest: 'GET',
    rpc: true,
    seconds: 60,
    query: ['query', 'package'],
    lists: ['packages']
  },
  login: { help: 'Takes what "aws codeartifact login" takes (--tool pip --domain ... --repository ...)' },
  /** `watching=1`: somebody sees the answer. */
  state: { rest: 'GET', rpc: true, seconds: 20, query: ['watching'] },
  preview: { rest: 'POST', rpc: true, seconds: 60 },
  cancel: { rest: 'POST', rpc: true, seconds: 20 },
  /** Answers at once: a server that hears nothing knows that the engine hangs. */
  ping: { rpc: true, seconds: 10 },
  shutdown: { rpc: true, seconds: 5 }
});

type Rows = typeof VERBS;
type With<Key extends keyof VerbRow> = {
  [Verb in keyof Rows]: Rows[Verb] extends Record<Key, unknown> ? Verb : never;
}[keyof Rows];

/** The command line's verbs. */
export type Verb = With<'help'>;

/** The engine's methods. */
export type Method = With<'rpc'>;

/** Verbs that the browser asks for by POST. */
export type PostVerb = {
  [V in keyof Rows]: Rows[V] extends { readonly rest: 'POST' } ? V : never;
}[keyof Rows];

const names = <Name extends keyof Rows>(key: keyof VerbRow): readonly Name[] =>
  (Object.keys(VERBS) as Name[]).filter(name => key in VERBS[name]);

export const CLI_VERBS = names<Verb>('help');
export const METHODS = names<Method>('rpc');

/** Notification from the engine: something changed, ask for `state`. Carries nothing secret. */
export const CHANGED = 'changed';
