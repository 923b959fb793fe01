/** Whom somebody has said that a policy is to let in. */
export type Admitted =
  | { readonly kind: 'role'; readonly arn: string }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'organization'; readonly id: string };
