import { principalOf } from '../core/principal';
import type { Admitted } from '../diagnosis/policies/admitted';
import { POLICY_KINDS, type PolicyKind } from '../diagnosis/policies/policies';

/** The document alone, a command that merges it into what stands there, or what a stack takes. */
export const POLICY_FORMS = ['json', 'bash', 'cloudformation'] as const;

export type PolicyForm = (typeof POLICY_FORMS)[number];

export interface PolicyFlags {
  readonly kind: PolicyKind;
  readonly form: PolicyForm;
  /** Whom to let in; undefined where the caller is meant. */
  readonly admitted?: Admitted;
  readonly listing: boolean;
  readonly publish: boolean;
}

const includes = <T extends string>(known: readonly T[], word: string): word is T =>
  (known as readonly string[]).includes(word);

/** What is behind `policy`, or what is wrong with it. */
export function policyFlags(
  values: Readonly<Record<string, unknown>>
): PolicyFlags | { readonly message: string } {
  const given = (name: string): string | undefined => values[name] as string | undefined;
  const kind = given('for') ?? 'role';
  if (!includes(POLICY_KINDS, kind)) {
    return { message: `There is no policy for "${kind}". --for takes one of ${POLICY_KINDS.join(', ')}.` };
  }
  const form = given('as') ?? 'json';
  if (!includes(POLICY_FORMS, form)) {
    return { message: `There is no form "${form}". --as takes one of ${POLICY_FORMS.join(', ')}.` };
  }
  const named = ['role', 'account', 'organization'].filter(name => given(name) !== undefined);
  if (named.length > 1) {
    return { message: `Give one of ${named.map(name => `--${name}`).join(' and ')}, not both.` };
  }
  const admitted = admittedBy(given);
  if (admitted !== undefined && 'message' in admitted) {
    return admitted;
  }
  if (kind === 'role' && admitted !== undefined && admitted.kind !== 'role') {
    return {
      message: `A role's own policy lets in nobody else: --for role takes --role only. --${named[0] ?? ''} is for repository, domain and endpoints.`
    };
  }
  return {
    kind,
    form,
    ...(admitted && { admitted }),
    listing: values.listing === true,
    publish: values.publish === true
  };
}

function admittedBy(
  given: (name: string) => string | undefined
): Admitted | { readonly message: string } | undefined {
  const role = given('role');
  if (role !== undefined) {
    return principalOf(role).kind === 'role'
      ? { kind: 'role', arn: role }
      : {
          message: `"${role}" is not the ARN of a role, such as arn:aws:iam::111122223333:role/service-role/Notebooks.`
        };
  }
  const account = given('account');
  if (account !== undefined) {
    return /^\d{12}$/.test(account)
      ? { kind: 'account', account }
      : { message: `"${account}" is not the number of an account: 12 digits.` };
  }
  const id = given('organization');
  if (id !== undefined) {
    return /^o-[a-z0-9]{10,32}$/.test(id)
      ? { kind: 'organization', id }
      : { message: `"${id}" is not the ID of an organization, such as o-a1b2c3d4e5.` };
  }
  return undefined;
}
