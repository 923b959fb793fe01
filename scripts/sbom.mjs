// The wheel's software bill of materials, CycloneDX 1.6 as JSON, checked against CycloneDX's own schema.
//   node scripts/sbom.mjs [--out FILE]     default: build/sbom.cdx.json
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import cyclonedx from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';
import { shipped } from './shipped.mjs';

const { Contrib, Enums, Models, Serialize, Spec, Validation } = cyclonedx;
const { values } = parseArgs({ options: { out: { type: 'string', default: 'build/sbom.cdx.json' } } });
const SPEC = Spec.Spec1dot6;
const { Library, Application } = Enums.ComponentType;

const licenses = new Contrib.License.Factories.LicenseFactory();

/** `npm` or `pypi`, and what a component has beside its name. */
function component(kind, { name, version, license, range }, where) {
  const [, scope, own] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name);
  const purl = new PackageURL(kind, scope, own, version).toString();
  const made = new Models.Component(Library, own, { group: scope, version, purl, bomRef: purl });
  made.scope = Enums.ComponentScope.Required;
  if (license) {
    made.licenses.add(licenses.makeFromString(license));
  }
  made.properties.add(new Models.Property('jupyterlab-codeartifact:part', where));
  if (range) {
    made.properties.add(new Models.Property('jupyterlab-codeartifact:versions', range));
  }
  return made;
}

const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const purl = new PackageURL('pypi', undefined, name, version).toString();
const product = new Models.Component(Application, name, { version, purl, bomRef: purl });
product.licenses.add(licenses.makeFromString(license));

const parts = shipped();
const components = [
  ...parts.engine.map(one => component('npm', one, 'in the engine')),
  ...parts.frontEnd.map(one => component('npm', one, 'in the front end')),
  ...parts.python.map(one => component('pypi', one, 'installed by pip'))
];
const bom = new Models.Bom();
bom.metadata.component = product;
for (const one of components) {
  bom.components.add(one);
  product.dependencies.add(one.bomRef);
}

const text = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(SPEC)).serialize(bom, {
  sortLists: true,
  space: 1
});
const fault = await new Validation.JsonStrictValidator(SPEC.version).validate(text);
if (fault) {
  throw new Error(`not valid CycloneDX: ${JSON.stringify(fault)}`);
}
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, text);
console.log(
  `sbom: ${values.out}, ${parts.engine.length} packages in the engine, ${parts.frontEnd.length} in the front end, ${parts.python.length} installed by pip`
);
