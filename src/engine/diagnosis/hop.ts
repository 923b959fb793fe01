import type { CheckId } from '../../protocol/rung';

/** Which of the two interface endpoints a rung belongs to. */
export type EndpointSide = 'api' | 'repositories';

export function sideOf(rung: CheckId): EndpointSide {
  switch (rung) {
    case 'dns.repository':
    case 'tcp.repository':
    case 'tls.repository':
    case 'index':
    case 'tools':
      return 'repositories';
    default:
      return 'api';
  }
}

/** The hop in the words of the panel's path ("Timeout at …"). */
export function hopOf(rung: CheckId): string {
  switch (rung) {
    case 'environment':
    case 'credentials':
    case 'tools':
      return 'this notebook';
    case 'dns.api':
    case 'tcp.api':
    case 'tls.api':
    case 'http.api':
    case 'token':
    case 'endpoint':
      return 'the API endpoint';
    case 'dns.repository':
    case 'tcp.repository':
    case 'tls.repository':
      return 'the repository endpoint';
    case 'index':
      return 'the package index';
    case 's3':
      return 'Amazon S3';
  }
}

/** The interface endpoint's service name, such as `com.amazonaws.eu-central-1.codeartifact.api`. */
export const serviceName = (region: string, side: EndpointSide): string =>
  `com.amazonaws.${region}.codeartifact.${side}`;
