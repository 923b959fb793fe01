// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
// Only the functions that are here are known; any other is an error.
import { invalid } from './template';
import type { Template } from './template-types';

/** Stands for AWS::NoValue until the list or mapping around it drops it. */
const noValue = Symbol('AWS::NoValue');

export interface Scope {
  template: Template;
  parameters: Record<string, string>;
  pseudo: Record<string, string>;
  /** What a resource that is made already answers to Ref and GetAtt. */
  made(name: string): { ref: string; attributes: Record<string, unknown> };
}

type Args = unknown[];

export function evaluate(value: unknown, scope: Scope): unknown {
  const found = resolve(value, scope);
  return found === noValue ? undefined : found;
}

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(each => resolve(each, scope)).filter(each => each !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  const [key] = keys;
  if (keys.length === 1 && (key === 'Ref' || key.startsWith('Fn::')))
    return call(key, (value as Record<string, unknown>)[key], scope);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, resolve(each, scope)] as const)
      .filter(([, each]) => each !== noValue)
  );
}

function reference(name: string, scope: Scope): unknown {
  const { parameters, template, pseudo } = scope;
  if (name === 'AWS::NoValue') return noValue;
  if (Object.hasOwn(pseudo, name)) return pseudo[name];
  if (Object.hasOwn(parameters, name)) {
    const type = template.Parameters?.[name].Type ?? 'String';
    return /^List<|^CommaDelimitedList$/.test(type) ? parameters[name].split(',') : parameters[name];
  }
  return Object.hasOwn(template.Resources, name)
    ? scope.made(name).ref
    : invalid(`Unresolved resource dependencies [${name}] in the template`);
}

function attribute([name, wanted]: Args, scope: Scope): unknown {
  const { attributes } = scope.made(String(name));
  if (!Object.hasOwn(attributes, String(wanted)))
    invalid(`Template error: resource ${String(name)} does not support attribute ${String(wanted)}`);
  return attributes[String(wanted)];
}

function substituted(given: unknown, scope: Scope): string {
  const [text, own] = Array.isArray(given)
    ? (given as [string, Record<string, unknown>])
    : [String(given), {}];
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(own, name)) return String(resolve(own[name], scope));
    const [resource, ...rest] = name.split('.');
    return String(rest.length > 0 ? attribute([resource, rest.join('.')], scope) : reference(name, scope));
  });
}

/** Conditions, rules and `If`: whether it is true. */
export function holds(condition: unknown, scope: Scope): boolean {
  if (typeof condition !== 'object' || condition === null) return invalid('Template error: not a condition');
  const [[name, value]] = Object.entries(condition) as [string, unknown][];
  const args = value as Args;
  switch (name) {
    case 'Condition': {
      const declared = scope.template.Conditions?.[String(value)];
      return declared === undefined
        ? invalid(`Template format error: Unresolved condition ${String(value)}`)
        : holds(declared, scope);
    }
    case 'Fn::Equals':
      return JSON.stringify(resolve(args[0], scope)) === JSON.stringify(resolve(args[1], scope));
    case 'Fn::Not':
      return !holds(args[0], scope);
    case 'Fn::And':
      return args.every(each => holds(each, scope));
    case 'Fn::Or':
      return args.some(each => holds(each, scope));
    default:
      return invalid(`Template error: ${name} is not known to the emulator as a condition`);
  }
}

function call(name: string, given: unknown, scope: Scope): unknown {
  if (name === 'Ref') return reference(String(given), scope);
  if (name === 'Fn::Sub') return substituted(given, scope);
  if (name === 'Fn::If') {
    const [condition, yes, no] = given as Args;
    return resolve(holds({ Condition: condition }, scope) ? yes : no, scope);
  }
  if (name === 'Fn::GetAtt') return attribute(given as Args, scope);
  const args = resolve(given, scope);
  switch (name) {
    case 'Fn::Base64':
      return Buffer.from(String(args)).toString('base64');
    case 'Fn::Join': {
      const [between, parts] = args as [string, Args];
      return parts.join(between);
    }
    case 'Fn::Split': {
      const [between, text] = args as [string, string];
      return text.split(between);
    }
    case 'Fn::Select': {
      const [at, list] = args as [number, Args];
      return list[Number(at)] ?? invalid(`Template error: Fn::Select cannot select item ${at}`);
    }
    case 'Fn::FindInMap': {
      const [map, first, second] = args as string[];
      const found = scope.template.Mappings?.[map]?.[first]?.[second];
      return found ?? invalid(`Template error: Unable to get mapping for ${map}::${first}::${second}`);
    }
    default:
      return invalid(`Template error: the function ${name} is not known to the emulator`);
  }
}

/** Resources that a value names: those must be made first. */
export function namedIn(value: unknown, resources: Set<string>): Set<string> {
  const found = new Set<string>();
  const look = (each: unknown): void => {
    if (typeof each === 'string') {
      for (const [, name] of each.matchAll(/\$\{([A-Za-z0-9]+)[^}]*\}/g))
        if (resources.has(name)) found.add(name);
    } else if (Array.isArray(each)) {
      each.forEach(look);
    } else if (typeof each === 'object' && each !== null) {
      const { Ref, 'Fn::GetAtt': get } = each as { Ref?: string; 'Fn::GetAtt'?: string[] };
      for (const name of [Ref, get?.[0]]) if (name !== undefined && resources.has(name)) found.add(name);
      Object.values(each).forEach(look);
    }
  };
  look(value);
  return found;
}
