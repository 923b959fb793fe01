import { DocumentSchema, type Document } from '../../src/protocol/document';
import { rootCause } from '../../src/engine/diagnosis/root-cause';

// What a template leaves where a value was missing, and what an object looks like that nobody put into words.
// Two blanks, or a blank before a full stop, are where a name or a host was empty.
const EMPTY = /[a-z] {2}[a-z]|[a-z] [.,;](?:\s|$)/;

const UNSAID = /\bundefined\b|\bNaN\b|\[object\b|\bnull\b(?= (?:says|of|does|which))|\$\{|Invalid Date/;

/** Every text of an answer, with where it stands. */
function* texts(value: unknown, at = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') {
    yield [at, value];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* texts(inner, `${at}.${key}`);
    }
  }
}

/** What no answer of any verb may say, whatever it is about: one that contradicts itself, or a sentence with a hole. */
export function contradictions(document: Document): string[] {
  const { verdict, summary, rungs, files = [], kernels = [] } = document;
  // What a cell or a script is given to run is a program, and may speak of anything.
  const holes = [...texts(document)]
    .filter(([at, text]) => !/\.snippets\.\d+\.text$/.test(at) && UNSAID.test(text))
    .map(([at, text]) => `${at} has a hole: ${text}`);
  const empty = [summary, ...rungs.flatMap(rung => [rung.summary ?? '', rung.fix?.text ?? ''])].filter(text =>
    EMPTY.test(text)
  );
  const tools = rungs.find(({ id }) => id === 'tools');
  const promises = verdict === 'ok' && /can install|pip uses /.test(summary);
  const denied = [
    ...(/does not use this connection|cannot install/.test(summary) ? ['the headline'] : []),
    ...(tools && tools.verdict !== 'ok' && tools.verdict !== 'skipped' ? ['the tools'] : []),
    ...files.filter(({ tool, effective }) => tool === 'pip' && !effective).map(({ path }) => path)
  ];
  const silent = kernels.filter(
    ({ effective, shadowedBy, fix }) => !effective && (shadowedBy.length === 0 || !fix)
  );
  return [
    ...holes,
    ...empty.map(text => `an empty value: ${text}`),
    ...(promises && denied.length > 0 ? [`"${summary}" is denied by ${denied.join(', ')}`] : []),
    ...silent.map(({ name }) => `the kernel ${name} does not say why`),
    ...rungs.filter(({ fix }) => fix && fix.text === '').map(({ id }) => `the fix of ${id} is empty`)
  ];
}

/** Whether a fix tells to run again just what has failed. */
export function repeats(document: Document, verb: string): string[] {
  return document.rungs.flatMap(({ id, verdict, fix }) =>
    verdict !== 'ok' &&
    fix?.snippets.length === 1 &&
    fix.snippets[0].text.trim() === `jupyter codeartifact ${verb}`
      ? [`the fix of ${id} repeats ${verb}`]
      : []
  );
}

/** A state that contradicts itself is a bug whatever led there. */
export function sane(document: Document, verb = ''): Document {
  expect(DocumentSchema.parse(document)).toEqual(document);
  expect(document.summary).not.toBe('');
  expect(contradictions(document)).toEqual([]);
  expect(verb === 'connect' ? repeats(document, verb) : []).toEqual([]);
  const { connection, verdict, rungs } = document;
  const live = rungs.some(rung => rung.verdict === 'running' || rung.verdict === 'waiting');
  if (live) {
    expect(verdict).toBe('ok');
    return document;
  }
  const root = rootCause(rungs);
  if (root && verdict !== 'cancelled') {
    expect([verdict, document]).toEqual([root.verdict, document]);
  }
  if (verdict === 'ok') {
    expect(root).toBeNull();
    expect(connection?.state ?? 'connected').not.toMatch(/failed|expired/);
  }
  if (connection?.state === 'failed') {
    expect(connection.trouble?.verdict).toBe(verdict);
  }
  return document;
}
