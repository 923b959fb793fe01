import { trans } from '../core/say';
import { TOOL, type Tool } from '../../protocol/tools';
import type { Fix } from '../../protocol/fix';
import type { Failure } from '../core/failure';
import { BUILT_IN } from '../net/trust';
import type { Handshake, HandshakeTarget } from '../net/tls-handshake';
import { isTrusted } from '../tools/pip/network';
import type { CheckContext } from './diagnosis';
import type { Endpoint, Findings, IndexTrust } from './findings';
import { bash, blanks } from './fixes/shell';
import { TLS_CAP_MS } from './limits';

/** Of each chosen tool; pip's have been found already. */
export async function indexTrusts(
  { deps, request, findings }: CheckContext,
  ofPip: readonly string[] | undefined,
  system: string | null
): Promise<readonly IndexTrust[]> {
  const others = (await deps.toolTrusts?.()) ?? [];
  const unchecked = findings.pipNetwork?.trustedHosts ?? [];
  const pip: IndexTrust = { tool: 'pip', unchecked, ...(ofPip && { ca: ofPip }) };
  const chosen = others.map(({ pem, beside, system: ofMachine, ...trust }): IndexTrust => {
    const ca = [
      ...(pem ?? []),
      ...(ofMachine && system !== null ? [system] : []),
      ...(beside ? BUILT_IN : [])
    ];
    return pem === undefined && !ofMachine ? trust : { ...trust, ca };
  });
  return request.settings.tools.includes('pip') || chosen.length === 0 ? [pip, ...chosen] : chosen;
}

/**
 * What our own request to the index trusts: whatever one of the tools does. Where one checks no certificate, also what
 * the AWS tools are told to trust, for then that tool gets its packages.
 */
export function ourTrust({ trusts = [], ca }: Findings): readonly string[] | undefined {
  const unchecked = trusts.some(trust => trust.unchecked === true || trust.unchecked.length > 0);
  const known = trusts.map(trust => trust.ca);
  const more = unchecked && ca ? [ca.pem] : [];
  return more.length === 0 && known.every(one => one === undefined)
    ? undefined
    : [...new Set([...known.flatMap(one => one ?? BUILT_IN), ...more])];
}

/** Failures that a tool which checks no certificate does not have. */
const OF_CERTIFICATE: readonly Failure['cause'][] = ['tls_untrusted', 'tls_name_mismatch', 'tls_expired'];

export const isOfCertificate = ({ cause }: Failure): boolean => OF_CERTIFICATE.includes(cause);

export const checksCertificate = ({ unchecked }: IndexTrust, { url }: Endpoint): boolean =>
  unchecked !== true && !isTrusted(url, unchecked);

/** What one tool would see of the index's certificate. */
export interface Seen {
  readonly trust: IndexTrust;
  readonly shaken?: Handshake;
  /** It cannot go on. */
  readonly failure?: Failure;
  /** The certificate is not valid, and it goes on. */
  readonly ignored?: Failure;
}

/** One handshake for each set of authorities. */
export async function seenByTools(
  { deps, findings }: CheckContext,
  endpoint: Endpoint,
  target: Pick<HandshakeTarget, 'address'>,
  signal: AbortSignal
): Promise<Seen[]> {
  const { host, port, proxy } = endpoint;
  const known = new Map<string, ReturnType<typeof deps.network.handshake>>();
  return Promise.all(
    (findings.trusts ?? []).map(async trust => {
      const key = trust.ca?.join('') ?? 'its own';
      const asked =
        known.get(key) ??
        deps.network.handshake(
          {
            host,
            port,
            ...target,
            capMs: TLS_CAP_MS,
            ...(proxy ? { proxy } : {}),
            ...(trust.ca ? { ca: trust.ca } : {})
          },
          signal
        );
      known.set(key, asked);
      const outcome = await asked;
      if (outcome.ok) {
        return { trust, shaken: outcome.value };
      }
      const { failure } = outcome;
      return isOfCertificate(failure) && !checksCertificate(trust, endpoint)
        ? { trust, ignored: failure }
        : { trust, failure };
    })
  );
}

/** Whether the tools may differ in what they take, so that each has to be asked for. */
export const mayDiffer = ({ trusts = [] }: Findings): boolean =>
  new Set(trusts.map(({ ca, unchecked }) => JSON.stringify([ca, unchecked]))).size > 1;

const NAMED_BY: Readonly<Record<Tool, string>> = {
  pip: 'python3 -m pip config set global.cert "$CA_FILE"',
  uv: 'export SSL_CERT_FILE="$CA_FILE"',
  twine: 'export TWINE_CERT="$CA_FILE"',
  npm: 'npm config set cafile "$CA_FILE" --location=user',
  poetry: 'poetry config certificates.codeartifact.cert "$CA_FILE"'
};

/** How a tool is told of the authorities that another one has. */
export const trustFix = (tool: Tool): Fix => ({
  who: 'you',
  text: trans.__(
    'Name the file with the authorities to %1, as another tool has it. A variable belongs into the environment of the Jupyter server, too.',
    TOOL[tool].title
  ),
  snippets: [
    bash(trans.__('Trust it'), [
      ...blanks([
        {
          name: 'CA_FILE',
          value: '/REPLACE/ca-bundle.pem',
          what: "the company's authorities and the public ones, PEM"
        }
      ]),
      NAMED_BY[tool]
    ])
  ]
});
