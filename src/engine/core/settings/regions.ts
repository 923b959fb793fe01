import { type Outcome, done } from '../failure';
import { failed } from '../failure';
import { shown } from './invalid-settings';
import { distance } from 'fastest-levenshtein';
import { trans } from '../say';

/** Where CodeArtifact is. Source: docs.aws.amazon.com/general/latest/gr/codeartifact.html, 2026-11. */
export const CODEARTIFACT_REGIONS: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2'
];

/** Regions of AWS that have no CodeArtifact: told from a misspelt name. */
const OTHER_REGIONS: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-east-2',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-central-1',
  'ca-west-1',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-2',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'mx-central-1',
  'sa-east-1',
  'us-gov-east-1',
  'us-gov-west-1',
  'us-west-1'
];

export const hasCodeArtifact = (region: string): boolean => CODEARTIFACT_REGIONS.includes(region);

/** What a Region's name looks like; host names are built from it, so nothing else may pass. */
export const REGION_SHAPE = /^[a-z]{2,4}(-[a-z]{2,12}){1,2}-\d{1,2}$/;

/** More edits than this and a suggestion would be a guess. */
const MOST_EDITS = 2;

/** The Region that was probably meant: another spelling, an Availability Zone, a slip of the finger. */
export function nearest(text: string): string | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  const zone = /^(.*-\d)[a-z]$/.exec(plain);
  if (zone && hasCodeArtifact(zone[1])) {
    return zone[1];
  }
  const near = CODEARTIFACT_REGIONS.map(region => ({
    region,
    edits: Math.min(distance(plain, region), distance(plain.replace(/-/g, ''), region.replace(/-/g, '')))
  })).sort((a, b) => a.edits - b.edits);
  return near[0].edits <= MOST_EDITS ? near[0].region : undefined;
}

/** CodeArtifact's Regions in words, for a sentence or a fix. */
export const regionList = (): string => CODEARTIFACT_REGIONS.join(', ');

/**
 * Told before any packet: a host name in a Region without CodeArtifact does not exist, and "name
 * not found" would send the reader to the wrong administrator.
 * `ownEndpoint`: the API's endpoint is named, so that the list (which may be older than AWS) is not asked.
 */
export function checkRegion(region: string, ownEndpoint = false): Outcome<string> {
  if (hasCodeArtifact(region) || (ownEndpoint && REGION_SHAPE.test(region))) {
    return done(region);
  }
  if (OTHER_REGIONS.includes(region)) {
    return failed('region_without_codeartifact', {
      message: trans.__(
        'AWS CodeArtifact is not offered in the Region %1: region must be one of %2.',
        region,
        regionList()
      ),
      region,
      regions: CODEARTIFACT_REGIONS
    });
  }
  const guess = nearest(region);
  return failed('region_without_codeartifact', {
    message: guess
      ? trans.__(
          'region must be a Region of AWS CodeArtifact, such as %1: %2 is none (did you mean %1?).',
          guess,
          shown(region)
        )
      : trans.__(
          'region must be a Region of AWS CodeArtifact, such as us-east-1: %1 is none.',
          shown(region)
        ),
    region: region.slice(0, 40),
    regions: CODEARTIFACT_REGIONS,
    ...(guess ? { nearest: guess } : {})
  });
}
