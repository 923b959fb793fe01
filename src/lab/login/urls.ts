import type { IChoice } from './choice';

const DOMAIN = '[a-z][a-z0-9-]{0,48}[a-z0-9]';
const REPOSITORY = '[A-Za-z0-9][A-Za-z0-9._-]{1,99}';
const REGION = '[a-z]{2,4}(?:-[a-z]{2,12}){1,2}-\\d{1,2}';
/** Of every partition, dual-stack ones too (botocore: partitions.json). */
const SUFFIX =
  '(?:vpce\\.)?(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|api\\.aws|on\\.amazonwebservices\\.com\\.cn|api\\.amazonwebservices\\.com\\.cn)';
const FORMAT = '(?:pypi|npm|maven|nuget|generic|swift|cargo|ruby)';

/** Each with the groups domain, owner, region, repository. */
const PATTERNS = [
  // https://aws:TOKEN@DOMAIN-OWNER.d.codeartifact.REGION.amazonaws.com/pypi/REPOSITORY/simple/ (CodeArtifact user guide)
  `(?:^|[/@\\s"'=.])(?<domain>${DOMAIN})-(?<owner>\\d{12})\\.d\\.codeartifact(?:-fips)?\\.(?<region>${REGION})\\.${SUFFIX}/${FORMAT}/(?<repository>${REPOSITORY})`,
  // Without private DNS: https://vpce-….d.codeartifact.REGION.vpce.amazonaws.com/pypi/d/DOMAIN-OWNER/REPOSITORY/simple/
  `\\.d\\.codeartifact(?:-fips)?\\.(?<region>${REGION})\\.${SUFFIX}/${FORMAT}/d/(?<domain>${DOMAIN})-(?<owner>\\d{12})/(?<repository>${REPOSITORY})`,
  // https://REGION.console.aws.amazon.com/codesuite/codeartifact/d/OWNER/DOMAIN/r/REPOSITORY?region=REGION
  `(?:(?<region>${REGION})\\.)?console\\.(?:aws\\.amazon\\.com|amazonaws\\.cn|amazonaws-us-gov\\.com)/codesuite/codeartifact/d/(?<owner>\\d{12})/(?<domain>${DOMAIN})/r/(?<repository>${REPOSITORY})(?:[^\\s?]*\\?(?:[^\\s#]*&)?region=(?<queried>${REGION}))?`,
  // arn:aws:codeartifact:REGION:OWNER:repository/DOMAIN/REPOSITORY (Service Authorization Reference)
  `arn:aws[\\w-]*:codeartifact:(?<region>${REGION}):(?<owner>\\d{12}):(?:repository|package|package-group)/(?<domain>${DOMAIN})/(?<repository>${REPOSITORY})`
].map(pattern => new RegExp(pattern));

/** Longer texts hold no address that somebody meant. */
const LONGEST = 200_000;

/** The repository in an address of CodeArtifact, of the AWS console, or an ARN; a token in it is dropped. */
export function choiceInUrl(text: string): IChoice | null {
  for (const pattern of text.length > LONGEST ? [] : PATTERNS) {
    const found = pattern.exec(text)?.groups;
    if (found) {
      return {
        domain: found.domain,
        domainOwner: found.owner,
        repository: found.repository,
        region: found.queried ?? found.region ?? ''
      };
    }
  }
  return null;
}
