import type { Snippet } from '../../../protocol/fix';

export const json = (title: string, value: unknown): Snippet => ({
  title,
  language: 'json',
  text: `${JSON.stringify(value, null, 2)}\n`
});

/** YAML is CloudFormation's; only what templates need: mappings, lists, strings, numbers, truth values. */
export const yaml = (title: string, value: object): Snippet => ({
  title,
  language: 'yaml',
  text: `${block(value, 0).join('\n')}\n`
});

/** Words that YAML 1.1 readers take for something other than a string. */
const TAKEN = /^(y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: unknown): string {
  if (typeof value !== 'string') {
    return JSON.stringify(value);
  }
  // JSON's quoting is valid YAML; account numbers must be quoted, or they lose their leading zeros.
  return /^[A-Za-z][A-Za-z0-9_./-]*(::?[A-Za-z0-9_./*-]+)*$/.test(value) &&
    !TAKEN.test(value) &&
    !/:$/.test(value)
    ? value
    : JSON.stringify(value);
}

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null;

function block(value: object, depth: number): string[] {
  const pad = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      if (!isNode(item)) {
        return [`${pad}- ${scalar(item)}`];
      }
      const [first = '', ...rest] = block(item, depth + 1);
      return [`${pad}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
    isNode(item)
      ? [`${pad}${scalar(key)}:`, ...block(item, depth + 1)]
      : [`${pad}${scalar(key)}: ${scalar(item)}`]
  );
}
