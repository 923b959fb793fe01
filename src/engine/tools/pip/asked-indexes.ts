import { readIndexUrl, sameIndex } from '../text/url-credentials';
import { stripControls, words } from '../../core/python-whitespace';
import { PYPI, type PipEffective } from './effective';
import type { PipNetwork } from './network';
import type { Command } from './option-table';
import { type CommandSettings, isOn, type Setting, shadowOf } from './settings-read';
import type { Shadow } from '../shadow';
import { trans } from '../../core/say';

/** An index, or a page of links, that pip asks beside ours for every package. */
export interface OtherIndex {
  /** Without the credentials that the setting may hold. */
  readonly url: string;
  /** Whether pip has any for it, there or in the netrc. */
  readonly hasLogin: boolean;
  /** How pip gets there. */
  readonly network: PipNetwork;
  /** What names it; without `path` or `variable` it is pip's own default. */
  readonly shadow: Shadow;
  /** Whether pip stops and asks for a password where this index wants one. */
  readonly prompts: boolean;
  /** Whether the tool stops where this index does not answer, and does not go on without it. */
  readonly stops?: boolean;
  /** Seconds that pip waits for one package where nothing answers, and where the connection is refused. */
  readonly silentSeconds: number;
  readonly refusedSeconds: number;
}

// cmdoptions.py: --timeout and --retries.
const TIMEOUT_SECONDS = 15;
const RETRIES = 5;
// network/session.py: Retry(backoff_factor=0.25); urllib3 waits before the second retry and doubles each time, at most 120 s.
const BACKOFF_SECONDS = 0.25;
const LONGEST_BACKOFF_SECONDS = 120;

/** Every place that pip asks for a package beside the expected index, each once. */
export function otherIndexes(
  { commands }: PipEffective,
  networks: ReadonlyMap<Command, PipNetwork>,
  indexUrl: string
): OtherIndex[] {
  const found = [...commands].flatMap(([command, settings]) =>
    askedBy(settings, networks.get(command)!, indexUrl)
  );
  const key = ({ url, shadow, network, prompts }: OtherIndex) =>
    JSON.stringify([url, shadow.by, network.proxy?.shadow.by, prompts]);
  return [...new Map(found.map(other => [key(other), other])).values()];
}

function askedBy({ of }: CommandSettings, network: PipNetwork, indexUrl: string): OtherIndex[] {
  const trusted = words(of.get('trusted_hosts')?.value ?? '').map(word => word.text.toLowerCase());
  const costs = waits(of);
  const other = (url: string, shadow: Shadow, isIndex = true): OtherIndex[] =>
    sameIndex(url, indexUrl) || !URL.canParse(url) || !isAsked(url, trusted)
      ? []
      : [
          {
            ...bareOf(url),
            network,
            shadow,
            // To an index with a user in its URL pip sends that once more, and passes over it.
            prompts: !isOn(of.get('no_input')) && !(isIndex && readIndexUrl(url)?.user),
            ...costs
          }
        ];
  const each = (setting: Setting | undefined, isIndex = true): OtherIndex[] =>
    setting === undefined
      ? []
      : words(setting.value).flatMap(word =>
          other(isIndex ? word.text : stripControls(word.text), shadowOf(setting), isIndex)
        );
  if (isOn(of.get('no_index'))) {
    return each(of.get('find_links'), false);
  }
  const index = of.get('index_url');
  return [
    ...(index
      ? other(index.value.trim(), shadowOf(index))
      : other(PYPI, { by: trans.__("pip's own default") })),
    ...each(of.get('extra_index_urls')),
    ...each(of.get('find_links'), false)
  ];
}

const bareOf = (url: string): Pick<OtherIndex, 'url' | 'hasLogin'> => {
  const { bare, user } = readIndexUrl(url)!;
  return { url: bare, hasLogin: user !== null };
};

/** How long pip tries one place in vain, in seconds. */
function waits(of: CommandSettings['of']): Pick<OtherIndex, 'silentSeconds' | 'refusedSeconds'> {
  const timeout = Number(of.get('timeout')?.value ?? TIMEOUT_SECONDS);
  const retries = Math.max(0, Number(of.get('retries')?.value ?? RETRIES));
  const pauses = Array.from({ length: Math.max(0, retries - 1) }, (_, i) =>
    Math.min(LONGEST_BACKOFF_SECONDS, BACKOFF_SECONDS * 2 ** (i + 1))
  ).reduce((sum, pause) => sum + pause, 0);
  return { silentSeconds: Math.round(timeout * (retries + 1) + pauses), refusedSeconds: Math.round(pauses) };
}

/**
 * Whether pip asks there at all: https, or a host that it trusts without; a folder costs nothing.
 * https://github.com/pypa/pip/blob/main/src/pip/_internal/network/session.py (`SECURE_ORIGINS`, `is_secure_origin`)
 */
function isAsked(url: string, trusted: readonly string[]): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1].toLowerCase();
  if (scheme === 'https') {
    return true;
  }
  const { host = '', bare = '' } = readIndexUrl(url) ?? {};
  const port = /:(\d+)$/.exec(/^[^/]*\/\/([^/?#]*)/.exec(bare)?.[1] ?? '')?.[1];
  const name = host.toLowerCase();
  return (
    scheme === 'http' &&
    (name === 'localhost' ||
      name === '::1' ||
      /^127(\.\d+){3}$/.test(name) ||
      trusted.includes(name) ||
      (port !== undefined && trusted.includes(`${name}:${port}`)))
  );
}
