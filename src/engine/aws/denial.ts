import type { PolicyType } from '../../protocol/rung';

/** What AWS's text says about a refusal. Whatever it does not say stays undefined. */
export interface Denial {
  /** Which kind of policy refused; `unknown` when the text names none that we know. */
  readonly policyType: PolicyType;
  /** True for an explicit deny: adding an Allow elsewhere does not help. */
  readonly explicit: boolean;
  readonly action?: string;
  readonly principal?: string;
  readonly resource?: string;
  /** ARN of the policy that refused; AWS gives it within an account or organization only. */
  readonly policyArn?: string;
  /** "transitively through": the kind of policy behind the one named. */
  readonly via?: PolicyType;
}

/** AWS's texts stay under 2 KB; the rest of a longer one is not read, so that a hostile answer costs nothing. */
const LONGEST = 8192;

const TYPES: readonly (readonly [RegExp, PolicyType])[] = [
  [/^identity[- ]based$/, 'identity'],
  // A role's trust policy is a resource-based policy of the role (IAM guide, "Policies and permissions").
  [/^(resource[- ]based|role trust)$/, 'resource'],
  [/^vpc endpoint$/, 'vpc_endpoint'],
  [/^service control$/, 'scp'],
  [/^resource control$/, 'rcp'],
  [/^permissions? boundary$/, 'boundary'],
  // AWS's guide prints "a sessions policy"; the singular is seen as well.
  [/^sessions?$/, 'session']
];

function typeOf(words: string): PolicyType {
  const bare = words
    .trim()
    .toLowerCase()
    .replace(/^(an?|the) /, '')
    .replace(/ polic(y|ies)$/, '');
  return TYPES.find(([shape]) => shape.test(bare))?.[1] ?? 'unknown';
}

/** The text between the first `from` and the first of `to` after it; undefined when `from` is not there. */
function between(text: string, from: string, to: readonly string[]): string | undefined {
  const start = text.toLowerCase().indexOf(from);
  if (start < 0) {
    return undefined;
  }
  const rest = text.slice(start + from.length);
  const low = rest.toLowerCase();
  const ends = to.map(t => low.indexOf(t)).filter(i => i >= 0);
  return rest.slice(0, ends.length ? Math.min(...ends) : rest.length);
}

/** By hand: `[…]+$` as a pattern is quadratic on a text that is full of such characters. */
function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/** The first word, without quotes around it or punctuation after it. */
const bareToken = (text: string | undefined): string | undefined => {
  const word = text?.trim().split(' ', 1)[0] ?? '';
  const token = withoutTrailing(word.replace(/^["']/, ''), `"'.,;:`);
  return token === '' ? undefined : token;
};

/**
 * Reads AWS's AccessDenied text. Every published form is understood (IAM guide, "Troubleshoot access
 * denied error messages"; AWS Security Blog, "Enhanced access denied error messages with policy
 * ARNs"); any other wording gives `unknown`, never a guess. Searches for fixed words only: linear
 * time whatever the text, and it never throws.
 */
export function parseDenial(message: string): Denial {
  const text = message.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
  const verb = 'is not authorized to perform:';
  // ASCII only: lower-casing must not move any index, and no word we look for has another letter.
  const at = text
    .replace(/[^\x20-\x7e]/g, '?')
    .toLowerCase()
    .indexOf(verb);
  if (at < 0) {
    return { policyType: 'unknown', explicit: false };
  }
  const head = text.slice(0, at);
  const tail = text.slice(at + verb.length).replace(/[^\x20-\x7e]/g, '?');
  const user = head.toLowerCase().lastIndexOf('user: ');
  const found: { -readonly [K in keyof Denial]: Denial[K] } = { policyType: 'unknown', explicit: false };
  const principal = user < 0 ? undefined : bareToken(head.slice(user + 'user: '.length));
  const action = bareToken(tail);
  const resource = bareToken(between(tail, ' on resource: ', []));
  if (principal !== undefined) {
    found.principal = principal;
  }
  if (action !== undefined && /^[\w-]+:[\w*]+$/.test(action)) {
    found.action = action;
  }
  if (resource !== undefined) {
    found.resource = resource;
  }
  const missing = between(tail, ' because no ', [' allows the ', ' allows ']);
  const denied = between(tail, ' explicit deny in ', [': ', '. ', '."']);
  if (missing !== undefined) {
    found.policyType = typeOf(missing);
  } else if (denied !== undefined) {
    const [named = '', behind] = withoutTrailing(denied, `"'.`).split(/ transitively through /i);
    found.explicit = true;
    found.policyType = typeOf(named);
    if (behind !== undefined) {
      found.via = typeOf(behind);
    }
  }
  const policyArn = policyArnOf(tail);
  if (policyArn !== undefined) {
    found.policyArn = policyArn;
  }
  return found;
}

/** The ARN after the context: `…in a service control policy: arn:…`, `…allows the x:Y action: arn:…`. */
function policyArnOf(tail: string): string | undefined {
  const low = tail.toLowerCase();
  const context = Math.max(low.indexOf(' because no '), low.indexOf(' explicit deny in '));
  if (context < 0) {
    return undefined;
  }
  const colon = low.indexOf(': arn:', context);
  return colon < 0 ? undefined : bareToken(tail.slice(colon + 2));
}
