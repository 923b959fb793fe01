import type { Fix } from '../../../protocol/fix';
import { takeAway } from '../../tools/shadow-snippets';
import { type Evidence, fact } from '../../core/evidence';
import type { Shadow } from '../../tools/shadow';
import { dnsSuffix } from '../../core/partition';
import type { FixContext } from './fix-facts';
import { serverEnvironment } from './server-environment';
import { bash, comment } from './shell';
import { trans } from '../../core/say';

/** Addresses of the notebook's own credentials: instance metadata, and a container's. */
const OF_CREDENTIALS = ['169.254.169.254', '169.254.170.2'];

/** What must not go through a proxy when endpoints are private, and no more: the rest of AWS may need the proxy. */
const exempt = (facts: FixContext): readonly string[] => {
  const { region } = facts;
  const service = /^[a-z0-9-]+$/.test(region) ? ofService(region) : [];
  const covered = (host: string) =>
    service.some(name => host === name || (name.startsWith('.') && host.endsWith(name)));
  const others = [facts.apiHost, facts.repositoryHost].filter(
    host => /^[A-Za-z0-9.-]+$/.test(host) && !covered(host)
  );
  return [...service, ...new Set(others)];
};

/** For a proxy that opens TLS: what it is to pass unopened, and no more of AWS. */
export const unopened = (facts: FixContext): string =>
  exempt(facts)
    .map(name => (name.startsWith('.') ? `*${name}` : name))
    .join(', ');

const ofService = (region: string): readonly string[] => {
  const suffix = dnsSuffix(region);
  return [`codeartifact.${region}.${suffix}`, `.d.codeartifact.${region}.${suffix}`];
};

const variables = (facts: FixContext) =>
  serverEnvironment(
    trans.__('Go past the proxy'),
    [],
    // The document is expanded when it is written: what must be so at each start is escaped.
    [
      `export NO_PROXY="\\\${NO_PROXY:+\\$NO_PROXY,}${[...exempt(facts), ...OF_CREDENTIALS].join(',')}"`,
      'export no_proxy="\\$NO_PROXY"'
    ]
  );

const shown = bash(trans.__('Which proxy is set'), [
  comment('Without passwords'),
  "env | grep -i -E '^(https?|all|no)_proxy=' | sed -E 's#//[^@/]*@#//***@#'"
]);

/** A page where AWS's API should be. It is not IAM's doing, whatever the status says. */
export const proxyPage = (facts: FixContext): Fix =>
  facts.pipProxy ? ownOption(facts.pipProxy) : page(facts);

/** requests gives what pip itself was told to every host: https://requests.readthedocs.io/en/latest/user/advanced/#proxies */
const ownOption = (pipProxy: Shadow): Fix => ({
  who: 'you',
  text: trans.__(
    "Take the proxy out of pip's own configuration: with interface endpoints none is needed, and NO_PROXY has no effect on it. If other indexes need a proxy, name it in HTTPS_PROXY, and CodeArtifact in NO_PROXY."
  ),
  snippets: takeAway([pipProxy])
});

/** On the way to a service for credentials: the Internet's names may need the proxy. */
export const proxiedService = (evidence: Evidence): Fix => ({
  who: 'platform team',
  text: trans.__(
    "A proxy is on the way to %1. Let it pass %2; where an interface endpoint answers to that name, put it into NO_PROXY and restart the Jupyter server. Or use the notebook's own role, which needs neither: leave the profile empty.",
    fact(evidence, 'service'),
    fact(evidence, 'host')
  ),
  snippets: [shown]
});

const page = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: trans.__(
    "Take CodeArtifact off the proxy: put these names into NO_PROXY, and restart the Jupyter server. If no proxy is set, one on the network answers in AWS's place: your network administrator can let these names pass. Permissions in AWS are not the cause."
  ),
  snippets: [variables(facts), shown]
});

export const proxyLogin = (facts: FixContext): Fix =>
  facts.pipProxy ? ownOption(facts.pipProxy) : login(facts);

const login = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: trans.__(
    'The proxy wants to know who asks, or does not connect to this name. With interface endpoints no proxy is needed: put these names into NO_PROXY and restart the Jupyter server. Else put the user name and password into HTTPS_PROXY.'
  ),
  snippets: [variables(facts), shown]
});
