import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

const FOLDER = 'src/protocol';

/**
 * The exports of all files of src/protocol, zod itself, and what the comments say of each property of a schema
 * (`Rung.ms`, `Connection.trouble.since`): zod keeps types, not comments.
 */
export async function loadProtocol() {
  const files = readdirSync(FOLDER).filter(name => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
  const lines = files.map(name => `export * from './${name.slice(0, -3)}';`);
  const { outputFiles } = await build({
    stdin: { contents: [...lines, "export * as z from 'zod/mini';"].join('\n'), resolveDir: FOLDER },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  const exported = await import(`data:text/javascript;base64,${source}`);
  return { ...exported, comments: new Map(files.flatMap(name => commentsOf(join(FOLDER, name)))) };
}

/** `[path, text]` for each commented property of each exported `…Schema`, and for the schema itself. */
function commentsOf(file) {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node, path) => {
    let here = path;
    if (ts.isVariableStatement(node)) {
      const name = /^(\w+)Schema$/.exec(node.declarationList.declarations[0].name.getText())?.[1];
      if (name === undefined) {
        return;
      }
      here = name;
    } else if (ts.isPropertyAssignment(node)) {
      here = `${path}.${node.name.getText()}`;
    }
    const text = here === path ? undefined : docText(node);
    if (text) {
      found.push([here, text]);
    }
    ts.forEachChild(node, child => visit(child, here));
  };
  visit(tree, '');
  return found;
}

function docText(node) {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comments.at(-1)?.comment)?.replace(/\s+/g, ' ');
}
