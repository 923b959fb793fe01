import type { Fix, Snippet } from '../../../protocol/fix';
import { type Evidence, fact } from '../../core/evidence';
import type { FixContext } from './fix-facts';
import { CODEARTIFACT_REGIONS } from '../../core/settings/regions';
import { aws, bash, comment, guarded, into, raw, variable, word } from './shell';
import { yaml } from './snippet';
import { trans } from '../../core/say';

export const domains = (facts: FixContext): Snippet =>
  bash(trans.__('Domains of your own account in this Region'), [
    aws('codeartifact list-domains', {
      region: facts.region,
      query: 'domains[].[name,owner]',
      output: 'text'
    })
  ]);

/** The notebook's Region is not always the domain's. */
export const everyRegion = (): Snippet =>
  bash(trans.__('Domains of your own account in every Region'), [
    comment('For an administrator outside the isolated network: inside it each Region is a timeout'),
    'export AWS_MAX_ATTEMPTS=1',
    `for REGION in ${CODEARTIFACT_REGIONS.join(' ')}; do`,
    `${aws('codeartifact list-domains', {
      region: variable('REGION'),
      query: 'domains[].[name,owner]',
      output: 'text',
      'cli-connect-timeout': '2'
    })} | sed "s/^/$REGION /"`,
    'done'
  ]);

const repositories = (facts: FixContext) =>
  bash(trans.__('Repositories of the domain'), [
    aws('codeartifact list-repositories-in-domain', {
      region: facts.region,
      domain: facts.domain,
      'domain-owner': facts.domainOwner,
      query: 'repositories[].name',
      output: 'text'
    })
  ]);

/** A name that AWS does not know: Region, owner, domain and repository are where it goes wrong. */
export function notFound(evidence: Evidence, facts: FixContext): Fix {
  const type = fact(evidence, 'resourceType');
  if (type === 'repository' || (type === '' && facts.rung === 'endpoint')) {
    return repositoryNotFound(facts);
  }
  if (type === 'domain' || type === '') {
    return {
      who: 'you',
      text: trans.__(
        "Compare three settings with the repository's connection instructions: the domain (%1), its owner (%2: the account that owns the domain, which need not be your own), and the Region (%3).",
        facts.domain,
        facts.domainOwner || trans.__('not set'),
        facts.region
      ),
      snippets: [domains(facts), everyRegion()]
    };
  }
  return {
    who: 'you',
    text: trans.__('Look for the right name of this %1 in the repository.', type),
    snippets: [repositories(facts)]
  };
}

export const repositoryNotFound = (facts: FixContext): Fix => ({
  who: 'you',
  text: trans.__(
    'The domain %1 is there, but has no repository of the name %2 in %3 that you may see. Choose one of the repositories in the settings; capitals count.',
    facts.domain,
    facts.repository,
    facts.region
  ),
  snippets: [
    repositories(facts),
    bash(trans.__('Then'), [
      `jupyter codeartifact connect --repository ${facts.repository === '' ? 'NAME' : word(facts.repository)}`
    ])
  ]
});

/** There are upstreams, and none of them is connected. A repository has at most one external connection. */
export const noPublicSource = (facts: FixContext, upstreams: readonly string[]): Fix => {
  const { domain, domainOwner, region } = facts;
  return {
    who: 'platform team',
    text: trans.__(
      'Connect the upstream that mirrors PyPI (here %1), unless the repository is meant to hold internal packages only.',
      upstreams.join(', ')
    ),
    snippets: [
      bash(trans.__('Connect it to PyPI'), [
        guarded([
          `STORE=${word(upstreams[0] ?? 'pypi-store')}`,
          aws('codeartifact associate-external-connection', {
            region,
            domain,
            'domain-owner': domainOwner,
            repository: variable('STORE'),
            'external-connection': 'public:pypi'
          })
        ])
      ]),
      yaml(trans.__('CloudFormation: the property of the upstream that is there; other properties stay'), {
        ExternalConnections: ['public:pypi']
      })
    ]
  };
};

/** Packages come from upstreams and external connections; without any there is only what was published. */
export const noUpstream = (facts: FixContext): Fix => {
  const { domain, domainOwner, region, repository } = facts;
  const there = { region, domain, 'domain-owner': domainOwner };
  return {
    who: 'platform team',
    text: trans.__(
      'Give %1 an upstream repository that is connected to PyPI. The command keeps upstreams that are there already: AWS replaces the list as a whole. In CloudFormation the property Upstreams names all of them.',
      repository
    ),
    snippets: [
      bash(trans.__('If no repository is connected to PyPI yet'), [
        guarded([
          aws('codeartifact create-repository', { ...there, repository: 'pypi-store', description: 'PyPI' }),
          aws('codeartifact associate-external-connection', {
            ...there,
            repository: 'pypi-store',
            'external-connection': 'public:pypi'
          })
        ])
      ]),
      bash(trans.__('Make it an upstream'), [
        guarded([
          'STORE=pypi-store',
          comment('Upstreams that are there keep their order; the new one comes last'),
          into(
            'UPSTREAMS',
            aws('codeartifact describe-repository', {
              ...there,
              repository,
              query: "join(' ', repository.upstreams[].join('', ['repositoryName=', repositoryName]))",
              output: 'text'
            })
          ),
          aws('codeartifact update-repository', {
            ...there,
            repository,
            upstreams: [raw('$UPSTREAMS'), raw('"repositoryName=$STORE"')]
          })
        ])
      ]),
      yaml(trans.__('CloudFormation: the property of the repository that is there; other properties stay'), {
        Upstreams: ['pypi-store']
      })
    ]
  };
};
