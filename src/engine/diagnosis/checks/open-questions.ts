import type { Fix } from '../../../protocol/fix';
import type { Tool } from '../../../protocol/file';
import { INDEX_CAP_MS, DNS_LIMITS, MOST_BYTES, TCP_CAP_MS } from '../limits';
import { type Endpoint, endpointOf } from '../findings';
import { proxyOf } from '../pip-proxy';
import type { CheckContext } from '../diagnosis';
import type { OpenQuestions, ToolsReport } from '../../tools/inspect';
import type { OtherIndex } from '../../tools/pip/asked-indexes';
import { type Login, refusedLogins } from '../../tools/pip/login';
import type { Shadow } from '../../tools/shadow';
import { withScheme } from '../../core/proxy';
import { nextHop } from './dns';
import { trans } from '../../core/say';

/** Something that stops one pip, or uv, as the network has just shown. */
export interface Refusal {
  readonly tool: Tool;
  /** The kernel whose pip it is; undefined for the server's own. */
  readonly kernel?: string;
  readonly shadow: Shadow;
  /** The index does not accept the credentials. */
  readonly isLogin: boolean;
  /** Where it is not to take a line away. */
  readonly fix?: Fix;
}

/** An index that pip waits for in vain, and how long. */
export interface SlowIndex {
  readonly other: OtherIndex;
  /** For each package. */
  readonly seconds: number;
}

type Found = Omit<Refusal, 'tool' | 'kernel' | 'fix'>;

export interface NetworkAnswers<R = Refusal> {
  readonly refusals: readonly R[];
  readonly slow: readonly SlowIndex[];
}

/** More other indexes than this nobody has; each costs a look-up and a connection. */
const MOST_PLACES = 8;

/**
 * Asks the network what files and variables leave open: whether our index takes the credentials that pip sends, and
 * whether what pip asks besides answers. Sends nothing but those credentials to our own index, and nobody else's anywhere.
 */
export async function askNetwork(
  run: CheckContext,
  { questions = [] }: ToolsReport,
  signal: AbortSignal
): Promise<NetworkAnswers> {
  const asked = memoized((url: string, endpoint: Endpoint) => answerOf(run, url, endpoint, signal));
  const answers = await Promise.all(
    questions.map(question => Promise.all([logins(run, question, signal), others(run, question, asked)]))
  );
  const refusals = answers.flatMap(([refused, found], i) =>
    [...refused, ...found.refusals].map(refusal => ({
      ...refusal,
      kernel: questions[i].kernel,
      tool: questions[i].tool
    }))
  );
  const slow = answers.flatMap(([, found]) => found.slow);
  return {
    refusals,
    slow: [...new Map(slow.map(one => [one.other.shadow.by + one.other.url, one])).values()]
  };
}

/** Which of the credentials that are not the token in force our index refuses. */
async function logins(
  run: CheckContext,
  { logins: all }: OpenQuestions,
  signal: AbortSignal
): Promise<Found[]> {
  const { endpoint, address } = run.findings.repository;
  const open = all.filter(({ known }) => !known);
  if (open.length === 0 || !endpoint) {
    return [];
  }
  const status = memoized(async (authorization: string) => {
    const outcome = await run.deps.network.get(
      { ...getOf(run, endpoint, address ?? endpoint.host), headers: { Authorization: authorization } },
      signal
    );
    return outcome.ok ? outcome.value.status : 0;
  });
  const basic = ({ user, password }: Pick<Login, 'user' | 'password'>) =>
    `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`;
  const tried = await Promise.all(
    open
      .flatMap(login => [login, ...(login.second ? [login.second] : [])])
      .map(async login => {
        const key = basic(login);
        return [key, await status(key)] as const;
      })
  );
  const refused = new Set(tried.flatMap(([key, code]) => (code === 401 || code === 403 ? [key] : [])));
  return refusedLogins(all, login => refused.has(basic(login))).map(({ shadow }) => ({
    shadow: { ...shadow, by: trans.__('%1, whose password the index refuses', shadow.by) },
    isLogin: true
  }));
}

