/** A project's name: https://packaging.python.org/en/latest/specifications/name-normalization/#name-format */
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';

/** A version in characters that PEP 440 knows; whether there is such a one, the index says. */
const VERSION = '[A-Za-z0-9](?:[A-Za-z0-9.!+_-]*[A-Za-z0-9])?';

const REQUIREMENT = new RegExp(`^(${NAME})(?:\\s*==\\s*(${VERSION}))?$`);

/** Longer names exist nowhere; PyPI takes no file name longer than 255. */
const LONGEST = 200;

/** A name, or a name and one version, as pip takes it; null for anything else (flags, URLs, paths, ranges). */
export function requirementOf(text: string): string | null {
  const match = text.length <= LONGEST ? REQUIREMENT.exec(text.trim()) : null;
  return match ? (match[2] ? `${match[1]}==${match[2]}` : match[1]) : null;
}
