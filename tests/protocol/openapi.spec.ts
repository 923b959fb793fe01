import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { toJSONSchema } from 'zod/v4/core';
import { DocumentSchema } from '../../src/protocol/document';
import { PackagesSchema, RepositoriesSchema } from '../../src/protocol/listing';
import { VERBS } from '../../src/protocol/verbs';

/** api/openapi.yaml says of the answers what the schemas of src/protocol say, and names the verbs that there are. */

type Schema = Record<string, unknown>;

const api = load(readFileSync('api/openapi.yaml', 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Schema> };
};

/** What prose and limits add to a schema is left out, references are followed, and an `anyOf` of enums is one enum. */
function plain(schema: Schema): unknown {
  if (typeof schema.$ref === 'string') {
    return plain(api.components.schemas[schema.$ref.split('/').at(-1)!]);
  }
  const options = (schema.anyOf as Schema[] | undefined)?.map(plain) as Schema[] | undefined;
  if (options?.every(option => Array.isArray(option.enum))) {
    return { enum: options.flatMap(option => option.enum as unknown[]).sort() };
  }
  const { type, properties, required, items } = schema;
  if (Array.isArray(schema.enum)) {
    return { enum: [...(schema.enum as unknown[])].sort() };
  }
  if (options) {
    return { anyOf: options };
  }
  return {
    ...('const' in schema ? { const: schema.const } : { type: type === 'integer' ? 'number' : type }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties as Record<string, Schema>).map(([name, of]) => [name, plain(of)])
      ),
      required: [...((required as string[] | undefined) ?? [])].sort()
    }),
    ...(items !== undefined && { items: plain(items as Schema) })
  };
}

test.each([
  ['Document', DocumentSchema],
  ['Repositories', RepositoriesSchema],
  ['Packages', PackagesSchema]
])('%s is described as the schema has it', (name, schema) => {
  const own = toJSONSchema(schema, { reused: 'inline' }) as Schema;
  expect(plain(api.components.schemas[name])).toEqual(plain(own));
});

test('every verb of REST is described, with its method, and no other', () => {
  const described = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path.slice(1)}`)
  );
  const rows = Object.entries(VERBS).flatMap(([name, row]) => ('rest' in row ? [`${row.rest} ${name}`] : []));
  expect(described.sort()).toEqual(rows.sort());
});
