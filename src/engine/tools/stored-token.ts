import { decodeUtf8 } from './text/decode';
import { readIndexUrl, sameIndex } from './text/url-credentials';
import { readNetrc } from './netrc/netrc';
import { readIni } from './text/ini';
import { Secret } from '../core/secret/secret';
import { type Journal, readJournal, type JournalEntry, sha256 } from './journal';
import type { ToolsDeps } from './tools-deps';

/**
 * The token we wrote for this index, from the files it was written to: for a restart, or another
 * process. Null when there is none, or when it is not one of ours.
 */
export async function storedToken(deps: ToolsDeps, expected: { indexUrl: string }): Promise<Secret | null> {
  const journal = await readJournal(deps);
  if (!journal.ok) {
    return null;
  }
  for (const file of journal.value.files.filter(f => sameIndex(f.indexUrl, expected.indexUrl))) {
    const read = await deps.disk.read(file.path);
    const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
    const token = text?.ok ? tokenIn(text.value, file, journal.value) : undefined;
    if (token !== undefined) {
      return new Secret(token);
    }
  }
  return null;
}

// Only the newest: the one before it may have been replaced because it was about to end.
function tokenIn(text: string, file: JournalEntry, journal: Journal): string | undefined {
  return candidates(text, file).find(password => journal.tokens[0] === sha256(password));
}

function candidates(text: string, file: JournalEntry): string[] {
  switch (file.tool) {
    case 'netrc': {
      const netrc = readNetrc(text);
      const host = readIndexUrl(file.indexUrl)?.host;
      const entries = netrc.ok ? netrc.value.entries.filter(entry => entry.host === host) : [];
      return entries.flatMap(entry => entry.password?.text ?? []);
    }
    case 'twine': {
      const ini = readIni(text);
      const options = ini.ok ? ini.value.sections.flatMap(section => section.options) : [];
      return options.filter(option => option.name === 'password').map(option => option.value);
    }
    default:
      // A token in a URL, in pip.conf or uv.toml: whichever it is, its hash tells.
      return [...text.matchAll(/[a-z]+:\/\/[^\s"']+/gi)].flatMap(url => readIndexUrl(url[0])?.password ?? []);
  }
}
