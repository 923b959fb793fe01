import { done, type Outcome } from '../core/failure';
import type { Job, ToolAdapter, Wish } from './adapter';
import { fitsNetrc, knowsHost } from './netrc/netrc-edit';
import { readNetrc } from './netrc/netrc';
import { adapterOf, NETRC } from './registry';
import { decodeUtf8 } from './text/decode';
import { readIndexUrl } from './text/url-credentials';
import type { Journal } from './journal';
import type { ToolTarget, ToolsDeps } from './tools-deps';
import { trans } from '../core/say';

/** The files to write for a target, the netrc first: pip must never see the index without its token. */
export async function jobsFor(
  deps: ToolsDeps,
  target: ToolTarget,
  journal: Journal
): Promise<Outcome<{ jobs: Job[]; notes: string[] }>> {
  const { settings, indexUrl } = target;
  const tools = settings.tools.map(adapterOf);
  const token = target.token.reveal();
  const asked = settings.credentials === 'netrc' && tools.some(tool => tool.asksNetrc);
  const why = asked ? await whyNotNetrc(deps, target, journal) : done(null);
  if (!why.ok) {
    return why;
  }
  const inline = settings.credentials === 'inline' || why.value !== null;
  const wish: Wish = { settings, indexUrl, token, inline };
  const jobs: Job[] = [];
  for (const tool of asked && !inline ? [NETRC, ...tools] : tools) {
    const job = await jobFor(deps, tool, wish);
    if (!job.ok) {
      return job;
    }
    jobs.push(job.value);
  }
  return done({ jobs, notes: why.value === null ? [] : [why.value] });
}

async function jobFor(deps: ToolsDeps, tool: ToolAdapter, wish: Wish): Promise<Outcome<Job>> {
  const path = await tool.file(deps, wish.settings.scope);
  return path.ok ? done({ tool, path: path.value, scope: tool.scope(wish.settings), wish }) : path;
}

/** Why the token goes into the URL although netrc was chosen; null when netrc will do. */
async function whyNotNetrc(
  deps: ToolsDeps,
  { indexUrl, token, settings }: ToolTarget,
  journal: Journal
): Promise<Outcome<string | null>> {
  const path = await NETRC.file(deps, settings.scope);
  if (!path.ok) {
    return path;
  }
  if (!fitsNetrc(token.reveal())) {
    return done(
      trans.__(
        'The token holds characters that a netrc file cannot carry, so it is written in the index URL.'
      )
    );
  }
  // Behind a vpce- host several domains share one host name, and netrc knows hosts only.
  const host = readIndexUrl(indexUrl)!.host;
  if (!host.startsWith('vpce-') || journal.files.some(f => f.path === path.value)) {
    return done(null);
  }
  const read = await deps.disk.read(path.value);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const netrc = text?.ok ? readNetrc(text.value) : null;
  return done(
    netrc?.ok && knowsHost(netrc.value, host)
      ? trans.__(
          '%1 already holds other credentials for %2, and netrc cannot hold two for one host, so the token is written in the index URL.',
          path.value,
          host
        )
      : null
  );
}
