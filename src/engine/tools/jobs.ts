import type { Tool } from '../../protocol/file';
import { fitsNetrc, knowsHost, putMachine, takeMachine } from './netrc/netrc-edit';
import { readNetrc } from './netrc/netrc';
import { decodeUtf8 } from './text/decode';
import { readIndexUrl, withCredentials } from './text/url-credentials';
import { putIndex, takeIndex } from './pip/index-edit';
import { putServer, takeServer } from './twine/pypirc';
import { done, type Outcome } from '../core/failure';
import type { Job, Take } from './editor';
import type { Journal, JournalEntry } from './journal';
import { netrcFile, pipFile, pypircFile, uvFile } from './paths';
import { putUvIndex, takeUvIndex } from './uv/index-edit';
import type { ToolTarget, ToolsDeps } from './tools-deps';

/** The files to write for a target, the netrc first: pip must never see the index without its token. */
export async function jobsFor(
  deps: ToolsDeps,
  target: ToolTarget,
  journal: Journal
): Promise<Outcome<{ jobs: Job[]; notes: string[] }>> {
  const { settings, indexUrl } = target;
  const token = target.token.reveal();
  const host = readIndexUrl(indexUrl)!.host;
  const notes: string[] = [];
  const jobs: Job[] = [];
  let inline = settings.credentials === 'inline';

  if (!inline && settings.tools.some(tool => tool !== 'twine')) {
    const path = await netrcFile(deps);
    if (!path.ok) {
      return path;
    }
    const why = await whyNotNetrc(deps, journal, path.value, host, token);
    if (why) {
      inline = true;
      notes.push(why);
    } else {
      const put = (text: string) => putMachine(text, host, token);
      jobs.push({ tool: 'netrc', reader: 'pip', path: path.value, scope: 'user', secret: true, put });
    }
  }
  const url = inline ? withCredentials(indexUrl, token) : indexUrl;
  for (const tool of settings.tools) {
    const job = await jobFor(deps, tool, target, url, inline);
    if (!job.ok) {
      return job;
    }
    jobs.push(job.value);
  }
  return done({ jobs, notes });
}

async function jobFor(
  deps: ToolsDeps,
  tool: Tool,
  { settings, indexUrl, token }: ToolTarget,
  url: string,
  inline: boolean
): Promise<Outcome<Job>> {
  switch (tool) {
    case 'pip': {
      const path = await pipFile(deps, settings.scope);
      const put = (text: string) => putIndex(text, { url, key: settings.indexMode });
      return path.ok
        ? done({ tool, reader: 'pip', path: path.value, scope: settings.scope, secret: inline, put })
        : path;
    }
    case 'uv': {
      const path = uvFile(deps);
      const put = (text: string) => putUvIndex(text, { url, isDefault: settings.indexMode === 'index-url' });
      return path.ok
        ? done({ tool, reader: 'uv', path: path.value, scope: 'user', secret: inline, put })
        : path;
    }
    case 'twine': {
      const path = pypircFile(deps);
      // twine uploads to the repository itself, and knows no netrc.
      const put = (text: string) => putServer(text, indexUrl.replace(/simple\/$/, ''), token.reveal());
      return path.ok
        ? done({ tool, reader: 'twine', path: path.value, scope: 'user', secret: true, put })
        : path;
    }
  }
}

/** Why the token goes into the URL although netrc was chosen; null when netrc will do. */
async function whyNotNetrc(
  deps: ToolsDeps,
  journal: Journal,
  path: string,
  host: string,
  token: string
): Promise<string | null> {
  if (!fitsNetrc(token)) {
    return 'The token holds characters that a netrc file cannot carry, so it is written in the index URL.';
  }
  // Behind a vpce- host several domains share one host name, and netrc knows hosts only.
  if (!host.startsWith('vpce-') || journal.files.some(f => f.path === path)) {
    return null;
  }
  const read = await deps.disk.read(path);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const netrc = text?.ok ? readNetrc(text.value) : null;
  return netrc?.ok && knowsHost(netrc.value, host)
    ? `${path} already holds other credentials for ${host}, and netrc cannot hold two for one host, so the token is written in the index URL.`
    : null;
}

/** How each tool's file gives our lines back. */
export const takeFor = (entry: JournalEntry): Take => {
  switch (entry.tool) {
    case 'netrc':
      return (text, mark, was) => takeMachine(text, readIndexUrl(mark.indexUrl)!.host, mark, was);
    case 'pip':
      return takeIndex;
    case 'uv':
      return takeUvIndex;
    case 'twine':
      return takeServer;
  }
};
