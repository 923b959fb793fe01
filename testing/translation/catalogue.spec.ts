import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { entries, schemaEntries } from './catalogue';

/** Python with JupyterLab's server, and Babel, by which language packs' texts are collected from Python. */
const PYTHON = resolve('.venv/bin/python');

const asked = (program: string): unknown[] =>
  JSON.parse(execFileSync(PYTHON, ['-c', program], { encoding: 'utf8' })) as unknown[];

const inOrder = (rows: readonly unknown[]): string[] =>
  [...new Set(rows.map(row => JSON.stringify(row)))].sort();

it('has of the server’s sources what Babel finds there', () => {
  const found = asked(`
import json
from babel.messages.extract import extract_from_dir
rows = extract_from_dir("jupyterlab_codeartifact", [("*.py", "python")], keywords={"__": None, "_n": (1, 2)})
print(json.dumps([[row[2]] if isinstance(row[2], str) else list(row[2]) for row in rows]))`);
  expect(found.length).toBeGreaterThan(80);
  expect(inOrder(entries(['jupyterlab_codeartifact']))).toEqual(inOrder(found));
});

it('has of the schemas what JupyterLab’s server translates', () => {
  const found = asked(`
import json, pathlib
from jupyterlab_server.translation_utils import translator
found = []
class Translations:
    def pgettext(self, context, text):
        found.append([context, text])
        return text
for path in pathlib.Path("schema").glob("*.json"):
    schema = json.loads(path.read_text())
    assert schema["jupyter.lab.internationalization"]["domain"] == "jupyterlab_codeartifact", path
    translator._translate_schema_strings(Translations(), schema)
print(json.dumps([row for row in found if row[1]]))`);
  expect(found.length).toBeGreaterThan(40);
  expect(inOrder(schemaEntries())).toEqual(inOrder(found));
});
