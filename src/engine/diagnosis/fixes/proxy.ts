import type { Fix } from '../../../protocol/fix';
import type { FixContext } from './fix-facts';
import { bash, comment, word } from './shell';

/** Names that must not go through a proxy when endpoints are private; the address is the instance's metadata. */
const exempt = (facts: FixContext): string => {
  const direct = ['.amazonaws.com', '169.254.169.254', '169.254.170.2'];
  const others = [facts.apiHost, facts.repositoryHost].filter(h => h !== '' && !h.endsWith('.amazonaws.com'));
  return [...direct, ...others].join(',');
};

const variables = (facts: FixContext) =>
  bash('Go past the proxy', [
    comment('In the environment of the Jupyter server (lifecycle configuration, service file or ~/.profile)'),
    `export NO_PROXY="\${NO_PROXY:+$NO_PROXY,}"${word(exempt(facts))}`,
    'export no_proxy="$NO_PROXY"'
  ]);

const shown = bash('Which proxy is set', [
  comment('Without passwords'),
  "env | grep -i -E '^(https?|all|no)_proxy=' | sed -E 's#//[^@/]*@#//***@#'"
]);

/** A page where AWS's API should be. It is not IAM's doing, whatever the status says. */
export const proxyPage = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: "Take CodeArtifact off the proxy: put .amazonaws.com into NO_PROXY, and restart the Jupyter server. If no proxy is set, one on the network answers in AWS's place: your network administrator can let these names pass. Permissions in AWS are not the cause.",
  snippets: [variables(facts), shown]
});

export const proxyLogin = (facts: FixContext): Fix => ({
  who: 'platform team',
  text: 'The proxy wants to know who asks, or does not connect to this name. With interface endpoints no proxy is needed: put .amazonaws.com into NO_PROXY and restart the Jupyter server. Else put the user name and password into HTTPS_PROXY.',
  snippets: [variables(facts), shown]
});
