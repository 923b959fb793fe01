/** Who AWS says called, taken apart. */
export interface Principal {
  readonly arn: string;
  readonly kind: 'role' | 'user' | 'root' | 'other';
  readonly partition: string;
  readonly account: string;
  /** The role's or user's name, without path and session; empty for `root` and `other`. */
  readonly name: string;
  /**
   * The IAM ARN; absent when only a session of a role is known, for a session's ARN leaves out the
   * role's path (`service-role/` for roles that the SageMaker console made).
   */
  readonly iamArn?: string;
  /** IAM Identity Center's permission set, whose roles cannot be changed directly. */
  readonly permissionSet?: string;
}

const NAME = '[\\w+=,.@-]{1,128}';
const SESSION = new RegExp(`^arn:(aws[\\w-]*):sts::(\\d{12}):assumed-role/(${NAME})(?:/|$)`);
const ENTITY = new RegExp(`^arn:(aws[\\w-]*):iam::(\\d{12}):(role|user)/([\\x21-\\x7e]{0,512}?)(${NAME})$`);
const ROOT = /^arn:(aws[\w-]*):iam::(\d{12}):root$/;
const CENTER = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/;

/** Longest ARN that IAM makes: a path of 512 and a name of 64 to 128 characters, and what is around them. */
const LONGEST_ARN = 700;

/** Reads a caller's ARN; anything that is none comes back as `other`. */
export function principalOf(arn: string): Principal {
  const other: Principal = { arn, kind: 'other', partition: 'aws', account: '', name: '' };
  if (arn.length > LONGEST_ARN) {
    return other;
  }
  const session = SESSION.exec(arn);
  if (session) {
    const [, partition = '', account = '', name = ''] = session;
    const permissionSet = CENTER.exec(name)?.[1];
    return {
      arn,
      kind: 'role',
      partition,
      account,
      name,
      ...(permissionSet === undefined ? {} : { permissionSet })
    };
  }
  const entity = ENTITY.exec(arn);
  if (entity) {
    const [, partition = '', account = '', kind = '', path = '', name = ''] = entity;
    if (path === '' || path.endsWith('/')) {
      const permissionSet = CENTER.exec(name)?.[1];
      return {
        arn,
        kind: kind === 'role' ? 'role' : 'user',
        partition,
        account,
        name,
        iamArn: arn,
        ...(permissionSet === undefined ? {} : { permissionSet })
      };
    }
  }
  const root = ROOT.exec(arn);
  return root ? { ...other, kind: 'root', partition: root[1] ?? 'aws', account: root[2] ?? '' } : other;
}
