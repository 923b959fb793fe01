import { trans } from '../core/say';
import { foreignWords } from '../core/secret/foreign-words';
import { done, type Failure, failure, withFacts } from '../core/failure';
import { DeadlineExceeded, within } from '../runtime/deadline';
import { withRetries } from '../runtime/retry';
import type { Runtime } from '../runtime/runtime';
import type { AskOptions } from './ask-options';
import { failureFromAws } from './aws-error';
import type { CredentialPlan } from './credential-plan';
import { type CredentialResult, ended, type Keys, unusable } from './credential-source';
import { asUnreachable } from './service-call';
import { namedEndpoint } from './service-endpoint';
import { quotedForShell, shellWords } from './shell-words';
import { handlerFor } from './transport';

/** A program, or a sign-in that is renewed and then used; the whole diagnosis has 10 s. */
const CAP_MS = 8000;

type Plan = Extract<CredentialPlan, { kind: 'process' | 'login' | 'sso' }>;

/** The name under which the SDK is told of the profile. */
const PROFILE = 'profile';
const NOWHERE = 'jupyterlab-codeartifact:aws';

/**
 * Three sources that the SDK asks better than we could: the program of `credential_process` (the engine itself starts
 * none), `aws login`, and the renewing of a sign-in to IAM Identity Center. The SDK is handed a file of its own, which
 * says what our reading of the user's says, so that it cannot read something else there.
 */
export async function fromSdk(
  runtime: Runtime,
  options: AskOptions,
  plan: Plan,
  signal: AbortSignal
): Promise<CredentialResult> {
  const { source } = plan;
  const words = plan.kind === 'process' ? shellWords(plan.command) : [];
  if (plan.kind === 'process' && (words === undefined || words.length === 0)) {
    return unusable(source, 'process_unreadable', evidence(plan, options));
  }
  const named = namedEndpoint(runtime.env, options.configuration, plan.kind === 'login' ? 'signin' : 'sso');
  if (!named.ok) {
    return { kind: 'broken', source, failure: named.failure };
  }
  const url = named.value?.url;
  const asked: Asked = { attempts: 1, host: '' };
  try {
    const keys = await within(runtime.clock, CAP_MS, signal, s =>
      provide(runtime, options, plan, { words: words ?? [], endpoint: url, asked }, s)
    );
    if (keys.expiration && keys.expiration.getTime() <= runtime.clock.now()) {
      return ended(source, { ...evidence(plan, options), expiresAt: keys.expiration.toISOString() });
    }
    const accountId = keys.accountId ?? (plan.kind === 'login' ? undefined : plan.accountId);
    return {
      kind: 'found',
      source,
      keys: { ...keys, ...(accountId === undefined ? {} : { accountId }) },
      ...(plan.kind === 'sso' ? { role: plan.roleName } : {}),
      attempts: asked.attempts,
      again: s => fromSdk(runtime, options, plan, s)
    };
  } catch (error) {
    signal.throwIfAborted();
    const met = failureOf(plan, options, error, { host: asked.host, nowMs: runtime.clock.now() });
    const told = asUnreachable({ ok: false, failure: met }, source);
    return { kind: 'broken', source, failure: told.ok ? met : told.failure };
  }
}

/** For so long after a renewal that failed the SDK asks for none (@aws-sdk/token-providers, fromSso). */
const UNASKED_MS = 30_000;
let lastTrouble: { readonly error: unknown; readonly at: number } | undefined;

/** An answer that may be another one a moment later, as an error that tells its status. */
const faultIn = (response: { readonly statusCode: number }): unknown =>
  response.statusCode >= 500 || response.statusCode === 429
    ? { name: '', $metadata: { httpStatusCode: response.statusCode }, $response: response }
    : undefined;

/** The SDK passes on what the program wrote to stderr, and not its exit status: so the shell writes it there, last. */
const STATUS = 'credential_process ended with ';
const commandOf = (words: readonly string[]): string =>
  `${quotedForShell(words)} || (printf '\\n${STATUS}%d' $? >&2 && false)`;

/** How often a service was asked, and where it is. */
interface Asked {
  attempts: number;
  host: string;
}

/** The profile, in the SDK's own way of reading. */
function fileFor(plan: Plan, words: readonly string[], region: string): string {
  switch (plan.kind) {
    case 'process':
      return `[profile ${PROFILE}]\ncredential_process = ${commandOf(words)}\n`;
    case 'login':
      return `[profile ${PROFILE}]\nlogin_session = ${plan.session}\nregion = ${region}\n`;
    case 'sso':
      return [
        `[profile ${PROFILE}]`,
        `sso_session = ${plan.session ?? ''}`,
        `sso_account_id = ${plan.accountId}`,
        `sso_role_name = ${plan.roleName}`,
        `[sso-session ${plan.session ?? ''}]`,
        `sso_start_url = ${plan.startUrl}`,
        `sso_region = ${plan.region}`,
        ''
      ].join('\n');
  }
}

