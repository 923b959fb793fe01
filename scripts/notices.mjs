// The licence texts of every package that really went into a bundle, from esbuild's metafile.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Packages that ship no text of their own, and the one of the same repository whose text is theirs. Both must name
 * the same repository and licence, which `noticesOf` checks.
 */
const SAME_AS = {
  '@aws-sdk/credential-provider-http': '@aws-sdk/core',
  '@aws-sdk/credential-provider-login': '@aws-sdk/core',
  '@aws-sdk/nested-clients': '@aws-sdk/core'
};

const TEXTS = /^(licen[cs]e|copying|notice|copyrightnotice)([-.].*)?$/i;

/** `node_modules/@a/b/node_modules/c/x.js` to `node_modules/@a/b/node_modules/c`. */
export function packageFolder(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll('\\', '/'));
  return match?.[1];
}

/** Paths of the inputs that left at least one byte in the output. */
export function bundledInputs(metafile) {
  const used = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      if (bytesInOutput > 0) {
        used.add(input);
      }
    }
  }
  return [...used];
}

/** How much of the outputs came from packages. */
export const bytesOfPackages = metafile =>
  Object.values(metafile.outputs)
    .flatMap(output => Object.entries(output.inputs))
    .filter(([input]) => packageFolder(input))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);

/** Throws when a package has no licence text: it may then not be shipped. */
export function noticesOf(inputs, sameAs = SAME_AS) {
  const folders = [...new Set(inputs.map(packageFolder).filter(Boolean))].sort();
  const sections = folders.map(folder => {
    const { name, version, license } = read(folder);
    const texts = textsOf(folder).length > 0 ? textsOf(folder) : borrowed(folder, sameAs[name]);
    if (texts.length === 0 || !license) {
      throw new Error(
        `${name}@${version} ships no licence text: add it to scripts/notices.mjs, or do without it`
      );
    }
    return { title: `${name}@${version} (${license})`, text: texts.join('\n\n') };
  });
  const rule = `\n\n${'-'.repeat(78)}\n\n`;
  const list = sections.map(s => s.title).join('\n');
  return `${[`The engine contains these packages:\n\n${list}`, ...together(sections)].join(rule)}\n`;
}

/** Apache's licence is the same text in most packages: printed once, below all who carry it. */
function together(sections) {
  const byText = new Map();
  for (const { title, text } of sections) {
    const plain = text.replace(/\s+/g, ' ');
    byText.set(plain, { text, titles: [...(byText.get(plain)?.titles ?? []), title] });
  }
  return [...byText.values()].map(({ text, titles }) => `${titles.join('\n')}\n\n${text}`);
}

const read = folder => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

const textsOf = folder =>
  readdirSync(folder)
    .filter(file => TEXTS.test(file))
    .sort()
    .map(file => readFileSync(join(folder, file), 'utf8').trim())
    .filter(Boolean);

function borrowed(folder, other) {
  const from = other && join('node_modules', other);
  if (!from) {
    return [];
  }
  const [mine, theirs] = [read(folder), read(from)];
  return mine.license === theirs.license && mine.repository?.url === theirs.repository?.url
    ? textsOf(from)
    : [];
}
