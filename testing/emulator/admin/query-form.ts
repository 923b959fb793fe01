// The bodies of the `query` and `ec2` protocols: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html

export interface Form {
  /** A required member. */
  text(name: string): string;
  maybe(name: string): string | undefined;
  /** `Name.1`, `Name.2`, or `Name.member.1`. */
  list(name: string): string[];
  /** Nested forms of a list of structures. */
  forms(name: string): Form[];
  /** `Filter.1.Name` and its values. */
  filters(): { name: string; values: string[] }[];
  /** Throws unless every member that came was asked for: what is not judged must not pass as done. */
  done(): void;
}

export class FormError extends Error {}

function index(key: string, name: string): number | undefined {
  const m = new RegExp(`^${name}\\.(?:member\\.)?(\\d+)(?:\\.|$)`).exec(key);
  return m === null ? undefined : Number(m[1]);
}

export function readForm(fields: Map<string, string>, used = new Set<string>(), prefix = ''): Form {
  const keys = [...fields.keys()].filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length));
  const take = (key: string): string | undefined => {
    used.add(prefix + key);
    return fields.get(prefix + key);
  };
  const stems = (name: string): string[] => {
    const found = new Map<number, string>();
    for (const key of keys) {
      const at = index(key, name);
      if (at !== undefined) found.set(at, (/^.*?\.(?:member\.)?\d+/.exec(key) as RegExpExecArray)[0]);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, stem]) => stem);
  };
  const form: Form = {
    text(name) {
      const value = take(name);
      if (value === undefined) throw new FormError(`The request must contain the parameter ${name}`);
      return value;
    },
    maybe: take,
    list: name => stems(name).map(stem => take(stem) ?? ''),
    forms: name => stems(name).map(stem => readForm(fields, used, `${prefix}${stem}.`)),
    filters: () =>
      form.forms('Filter').map(each => ({ name: each.text('Name'), values: each.list('Value') })),
    done() {
      const left = [...fields.keys()].filter(key => !used.has(key));
      if (left.length > 0) throw new FormError(`The parameter ${left[0]} is not known to the emulator`);
    }
  };
  return form;
}

/** EC2 and IAM capitalise members; a body that does not is taken the same way. */
export function parseForm(body: Buffer): Map<string, string> {
  const capital = (part: string): string =>
    part === 'member' ? part : part.charAt(0).toUpperCase() + part.slice(1);
  const fields = new URLSearchParams(body.toString('utf8'));
  return new Map([...fields].map(([key, value]) => [key.split('.').map(capital).join('.'), value]));
}
