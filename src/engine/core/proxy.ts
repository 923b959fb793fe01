/**
 * Whose reading of the proxy variables is asked for; they differ.
 * `aws`: botocore's `get_environ_proxies`, which asks urllib.
 * `pip`: requests' `should_bypass_proxies` and `select_proxy` (CIDR ranges, `all_proxy`), after
 * pip's own `PIP_PROXY`, which wins over the environment and knows no exceptions.
 */
export type ProxyReader = 'aws' | 'pip';

export interface ProxyChoice {
  /** With its scheme; may hold credentials: show it only through `shownProxy`. */
  readonly url: string;
  /** The variable that names it, such as `HTTPS_PROXY`. */
  readonly variable: string;
}

type Env = Readonly<Record<string, string | undefined>>;

interface Target {
  readonly scheme: string;
  /** With the port when the URL names one, as Python's `urlparse` gives it. */
  readonly netloc: string;
  readonly hostname: string;
}

/** `URL` drops a default port that Python's urlparse keeps, so the URL is cut by hand. */
function targetOf(url: string): Target | null {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url);
  const netloc = parts?.[2] ?? '';
  const hostname = /^\[([^\]]+)\]|^([^:]+)/.exec(netloc);
  const name = hostname?.[1] ?? hostname?.[2];
  return name ? { scheme: (parts?.[1] ?? '').toLowerCase(), netloc, hostname: name.toLowerCase() } : null;
}

/** urllib's `getproxies_environment`: any case, but an all-lower-case name wins, even when empty. */
function environmentProxies(env: Env): Map<string, ProxyChoice> {
  const found = new Map<string, ProxyChoice>();
  const entries = Object.entries(env).filter(([, value]) => value !== undefined) as [string, string][];
  for (const [variable, value] of entries) {
    if (value && variable.toLowerCase().endsWith('_proxy')) {
      found.set(variable.toLowerCase().slice(0, -6), { url: value, variable });
    }
  }
  // CVE-2016-1000110: in a CGI script HTTP_PROXY may come from a request's header.
  if (env.REQUEST_METHOD !== undefined) {
    found.delete('http');
  }
  for (const [variable, value] of entries) {
    if (variable.endsWith('_proxy')) {
      const key = variable.toLowerCase().slice(0, -6);
      if (value) {
        found.set(key, { url: value, variable });
      } else {
        found.delete(key);
      }
    }
  }
  return found;
}

/** urllib's `proxy_bypass_environment`. `host` may carry a port. */
function urllibBypasses(host: string, noProxy: string | undefined): boolean {
  if (!noProxy) {
    return false;
  }
  if (noProxy === '*') {
    return true;
  }
  const whole = host.toLowerCase();
  const port = /^(.*):([0-9]*)$/s.exec(whole);
  const bare = port?.[2] ? (port[1] ?? whole) : whole;
  return noProxy.split(',').some(entry => {
    const name = entry.trim().replace(/^\.+/, '').toLowerCase();
    const matches = (candidate: string) => candidate === name || candidate.endsWith(`.${name}`);
    return entry.trim() !== '' && (matches(bare) || matches(whole));
  });
}

/** As `isIPv4` of node:net, which what runs anywhere does without. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

const ipv4Bits = (address: string): number =>
  address.split('.').reduce((bits, byte) => ((bits << 8) | Number(byte)) >>> 0, 0);

/** requests' `address_in_network` for entries that `is_valid_cidr` takes (mask 1 to 32). */
function inNetwork(address: string, entry: string): boolean | null {
  const [net = '', mask = '', more] = entry.split('/');
  if (more !== undefined || !/^\d+$/.test(mask) || Number(mask) < 1 || Number(mask) > 32 || !IPV4.test(net)) {
    return null;
  }
  const shift = 32 - Number(mask);
  return ipv4Bits(address) >>> shift === ipv4Bits(net) >>> shift;
}

/** requests' own part of `should_bypass_proxies`, before it asks urllib. */
function requestsBypasses(target: Target, noProxy: string | undefined): boolean {
  const entries = (noProxy ?? '').replaceAll(' ', '').split(',').filter(Boolean);
  if (IPV4.test(target.hostname)) {
    return entries.some(entry => inNetwork(target.hostname, entry) ?? entry === target.hostname);
  }
  const port = /:(\d+)$/.exec(target.netloc)?.[1];
  const names = port ? [target.hostname, `${target.hostname}:${port}`] : [target.hostname];
  return entries.some(entry => {
    const name = entry.replace(/^\.+/, '');
    return names.some(one => one === name || one.endsWith(`.${name}`));
  });
}

/** requests takes a proxy without a scheme for http. */
export const withScheme = (choice: ProxyChoice): ProxyChoice => ({
  ...choice,
  url: /^https?:/i.test(choice.url)
    ? choice.url
    : /^[a-z][a-z0-9+.-]*:\/\//i.test(choice.url)
      ? choice.url
      : `http://${choice.url.replace(/^\/\//, '')}`
});

/**
 * The proxy that the AWS CLI (`aws`) or pip (`pip`) would use for a URL, or null when it goes
 * direct. Sources: botocore/utils.py and httpsession.py, requests/utils.py, urllib/request.py.
 */
export function proxyFor(url: string, env: Env, reader: ProxyReader): ProxyChoice | null {
  const target = targetOf(url);
  if (!target) {
    return null;
  }
  if (reader === 'pip' && env.PIP_PROXY) {
    return withScheme({ url: env.PIP_PROXY, variable: 'PIP_PROXY' });
  }
  const proxies = environmentProxies(env);
  const noProxy = proxies.get('no')?.url;
  if (reader === 'aws') {
    const choice = urllibBypasses(target.netloc, noProxy) ? undefined : proxies.get(target.scheme);
    return choice ? withScheme(choice) : null;
  }
  // requests takes NO_PROXY when no_proxy is empty; urllib, which it asks next, does not.
  if (requestsBypasses(target, env.no_proxy || env.NO_PROXY) || urllibBypasses(target.hostname, noProxy)) {
    return null;
  }
  const choice =
    proxies.get(`${target.scheme}://${target.hostname}`) ??
    proxies.get(target.scheme) ??
    proxies.get(`all://${target.hostname}`) ??
    proxies.get('all');
  return choice ? withScheme(choice) : null;
}

/** A proxy as it may be shown: host and port, without the credentials it may hold. */
export function shownProxy(proxy: ProxyChoice | string): string {
  const url = typeof proxy === 'string' ? proxy : proxy.url;
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return 'a proxy whose URL cannot be read';
  }
}

/** Host and port of a proxy's URL; null when it cannot be read. */
export function proxyAddress(proxy: ProxyChoice): { host: string; port: number; secure: boolean } | null {
  try {
    const { hostname, port, protocol } = new URL(proxy.url);
    const secure = protocol === 'https:';
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80), secure };
  } catch {
    return null;
  }
}
