/** A repository that a cell, pasted instructions or a form names. Empty strings where nothing was named. */
export interface IChoice {
  readonly domain: string;
  readonly domainOwner: string;
  readonly repository: string;
  readonly region: string;
}

/** A choice that a notebook offers. */
export interface IOffer {
  readonly choice: IChoice;
  /** The notebook's file name. */
  readonly from: string;
}

/*
 * Reads "View connection instructions" of the AWS console. Nothing pasted is run or kept: only four names are taken
 * from it, and a token in it is dropped with the rest.
 */

const NOTHING: IChoice = { domain: '', domainOwner: '', repository: '', region: '' };

/** Word processors and web pages turn hyphens into dashes and quotes into curly ones. */
const straighten = (text: string): string =>
  text
    .replace(/[\u2012-\u2015\u2212]{1,2}(?=[a-z])/g, '--')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u2018\u2019\u201c\u201d]/g, "'")
    .replace(/[\\^`]\s*\r?\n/g, ' ');

/** A flag's value: `--flag value` or `--flag=value`, with or without quotes. */
function flag(text: string, name: string): string {
  const match = new RegExp(`--${name}(?:\\s+|=)(?:"([^"]*)"|'([^']*)'|([^\\s'"]+))`).exec(text);
  return match ? (match[1] ?? match[2] ?? match[3] ?? '') : '';
}

/** https://aws:TOKEN@DOMAIN-OWNER.d.codeartifact.REGION.amazonaws.com/pypi/REPOSITORY/simple/ (CodeArtifact user guide) */
const INDEX =
  /([a-z][a-z0-9-]{0,48}[a-z0-9])-(\d{12})\.d\.codeartifact\.([a-z0-9-]+)\.(?:amazonaws\.com|on\.aws)(?:\.cn)?\/pypi\/([A-Za-z0-9][A-Za-z0-9._-]{1,99})/;

/** Without private DNS: https://vpce-….d.codeartifact.REGION.vpce.amazonaws.com/pypi/d/DOMAIN-OWNER/REPOSITORY/simple/ */
const ENDPOINT_INDEX =
  /\.d\.codeartifact\.([a-z0-9-]+)\.vpce\.amazonaws\.com\/pypi\/d\/([a-z][a-z0-9-]{0,48}[a-z0-9])-(\d{12})\/([A-Za-z0-9][A-Za-z0-9._-]{1,99})/;

/** The repository that the text names; null when it does not name both a domain and a repository. */
export function readInstructions(text: string): IChoice | null {
  const source = straighten(text);
  const url = INDEX.exec(source);
  if (url) {
    return { domain: url[1], domainOwner: url[2], region: url[3], repository: url[4] };
  }
  const vpce = ENDPOINT_INDEX.exec(source);
  if (vpce) {
    return { region: vpce[1], domain: vpce[2], domainOwner: vpce[3], repository: vpce[4] };
  }
  const choice = {
    ...NOTHING,
    domain: flag(source, 'domain'),
    domainOwner: flag(source, 'domain-owner'),
    repository: flag(source, 'repository'),
    region: flag(source, 'region')
  };
  return choice.domain && choice.repository ? choice : null;
}
