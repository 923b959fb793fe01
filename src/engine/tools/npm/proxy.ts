import type { ToolsDeps } from '../tools-deps';
import { type NpmLayer, type NpmValue, strongest } from './configuration';

/** The proxy that npm takes, and what names it; `broken` where npm stops at it. */
export interface NpmProxy {
  readonly url: string;
  readonly from: NpmValue;
  readonly broken: boolean;
}

type Env = ToolsDeps['runtime']['env'];

/** `getProxyAgent` of @npmcli/agent. */
const PROTOCOLS = /^(?:https?|socks(?:4a?|5h?)?):$/;

/**
 * The proxy on npm's way to a URL; null where it takes none. npm's own settings come before everybody's variables, and
 * whether they name a proxy at all is only looked at when it is used.
 * https://github.com/npm/agent/blob/main/lib/proxy.js
 */
export function npmProxy(layers: readonly NpmLayer[], env: Env, url: string): NpmProxy | null {
  const own = ['https-proxy', 'proxy']
    .map(key => strongest(layers, key))
    .find(value => value && isSet(value));
  const names = url.startsWith('https:') ? ['https_proxy'] : ['https_proxy', 'http_proxy', 'proxy'];
  const from = own ?? names.map(name => variable(env, name)).find(Boolean);
  const exceptions = exceptionsOf(strongest(layers, 'noproxy')) ?? variable(env, 'no_proxy')?.value;
  if (!from || isException(new URL(url).hostname, exceptions)) {
    return null;
  }
  const proxy = String(from.value);
  const broken = !URL.canParse(proxy) || !PROTOCOLS.test(new URL(proxy).protocol);
  return { url: proxy, from, broken };
}

/** npm takes these words for themselves before it fills variables in (parse-field.js). */
const isSet = ({ raw, value }: NpmValue): boolean =>
  Boolean(value) && !(typeof raw === 'string' && /^(?:false|null|undefined)$/.test(raw.trim()));

/** A variable in any case: of several, the last that the environment holds. */
function variable(env: Env, name: string): NpmValue | undefined {
  const [found] = Object.entries(env)
    .filter(([key]) => key.toLowerCase() === name)
    .slice(-1);
  return found?.[1] ? { key: name, value: found[1], raw: found[1], variable: found[0] } : undefined;
}

/** `noproxy` as a list; undefined where the variable decides, and a switch without a value excepts nothing. */
const exceptionsOf = (setting: NpmValue | undefined): unknown =>
  setting === undefined || setting.value === ''
    ? undefined
    : typeof setting.value === 'string'
      ? setting.value.split('\n\n').join(',')
      : Array.isArray(setting.value)
        ? setting.value.map(one => String(one).trim()).join(',')
        : setting.value;

/** Names and the ends of names, part by part; no port, and no `*` for all. */
function isException(host: string, exceptions: unknown): boolean {
  if (typeof exceptions !== 'string') {
    return false;
  }
  const parts = host.split('.').reverse();
  return exceptions
    .split(',')
    .map(one => one.trim().split('.').filter(Boolean).reverse())
    .some(one => one.length > 0 && one.every((part, i) => parts[i] === part));
}
