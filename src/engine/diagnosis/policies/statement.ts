/** The part of IAM's policy language that we write. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Principal?: { readonly AWS: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export const policyDocument = (statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements
});

/** A Sid must be unique in its document: what is appended to somebody else's has none. */
export const withoutSids = (document: PolicyDocument): PolicyDocument =>
  policyDocument(document.Statement.map(({ Sid: _, ...rest }) => rest));
