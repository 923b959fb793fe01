// Writes docs/reference from the sources: settings, command line, REST API and JSON document.
//   node scripts/write-reference.mjs [--check]   (--check fails when a page differs from what the sources say)
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandLinePage } from './reference/command-line.mjs';
import { documentPage, documentSchema } from './reference/document.mjs';
import { loadProtocol } from './reference/protocol.mjs';
import { restPage } from './reference/rest.mjs';
import { settingsPage } from './reference/settings.mjs';

const OUT = 'docs/reference';
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const protocol = await loadProtocol();
const pages = {
  'settings.md': settingsPage(protocol),
  'command-line.md': commandLinePage(protocol),
  'rest.md': restPage(),
  'document.md': documentPage(protocol),
  'document.schema.json': `${JSON.stringify(documentSchema(protocol), null, 2)}\n`
};

const stale = Object.entries(pages).filter(([name, text]) => {
  const file = join(OUT, name);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
if (values.check) {
  if (stale.length > 0) {
    const names = stale.map(([name]) => join(OUT, name)).join(', ');
    console.error(`reference: ${names} differ from the sources: run npm run docs:reference`);
    process.exit(1);
  }
} else {
  mkdirSync(OUT, { recursive: true });
  stale.forEach(([name, text]) => writeFileSync(join(OUT, name), text));
}
console.log(`reference: ${Object.keys(pages).length} files, ${values.check ? 0 : stale.length} written`);
