// Templates as text: YAML 1.1 with CloudFormation's short forms of functions, or JSON.
import { DEFAULT_SCHEMA, load, Type } from 'js-yaml';
import { AdminError } from '../admin/plane';
import type { Template } from './template-types';

const sections = [
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Conditions'],
  ...['Rules', 'Resources', 'Outputs']
];
const ofResource = [
  ...['Type', 'Properties', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata']
];

/** `!Sub x` is {"Fn::Sub": x}; `Ref` and `Condition` have no prefix, and `!GetAtt a.b` is a list. */
const short = [
  ...['Ref', 'Condition', 'GetAtt', 'Sub', 'If', 'Equals', 'Not', 'And', 'Or', 'Select', 'Split', 'Join'],
  ...['FindInMap', 'Base64', 'ImportValue', 'GetAZs', 'Cidr', 'Transform']
];

const longForm = (name: string, value: unknown): unknown => {
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const [resource, ...attribute] = value.split('.');
    return { 'Fn::GetAtt': [resource, attribute.join('.')] };
  }
  return { [`Fn::${name}`]: value };
};

const schema = DEFAULT_SCHEMA.extend(
  short.flatMap(name =>
    (['scalar', 'sequence', 'mapping'] as const).map(
      kind => new Type(`!${name}`, { kind, construct: (value: unknown) => longForm(name, value) })
    )
  )
);

export const invalid = (message: string): never => {
  throw new AdminError('ValidationError', message);
};

function unknownKeys(value: object, known: string[], where: string): void {
  const other = Object.keys(value).find(key => !known.includes(key));
  if (other !== undefined) invalid(`Template format error: ${where} has the unknown section ${other}`);
}

/** A template is refused rather than read past. */
export function readTemplate(text: string): Template {
  let read: unknown;
  try {
    read = load(text, { schema });
  } catch (error) {
    invalid(`Template format error: ${(error as Error).message}`);
  }
  if (typeof read !== 'object' || read === null || !('Resources' in read))
    return invalid('Template format error: At least one Resources member must be defined.');
  const template = read as Template;
  unknownKeys(template, sections, 'the template');
  for (const [name, resource] of Object.entries(template.Resources))
    unknownKeys(resource, ofResource, `resource ${name}`);
  return template;
}
