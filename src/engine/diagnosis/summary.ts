import type { Rung, CheckId } from '../../protocol/rung';
import type { PolicyType } from '../../protocol/rung';
import { skewWords } from '../core/clock-skew';
import { fact } from '../core/evidence';
import { hopOf } from './hop';

const BY_POLICY: Readonly<Record<PolicyType, string>> = {
  identity: "the role's policy",
  vpc_endpoint: "the endpoint's policy",
  resource: "the repository's policy",
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  boundary: "the role's permissions boundary",
  session: "the session's policy",
  unknown: 'a policy that AWS does not name'
};

/** GetAuthorizationToken is guarded by the domain's policy, the rest by the repository's. */
function deniedBy(rung: Rung): string {
  const type = fact(rung.evidence, 'policyType');
  if (type === 'resource' && fact(rung.evidence, 'action') === 'codeartifact:GetAuthorizationToken') {
    return "the domain's policy";
  }
  return BY_POLICY[(type in BY_POLICY ? type : 'unknown') as PolicyType];
}

function notFound(rung: Rung): string {
  const type = fact(rung.evidence, 'resourceType');
  const id = fact(rung.evidence, 'resourceId');
  const name = id.split('/').pop() ?? '';
  return type === ''
    ? `Not found at ${hopOf(rung.id)}`
    : `${capital(type)} ${name === '' ? '' : `${name} `}not found`;
}

/** The headline of the panel: verdict and hop, as an administrator would search for it. */
export function headlineTitle(rung: Rung): string {
  const hop = hopOf(rung.id);
  switch (rung.verdict) {
    case 'ok':
      return `OK at ${hop}`;
    case 'timeout':
      return `Timeout at ${hop}`;
    case 'access_denied':
      return `AccessDenied by ${deniedBy(rung)}`;
    case 'refused':
      return `Refused at ${hop}`;
    case 'dns':
      return `Name not found for ${hop}`;
    case 'tls':
      return certificate(rung) ? `Certificate not trusted at ${hop}` : `TLS failed at ${hop}`;
    case 'proxy':
      return 'A proxy answered instead of AWS';
    case 'no_credentials':
      return 'No AWS credentials found';
    case 'expired_credentials':
      return expired(rung.id);
    case 'clock_skew': {
      const skew = rung.evidence.skewSeconds;
      return typeof skew === 'number' ? `The clock is ${skewWords(skew)}` : 'The clock is wrong';
    }
    case 'not_found':
      return notFound(rung);
    case 'throttled':
      return 'AWS asked us to wait';
    case 'service_error':
      return 'AWS has a problem';
    case 'write_failed':
      return fact(rung.evidence, 'cause') === 'tool_shadowed'
        ? 'A package tool cannot use the connection'
        : 'A file was left as it is';
    case 'cancelled':
      return 'Cancelled';
    case 'invalid_settings':
      return 'A setting is not valid';
    case 'skipped':
      return `Not reached: ${hop}`;
    case 'waiting':
    case 'running':
      return `Checking ${hop}`;
  }
}

const certificate = (rung: Rung): boolean =>
  /CERT|ALTNAME|ISSUER|LEAF|SIGNED|CA$/.test(fact(rung.evidence, 'code')) ||
  fact(rung.evidence, 'issuer') !== '';

const expired = (id: CheckId): string =>
  id === 'index' || id === 'tools' ? 'The token is not accepted' : 'AWS credentials have expired';

/** The one line that the command line prints, such as "Timeout at the API endpoint: …". */
export function headline(rung: Rung): string {
  const title = headlineTitle(rung);
  const said = rung.summary.trim();
  if (said === '' || said === `${title}.`) {
    return title;
  }
  // Once is enough where the sentence begins with its own headline: "A proxy answered instead of AWS (HTTP 403)."
  return said.startsWith(title) ? said : `${title}: ${joined(said)}`;
}

/** After a colon a sentence goes on in lower case, unless it starts with a name. */
const joined = (sentence: string): string =>
  /^(The|This|A|An|No|Nothing|Something|What|One) /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
