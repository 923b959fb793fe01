import { type Line, splitLines } from '../text/lines';
import { parsed, type Parsed, stopped } from '../text/parse-result';
import { trans } from '../../core/say';

/** One setting of an .npmrc, as npm's reader takes it, and where it stands. Variables in it are not filled in. */
export interface NpmSetting {
  /** Without `[]`. */
  readonly key: string;
  /** Whether the line adds to a list (`key[] = value`). */
  readonly adds: boolean;
  /** Text, but for `true`, `false`, `null`, a key alone (true), and what JSON in quotes may be. */
  readonly value: unknown;
  readonly line: Line;
}

export interface Npmrc {
  readonly lines: readonly Line[];
  /** Those above every section: what stands in one npm does not look at. */
  readonly settings: readonly NpmSetting[];
  /** The first section's line; undefined when there is none. */
  readonly firstSection?: Line;
}

// A file of people has some ten lines. A longer one than this is refused before any work is done with it.
const MOST_LINES = 20_000;

// https://github.com/npm/ini/blob/main/lib/ini.js (`decode`)
const SHAPE = /^\[([^\]]*)\]\s*$|^([^=]+)(=(.*))?$/;

/**
 * Reads a file as npm does, which stops at hardly anything: what is no setting it passes over. A section named
 * `registry.x` takes the place of the setting `registry`, and a key that is JSON's null in quotes breaks it.
 */
export function readNpmrc(text: string): Parsed<Npmrc> {
  const lines = splitLines(text);
  if (lines.length > MOST_LINES) {
    return stopped(
      MOST_LINES + 1,
      trans.__('the file has %1 lines, and no more than %2 are read', lines.length, MOST_LINES),
      trans.__('Remove the lines that are not needed.')
    );
  }
  const settings: NpmSetting[] = [];
  let firstSection: Line | undefined;
  for (const line of lines) {
    const match = /^\s*(?:[;#]|$)/.test(line.text) ? null : SHAPE.exec(line.text);
    if (!match) {
      continue;
    }
    const [, section, left, behind, right] = match;
    const name = unquoted(section ?? left);
    if (name === null && section === undefined) {
      return stopped(
        line.number,
        trans.__('its name is "null" in quotes'),
        trans.__('Correct the name, or remove the line.')
      );
    }
    if (section !== undefined) {
      firstSection ??= line;
      if (/^registry\./.test(String(name))) {
        return stopped(
          line.number,
          trans.__('a section of this name takes the place of the setting "registry"'),
          trans.__('Remove the section, or give it another name.')
        );
      }
    } else if (!firstSection && String(name) !== '__proto__') {
      const key = String(name);
      const adds = typeof name === 'string' && key.length > 2 && key.endsWith('[]');
      const value = behind === undefined ? true : unquoted(right);
      settings.push({
        key: adds ? key.slice(0, -2) : key,
        adds,
        value: typeof value === 'string' && /^(true|false|null)$/.test(value) ? JSON.parse(value) : value,
        line
      });
    }
  }
  return parsed({ lines, settings, ...(firstSection && { firstSection }) });
}

/** A name or value without its quotes, or without a comment and the backslashes before `;`, `#` and `\` (ini.js, `unsafe`). */
function unquoted(raw: string | undefined): unknown {
  const text = (raw ?? '').trim();
  const isSingle = text.startsWith("'") && text.endsWith("'");
  if (isSingle || (text.startsWith('"') && text.endsWith('"'))) {
    const inside = isSingle ? text.slice(1, -1) : text;
    try {
      return JSON.parse(inside);
    } catch {
      return inside;
    }
  }
  let out = '';
  for (const [piece] of text.matchAll(/[^;#\\]+|\\[^]?|[;#]/g)) {
    if (piece === ';' || piece === '#') {
      break;
    }
    out += /^\\[\\;#]$/.test(piece) ? piece[1] : piece;
  }
  return out.trim();
}

/** What the file says for a name: the last line's, or a list. */
export function valueOf(settings: readonly NpmSetting[], key: string): unknown {
  let value: unknown;
  for (const setting of settings) {
    if (setting.key === key) {
      const list = setting.adds && value === undefined ? [] : setting.adds ? [value].flat() : value;
      value = Array.isArray(list) ? [...(list as unknown[]), setting.value] : setting.value;
    }
  }
  return value;
}
