import type { Fix } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { hostOf } from './network-parts';
import { unopened } from './proxy';
import { serverEnvironment } from './server-environment';
import { bash, blanks, comment, word } from './shell';
import { together, trans } from '../../core/say';

/** An issuer nobody here knows: a proxy opens TLS. Trust its authority, or let AWS's names pass unopened. */
export function untrusted(evidence: Evidence, facts: FixContext): Fix {
  const host = hostOf(facts);
  const issuer = fact(evidence, 'issuer');
  const by =
    issuer === ''
      ? trans.__('the certificate authority of your proxy')
      : trans.__('the certificate authority %1', issuer);
  return {
    who: 'platform team',
    text: trans.__(
      'Best: let the proxy pass %2 unopened, or make the endpoint private so that no proxy is on the way. Else give the notebook a file with %1 beside the public ones, and name it to pip, to uv and to the AWS tools.',
      by,
      fact(evidence, 'service') === '' ? unopened(facts) : host
    ),
    snippets: [
      bash(trans.__('Who issued the certificate'), [
        `openssl s_client -connect ${word(host)}:443 -servername ${word(host)} -showcerts < /dev/null`
      ]),
      serverEnvironment(
        trans.__('Trust it'),
        [
          ...blanks([
            {
              name: 'CA_FILE',
              value: '/REPLACE/ca-bundle.pem',
              what: "the company's authorities and the public ones, PEM"
            }
          ]),
          comment('pip reads its own configuration; the others read these variables'),
          'python3 -m pip config set global.cert "$CA_FILE"'
        ],
        ['AWS_CA_BUNDLE', 'PIP_CERT', 'SSL_CERT_FILE'].map(name => `export ${name}=$CA_FILE`)
      )
    ]
  };
}

/** The certificate is not valid at this machine's time. */
export function clock(text: string): Fix {
  return {
    who: 'platform team',
    text,
    snippets: [
      bash(trans.__('Set the clock by the Amazon Time Sync Service'), [
        comment('It answers at this address in every VPC, without any endpoint'),
        "grep -qs 169.254.169.123 /etc/chrony.conf || echo 'server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4' | sudo tee -a /etc/chrony.conf",
        'sudo systemctl restart chronyd',
        'sudo chronyc makestep',
        'chronyc tracking'
      ])
    ]
  };
}

/** Something that is no TLS server, or one of long ago, stands where the endpoint should be. */
export const notTheEndpoint = (facts: FixContext, what: string): Fix => ({
  who: 'network administrator',
  text: together(
    what,
    trans.__(
      "AWS's endpoints speak TLS 1.2 and 1.3 on port 443: something else stands in their place, such as a proxy. Look what the name leads to, and take it off the way."
    )
  ),
  snippets: [
    bash(trans.__('In the notebook'), [
      `getent ahosts ${word(hostOf(facts))}`,
      `openssl s_client -connect ${word(hostOf(facts))}:443 -servername ${word(hostOf(facts))} < /dev/null`,
      "env | grep -i -E '^(https?|all|no)_proxy=' | sed -E 's#//[^@/]*@#//***@#'"
    ])
  ]
});
