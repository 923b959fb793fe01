import type { Section } from './parse-config';

/** By what is there, not by what it says: `role_arn =` is a role as well (botocore asks with `in`). */
export const has = (section: Section, key: string): boolean => Object.hasOwn(section, key);

export const assumesRole = (merged: Section): boolean =>
  has(merged, 'role_arn') && !has(merged, 'web_identity_token_file');

export const holdsKeys = (merged: Section): boolean =>
  has(merged, 'aws_access_key_id') || has(merged, 'aws_secret_access_key');

export const wholePair = (section: Section): boolean =>
  Boolean(section.aws_access_key_id && section.aws_secret_access_key);
