// Writes the pseudo-language as a language pack of JupyterLab: node scripts/pseudo-language.mjs
// https://jupyterlab.readthedocs.io/en/stable/extension/internationalization.html
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entries, schemaEntries } from './catalogue';
import { isForTranslators, pseudo } from './pseudo';

/** JupyterLab's own name for a language that nobody speaks; its menu calls it so. */
const LOCALE = 'ach_UG';
const DOMAIN = 'jupyterlab_codeartifact';
const PACKAGE = `jupyterlab_language_pack_${LOCALE}`;

const [folder] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

const texts = Object.fromEntries([
  ...entries()
    .filter(([one]) => isForTranslators(one))
    .map(entry => [entry[0], entry.map(text => pseudo(text ?? ''))]),
  // gettext has the context before a text, and this sign between them.
  ...schemaEntries().map(([context, text]) => [`${context}\u0004${text}`, [pseudo(text)]])
]);
// As the page calls it, with a hyphen.
const language = LOCALE.replace('_', '-');
const header = { domain: DOMAIN, language, plural_forms: 'nplurals=2; plural=(n != 1);', version };
const info = `${PACKAGE}-${version}.dist-info`;
const files: Readonly<Record<string, string>> = {
  [`${PACKAGE}/__init__.py`]: '',
  [`${PACKAGE}/locale/${LOCALE}/LC_MESSAGES/${DOMAIN}.json`]: JSON.stringify({ '': header, ...texts }),
  [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${PACKAGE.replace(/_/g, '-')}\nVersion: ${version}\n`,
  [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  [`${info}/entry_points.txt`]: `[jupyterlab.languagepack]\n${LOCALE} = ${PACKAGE}\n`
};
const record = [...Object.keys(files), `${info}/RECORD`].map(name => `${name},,\n`).join('');

rmSync(folder, { recursive: true, force: true });
for (const [name, text] of Object.entries({ ...files, [`${info}/RECORD`]: record })) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}
console.log(`pseudo-language: ${Object.keys(texts).length} texts in ${folder}`);
