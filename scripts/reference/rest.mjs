import { readFileSync } from 'node:fs';
import yaml from 'js-yaml';
import { code, generated, table } from './markdown.mjs';

const FILE = 'api/openapi.yaml';

/** The routes of api/openapi.yaml; what they answer is described on the page of the JSON document. */
export function restPage() {
  const api = yaml.load(readFileSync(FILE, 'utf8'));
  const resolve = node =>
    node.$ref
      ? node.$ref
          .slice(2)
          .split('/')
          .reduce((at, key) => at[key], api)
      : node;
  const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => routeSection(method, path, route, resolve))
  );
  const own = ['Problem', 'Refusal'].map(name => schemaSection(name, api.components.schemas[name]));
  return `${generated(FILE)}
# REST API

${api.info.description.trim()}

All routes are under \`${api.servers[0].url}\` and described in {download}\`../../${FILE}\` (OpenAPI ${api.openapi}). A request is
authenticated as every request to the Jupyter server is, and authorized for the resource \`codeartifact\`.

${table(
  ['Authentication', 'Where', ''],
  Object.entries(api.components.securitySchemes).map(([name, scheme]) => [
    name,
    `${scheme.in}: ${code(scheme.name)}`,
    scheme.description
  ])
)}

${[...routes, ...own].join('\n\n')}
`;
}

function routeSection(method, path, route, resolve) {
  const parameters = (route.parameters ?? []).map(({ name, description }) => [code(name), description]);
  const body = route.requestBody && resolve(route.requestBody);
  const properties = body?.content['application/json'].schema.properties ?? {};
  const sent = Object.entries(properties).map(([name, schema]) => [code(name), schema.description]);
  const answers = Object.entries(route.responses).map(([status, response]) => {
    const { description, content } = resolve(response);
    return [status, content ? link(content['application/json'].schema.$ref) : 'nothing', description];
  });
  return [
    `## ${method.toUpperCase()} ${path}`,
    route.summary.trim(),
    parameters.length > 0 && table(['Query parameter', 'Description'], parameters),
    body && (sent.length > 0 ? table(['Body property', 'Description'], sent) : `Body: ${body.description}`),
    table(['Status', 'Answer', 'When'], answers)
  ]
    .filter(Boolean)
    .join('\n\n');
}

function link(ref) {
  const name = ref.split('/').at(-1);
  const page = ['Problem', 'Refusal'].includes(name) ? '' : 'document.md';
  return `[${name}](${page}#${name.toLowerCase()})`;
}

/** A list is called by several of what it has. */
const named = ref => (ref.endsWith('Phrases') ? `list of ${link(ref.slice(0, -1))}` : link(ref));

function schemaSection(name, schema) {
  const rows = Object.entries(schema.properties).map(
    ([property, { type, enum: values, $ref, description }]) => [
      code(property),
      $ref ? named($ref) : (values?.map(code).join(', ') ?? [type].flat().join(' or ')),
      description ?? ''
    ]
  );
  return `## ${name}\n\n${table(['Property', 'Type', 'Description'], rows)}`;
}