type Answer = 'answers' | 'silent' | 'refused' | 'wants a password';

/** What comes of the other places that one pip asks, and of the proxies it takes. */
async function others(
  run: CheckContext,
  { others: all, networks, tool }: OpenQuestions,
  ask: (url: string, endpoint: Endpoint) => Promise<Answer>
): Promise<NetworkAnswers<Found>> {
  const { env } = run.deps.runtime;
  const proxied = networks.flatMap(({ proxy }) =>
    proxy && !sameProxy(run, proxy.url.reveal()) ? [proxy] : []
  );
  const proxies = await Promise.all(
    proxied.slice(0, MOST_PLACES).map(async ({ url, shadow }) => {
      const place = withScheme({ url: url.reveal(), variable: '' }).url;
      const answer = URL.canParse(place) ? await ask('', endpointOf(place)) : 'refused';
      return answer === 'answers' ? [] : [refusalBy(shadow, trans.__(', which does not answer'))];
    })
  );
  const found = await Promise.all(
    all.slice(0, MOST_PLACES).map(async other => {
      const endpoint = endpointOf(other.url, proxyOf(other.network, env, other.url));
      return { other, answer: await ask(other.hasLogin ? '' : other.url, endpoint) };
    })
  );
  return {
    refusals: [
      ...proxies.flat(),
      ...found
        .filter(({ other, answer }) => answer === 'wants a password' && other.prompts)
        .map(({ other }) =>
          refusalBy(other.shadow, trans.__(', which wants a password that %1 does not have', tool))
        ),
      ...found
        .filter(({ other, answer }) => other.stops && (answer === 'silent' || answer === 'refused'))
        .map(({ other }) =>
          refusalBy(other.shadow, trans.__(', which does not answer: %1 stops there', tool))
        )
    ],
    slow: found
      .filter(({ other, answer }) => !other.stops && (answer === 'silent' || answer === 'refused'))
      .map(({ other, answer }) => ({
        other,
        seconds: answer === 'silent' ? other.silentSeconds : other.refusedSeconds
      }))
  };
}

const refusalBy = (shadow: Shadow, why: string): Found => ({
  shadow: { ...shadow, by: trans.__('%1%2', shadow.by, why) },
  isLogin: false
});

/** The proxy on the way that the checks of the repository endpoint have taken is known already. */
const sameProxy = ({ findings }: CheckContext, url: string): boolean =>
  findings.repository.endpoint?.proxy?.url === withScheme({ url, variable: '' }).url;

/** Whether a place answers; with a URL, whether it wants a password for it. */
async function answerOf(
  run: CheckContext,
  url: string,
  endpoint: Endpoint,
  signal: AbortSignal
): Promise<Answer> {
  const { network } = run.deps;
  const { host, port } = nextHop(endpoint);
  const found = await network.resolve(host, DNS_LIMITS, signal);
  if (!found.ok) {
    return 'refused';
  }
  const { addresses } = found.value;
  const { results, failure } = await network.connect({ host, port, addresses, capMs: TCP_CAP_MS }, signal);
  if (failure) {
    return failure.verdict === 'timeout' ? 'silent' : 'refused';
  }
  const address = results.find(({ ok }) => ok)?.address ?? host;
  const got = url === '' ? undefined : await network.get(getOf(run, endpoint, address), signal);
  return got?.ok && got.value.status === 401 ? 'wants a password' : 'answers';
}

const getOf = ({ findings }: CheckContext, endpoint: Endpoint, address: string) => ({
  url: endpoint.url,
  address,
  headers: {},
  capMs: INDEX_CAP_MS,
  mostBytes: MOST_BYTES,
  ...(endpoint.proxy ? { proxy: endpoint.proxy } : {}),
  ...(findings.indexCa ? { ca: findings.indexCa } : {})
});

/** Kernels share most of what they ask. */
function memoized<A extends unknown[], R>(ask: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  const known = new Map<string, Promise<R>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const answer = known.get(key) ?? ask(...args);
    known.set(key, answer);
    return answer;
  };
}
