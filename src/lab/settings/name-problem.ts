import type { NameSetting } from '../../protocol/names';
import { isName, NAME_PATTERNS } from '../../protocol/names';
import type { Trans } from '../ui/trans';

/** What is wrong with a name, as a rule and an example; empty when it can be one. */
export function nameProblem(trans: Trans, setting: string, value: string): string {
  if (!(setting in NAME_PATTERNS) || isName(setting as NameSetting, value)) {
    return '';
  }
  switch (setting as NameSetting) {
    case 'domain':
      return trans.__('2 to 50 lower-case letters, digits and hyphens, such as my-domain.');
    case 'domainOwner':
      return trans.__('The 12 digits of an AWS account, such as 111122223333.');
    case 'repository':
      return trans.__('2 to 100 letters, digits, dots, hyphens and underscores, such as my-repository.');
    case 'region':
      return trans.__('The name of an AWS Region, such as us-east-1.');
  }
}
