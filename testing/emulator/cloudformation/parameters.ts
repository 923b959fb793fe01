import { invalid } from './template';
import type { Parameter, Template } from './template-types';
import type { Given } from './stack-records';

function checked(name: string, about: Parameter, value: string): string {
  const say = (why: string): never =>
    invalid(
      `Parameter '${name}' ${why}${about.ConstraintDescription ? `: ${about.ConstraintDescription}` : ''}`
    );
  if (about.AllowedValues !== undefined && !about.AllowedValues.map(String).includes(value))
    say(`must be one of AllowedValues`);
  if (about.AllowedPattern !== undefined && !new RegExp(about.AllowedPattern).test(value))
    say(`must match pattern ${about.AllowedPattern}`);
  if (about.Type === 'Number') {
    if (value === '' || Number.isNaN(Number(value))) say('must be a number');
    if (about.MinValue !== undefined && Number(value) < about.MinValue)
      say(`must be at least ${about.MinValue}`);
    if (about.MaxValue !== undefined && Number(value) > about.MaxValue)
      say(`must be at most ${about.MaxValue}`);
  }
  if (/^List<|^CommaDelimitedList$/.test(about.Type) && value === '') say('must have a value');
  return value;
}

/** Every parameter with its value: what was given, else what the stack has, else the default. */
export function readParameters(template: Template, given: Given, previous: Given): Given {
  const parameters = template.Parameters ?? {};
  const unknown = Object.keys(given).filter(name => !Object.hasOwn(parameters, name));
  if (unknown.length > 0) invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values: Given = {};
  const missing: string[] = [];
  for (const [name, about] of Object.entries(parameters)) {
    const value = given[name] ?? previous[name] ?? about.Default;
    if (value === undefined) missing.push(name);
    else values[name] = checked(name, about, String(value));
  }
  if (missing.length > 0) invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}