async function provide(
  runtime: Runtime,
  options: AskOptions,
  plan: Plan,
  given: {
    readonly words: readonly string[];
    readonly endpoint: string | undefined;
    readonly asked: Asked;
  },
  signal: AbortSignal
): Promise<Keys> {
  const { words, endpoint, asked } = given;
  const sdk = await import('./sdk-credentials');
  const { region } = options;
  sdk.externalDataInterceptor.interceptFile(NOWHERE, fileFor(plan, words, region));
  sdk.externalDataInterceptor.interceptFile(`${NOWHERE}-credentials`, '');
  const requestHandler = await handlerFor(endpoint ?? `https://oidc.${region}.amazonaws.com`, options);
  const init = {
    profile: PROFILE,
    filepath: `${NOWHERE}-credentials`,
    configFilepath: NOWHERE,
    ignoreCache: true,
    parentClientConfig: { region },
    clientConfig: {
      requestHandler,
      maxAttempts: 1,
      ...(endpoint !== undefined && plan.kind === 'login' ? { endpoint } : {})
    }
  };
  // The SDK tells a renewal that failed as a sign-in that has ended, whatever the reason, and then asks for none within
  // half a minute: so it is asked again here, and what was answered in the end is what is told.
  let trouble: unknown;
  let calls = 0;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (...request) => {
    calls += 1;
    const { hostname, port } = request[0];
    asked.host = port === undefined ? hostname : `${hostname}:${port}`;
    let result: Awaited<ReturnType<typeof handle>> | undefined;
    const { outcome, attempts } = await withRetries(runtime, CAP_MS, signal, async () => {
      try {
        result = undefined;
        result = await handle(...request);
        trouble = faultIn(result.response);
      } catch (error) {
        trouble = error;
      }
      return trouble === undefined
        ? done(undefined)
        : { ok: false, failure: failureFromAws(trouble, { operation: '' }) };
    });
    asked.attempts = Math.max(asked.attempts, attempts);
    lastTrouble = outcome.ok ? undefined : { error: trouble, at: runtime.clock.ticks() };
    if (result === undefined) {
      throw trouble;
    }
    return result;
  };
  try {
    switch (plan.kind) {
      case 'process':
        return await sdk.fromProcess(init)();
      case 'login':
        return await sdk.fromLoginCredentials(init)();
      case 'sso':
        return await sdk.fromSSO(init)();
    }
  } catch (error) {
    const unasked = plan.kind === 'sso' && calls === 0 && lastTrouble !== undefined;
    throw (
      trouble ??
      (unasked && runtime.clock.ticks() - lastTrouble!.at < UNASKED_MS ? lastTrouble!.error : error)
    );
  } finally {
    requestHandler.destroy();
  }
}

const evidence = (plan: Plan, { configuration }: AskOptions) => ({
  profile: plan.profile ?? '',
  kind: plan.kind,
  path: configuration.files.configPath,
  ...(plan.kind === 'sso' ? { signIn: `aws sso login --profile ${plan.profile}` } : {}),
  ...(plan.kind === 'login' ? { signIn: `aws login --profile ${plan.profile}` } : {})
});

/** What the program printed, by the SDK's words for it. */
const PRINTED = [
  [/invalid JSON|Cannot read properties of null/, trans.__('what it printed is no JSON object')],
  [/did not return Version 1/, trans.__('`Version` is not 1')],
  [/returned invalid credentials/, trans.__('`AccessKeyId` or `SecretAccessKey` is missing')]
] as const;

/** What the program did. Of its output only the end of stderr is told, as the AWS CLI tells it; the rest holds keys. */
function failureOfProgram(
  plan: Extract<Plan, { kind: 'process' }>,
  said: string,
  facts: ReturnType<typeof evidence> & { readonly source: string }
): Failure {
  if (/returned expired credentials/.test(said)) {
    return failure('credentials_expired', facts);
  }
  const printed = PRINTED.find(([words]) => words.test(said))?.[1];
  if (printed !== undefined && !said.startsWith('Command failed:')) {
    return failure('credentials_invalid', { ...facts, problem: 'process_garbage', reason: printed });
  }
  const command = `Command failed: ${commandOf(shellWords(plan.command) ?? [])}\n`;
  const [stderr, code] = said.startsWith(command) ? said.slice(command.length).split(`\n${STATUS}`) : [''];
  const words = foreignWords(stderr);
  return failure('credentials_invalid', {
    ...facts,
    problem: 'process_failed',
    ...(code === undefined ? {} : { code: code.trim() }),
    ...(words === '' ? {} : { reason: words })
  });
}

function failureOf(
  plan: Plan,
  options: AskOptions,
  error: unknown,
  at: { readonly host: string; readonly nowMs: number }
): Failure {
  const facts = { source: plan.source, ...evidence(plan, options) };
  const said = error instanceof Error ? error.message : '';
  if (error instanceof DeadlineExceeded) {
    return failure('credentials_silent', { ...facts, waitedMs: CAP_MS });
  }
  if (plan.kind === 'process') {
    return failureOfProgram(plan, said, facts);
  }
  if (
    /expired|re-?authenticate|refresh|not found or is invalid|Failed to load (?:a )?token|Token validation/i.test(
      said
    )
  ) {
    return failure('credentials_expired', facts);
  }
  const service = plan.kind === 'login' ? 'AWS Sign-In' : 'IAM Identity Center';
  return withFacts(
    failureFromAws(error, {
      operation: plan.kind === 'login' ? 'CreateOAuth2Token' : 'GetRoleCredentials',
      ...at
    }),
    { ...facts, service }
  );
}
