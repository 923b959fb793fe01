import type { Trans } from './messages/trans';

/** Who can carry out a fix. The panel turns it into "Your network administrator can fix this." */
export const FIXERS = [
  'you',
  'network administrator',
  'identity administrator',
  'platform team',
  'organization administrator',
  'AWS'
] as const;

export type Fixer = (typeof FIXERS)[number];

/** The sentence that says who can fix it. */
export function fixerSentence(fixer: Fixer, trans: Trans): string {
  switch (fixer) {
    case 'you':
      return trans.__('You can fix this.');
    case 'network administrator':
      return trans.__('Your network administrator can fix this.');
    case 'identity administrator':
      return trans.__('Your identity administrator can fix this.');
    case 'platform team':
      return trans.__('Your platform team can fix this.');
    case 'organization administrator':
      return trans.__('Your organization administrator can fix this.');
    case 'AWS':
      return trans.__('Only AWS can fix this. Nothing to do here.');
  }
}

/** The same in two words, beside the section's title. */
export function fixerLabel(fixer: Fixer, trans: Trans): string {
  switch (fixer) {
    case 'you':
      return trans.__('you');
    case 'network administrator':
      return trans.__('network administrator');
    case 'identity administrator':
      return trans.__('identity administrator');
    case 'platform team':
      return trans.__('platform team');
    case 'organization administrator':
      return trans.__('organization administrator');
    case 'AWS':
      return trans.__('AWS');
  }
}
