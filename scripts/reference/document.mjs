import { code, generated, table } from './markdown.mjs';

const ROOTS = ['Document', 'Repositories', 'Packages'];

/** JSON Schema of what the command line and the REST API answer, with the comments of the sources as descriptions. */
export function documentSchema({ z, comments, ...exported }) {
  const registry = z.registry();
  for (const [name, value] of Object.entries(exported)) {
    const id = /^(\w+)Schema$/.exec(name)?.[1];
    if (id !== undefined) {
      registry.add(value, { id });
    }
  }
  // `input`: a reader must accept properties that a later version adds.
  const options = { io: 'input', uri: id => `#/$defs/${id}`, unrepresentable: 'any' };
  const { schemas } = z.toJSONSchema(registry, options);
  const answered = reachable(schemas, ROOTS);
  for (const [id, schema] of Object.entries(answered)) {
    delete schema.$schema;
    delete schema.$id;
    delete schema.id;
    describe(schema, id, comments);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What jupyterlab-codeartifact answers',
    anyOf: ROOTS.map(id => ({ $ref: `#/$defs/${id}` })),
    $defs: answered
  };
}

/** The schemas that those named lead to; requests are none of a reader's business. */
function reachable(schemas, roots) {
  const found = new Set(roots);
  for (const id of found) {
    for (const [, other] of JSON.stringify(schemas[id]).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      found.add(other);
    }
  }
  return Object.fromEntries([...found].map(id => [id, schemas[id]]));
}

function describe(schema, path, comments) {
  const text = comments.get(path);
  if (text) {
    schema.description = text;
  }
  const inner = schema.items ?? schema;
  for (const [name, property] of Object.entries(inner.properties ?? {})) {
    describe(property, `${path}.${name}`, comments);
  }
}

/** The same as tables. */
export function documentPage(protocol) {
  const { $defs } = documentSchema(protocol);
  const named = new Map([
    [String(protocol.VERDICTS), '[verdict](command-line.md#verdicts-and-exit-codes)'],
    [
      String(protocol.CHECK_VERDICTS),
      '[verdict](command-line.md#verdicts-and-exit-codes), `skipped`, `waiting` or `running`'
    ],
    [String(protocol.CHECK_IDS), '[check](#checks)']
  ]);
  const order = [...ROOTS, ...Object.keys($defs).filter(id => !ROOTS.includes(id))];
  return `${generated('src/protocol')}
# JSON document

\`jupyter codeartifact VERB --json\`, \`GET state\` and every POST of the [REST API](rest.md) answer with a *Document*;
\`repositories\` and \`packages\` answer with lists of their own. Nothing in an answer is secret. The same as a JSON
Schema: {download}\`document.schema.json\`.

${order.map(id => section(id, $defs[id], named)).join('\n\n')}

## Checks

The ids of the checks of a diagnosis, in the order in which \`rungs\` lists them:

${protocol.CHECK_IDS.map(id => `1. \`${id}\``).join('\n')}
`;
}

function section(id, schema, named) {
  const text = schema.description ? `${schema.description}\n\n` : '';
  return `## ${id}\n\n${text}${table(['Property', 'Type', 'Description'], rows(schema, '', named))}`;
}

function rows(schema, prefix, named) {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const optional = (schema.required ?? []).includes(name) ? '' : ', optional';
    const inner = property.items ?? property;
    return [
      [code(prefix + name), type(property, named) + optional, property.description ?? ''],
      ...rows(inner, `${prefix}${name}${property.items ? '[]' : ''}.`, named)
    ];
  });
}

function type(schema, named) {
  if (schema.$ref) {
    const id = schema.$ref.split('/').at(-1);
    return `[${id}](#${id.toLowerCase()})`;
  }
  if (schema.anyOf) {
    return schema.anyOf.map(option => type(option, named)).join(' or ');
  }
  if (schema.enum) {
    return named.get(String(schema.enum)) ?? schema.enum.map(code).join(', ');
  }
  if ('const' in schema) {
    return code(JSON.stringify(schema.const));
  }
  return schema.type === 'array' ? `list of ${type(schema.items, named)}` : (schema.type ?? 'any');
}
