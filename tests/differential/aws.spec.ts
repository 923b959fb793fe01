import { isDeepStrictEqual } from 'node:util';
import { apiEndpoint } from '../../src/engine/core/settings/endpoints';
import { endpointOptions } from '../../src/engine/core/settings/endpoint-options';
import { askPlan } from '../../src/engine/aws/ask';
import { readConfiguration } from '../../src/engine/aws/config-files';
import { type CredentialPlan, planCredentials } from '../../src/engine/aws/credential-plan';
import { findRegion } from '../../src/engine/aws/region';
import { namedEndpoint, serviceEndpoint } from '../../src/engine/aws/service-endpoint';
import { shellWords } from '../../src/engine/aws/shell-words';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings';
import { aRuntime, files, never } from '../../testing/fixtures/aws/fake-runtime';
import { python } from '../files/reference-parsers';
import { type Configuration, randomFrom, someConfiguration } from './aws-configuration';
import { count, emptyTally, report, share, startJudge } from './judges';

/**
 * botocore judges our reading of ~/.aws: Region, endpoints, the source of the credentials. More configurations by
 * DIFFERENTIAL=10000, others by AWS_SEED.
 */
const COUNT = share(1000);
const SEED = Number(process.env.AWS_SEED ?? 20261126);

/** For what both sides are asked where nobody names a Region. */
const SOME_REGION = 'eu-west-1';

type Answer = Record<string, unknown>;

/**
 * Where we mean to differ. Each is a change to the configuration that botocore is asked about: with it, both must say
 * the same.
 */
const EXCEPTIONS: Record<string, { why: string; change: (one: Configuration) => Configuration }> = {
  'AWS_REGION first': {
    why: 'AWS CLI 2 and the SDKs read it; botocore, and so AWS CLI 1, does not',
    change: one =>
      one.env.AWS_REGION ? { ...one, env: { ...one.env, AWS_DEFAULT_REGION: one.env.AWS_REGION } } : one
  },
  'an empty variable is not set': {
    why: 'services and images export empty ones; botocore looks for the profile "" or the Region ""',
    change: one => ({
      ...one,
      env: Object.fromEntries(
        Object.entries(one.env).filter(
          ([name, value]) =>
            value !== '' || !/PROFILE|REGION|CONTAINER|_FILE$/.test(name) || name.includes('WEB_')
        )
      )
    })
  },
  'a byte-order mark is skipped': {
    why: 'editors on Windows write it, and it changes nothing',
    change: one => ({
      ...one,
      config: one.config?.replace(/^\uFEFF/, '') ?? null,
      credentials: one.credentials?.replace(/^\uFEFF/, '') ?? null
    })
  }
};

/** Where botocore would go on and we cannot, or the other way round: by what was answered. */
const ANSWERS: Record<string, { why: string; when: (ours: Answer, theirs: Answer) => boolean }> = {
  'a code of an MFA device': {
    why: 'botocore asks at the terminal; a panel has none',
    when: (ours, theirs) => ours.broken === 'role_mfa' && JSON.stringify(theirs).includes('"mfa":true')
  },
  'an empty key': {
    why: 'botocore signs with it, and AWS refuses; we say at once what is missing',
    when: (ours, theirs) =>
      ours.broken === 'secret_key_missing' &&
      (innermost(theirs).key === '' || innermost(theirs).secret === '')
  },
  'a bug of botocore': {
    why: 'a word where it expects a block, such as `s3 =`, ends it with an AttributeError',
    when: (_, theirs) => String(theirs.broken).startsWith("AttributeError: 'str' object")
  },
  'a program without a name': {
    why: 'botocore starts nothing and stops with an IndexError',
    when: (ours, theirs) =>
      ours.broken === 'process_unreadable' && JSON.stringify(innermost(theirs).words) === '[]'
  }
};

const asAnswer = (value: unknown): Answer =>
  typeof value === 'object' && value !== null ? (value as Answer) : {};

const isNotBroken = (answer: Answer): boolean => answer.broken === undefined;

const innermost = (answer: Answer): Answer =>
  typeof answer.from === 'object' ? innermost(answer.from as Answer) : answer;

const HOME = '/home/me';

/** The same question to us. */
async function ours(one: Configuration): Promise<Answer> {
  const env = Object.fromEntries(
    Object.entries(one.env).map(([k, v]) => [k, k.endsWith('FILE') ? v.replace('@', HOME) : v])
  );
  // "$HOME" is a variable of the environment as well.
  const runtime = aRuntime({ HOME, ...env, AWS_EC2_METADATA_DISABLED: 'true' }, { home: HOME });
  const texts: Record<string, string> = {};
  const at = (name: 'config' | 'credentials') => `${HOME}/.aws/${name}`;
  for (const name of ['config', 'credentials'] as const) {
    if (one[name] !== null) {
      texts[at(name)] = one[name];
    }
  }
  const readText = files(texts);
  const configuration = await readConfiguration(runtime, { profile: one.profile }, readText);
  if (configuration.broken) {
    return { broken: configuration.broken.cause === 'profile_missing' ? 'profile' : 'unparsable' };
  }
  // With an endpoint of its own, so that the Region alone is judged.
  const settings = { ...DEFAULT_SETTINGS, profile: one.profile, apiEndpoint: 'https://x.example' };
  const found = await findRegion(runtime, settings, readText, never());
  const named = namedEndpoint(runtime.env, configuration, 'codeartifact');
  const merged = configuration.profile?.merged ?? {};
  const region = found.ok ? found.value.region : null;
  const api = named.ok
    ? apiEndpoint(DEFAULT_SETTINGS, region ?? SOME_REGION, runtime.env, {
        ...(named.value ? { named: named.value } : {}),
        options: endpointOptions(runtime.env, merged)
      })
    : undefined;
  const service = (which: 'sts' | 'sso', where: string) => {
    const endpoint = serviceEndpoint(runtime.env, configuration, which, where);
    return endpoint.ok ? endpoint.value.url : { broken: endpoint.failure.evidence.problem };
  };
  const { plan } = planCredentials(runtime.env, configuration);
  const credentials = await told(plan);
  const sso = innermost(credentials);
  return {
    region,
    endpoint: api ? api.url : { broken: 'services_missing' },
    credentials,
    caBundle: runtime.env.AWS_CA_BUNDLE || merged.ca_bundle || null,
    ...(['role', 'web-identity', 'role_mfa'].includes(String(credentials.kind ?? credentials.broken))
      ? { sts: service('sts', region ?? SOME_REGION) }
      : {}),
    ...(sso.kind === 'sso' ? { sso: service('sso', String(sso.region)) } : {})
  };

  async function told(step: CredentialPlan): Promise<Answer> {
    switch (step.kind) {
      case 'broken':
        return { broken: step.failure.evidence.problem };
      case 'role': {
        const from = await told(step.from);
        if (from.broken !== undefined) {
          return from;
        }
        return {
          kind: 'role',
          roleArn: step.roleArn,
          externalId: step.externalId ?? null,
          durationSeconds: step.durationSeconds ?? null,
          mfa: false,
          sessionName: step.sessionName ?? null,
          from
        };
      }
      case 'web-identity': {
        const { kind, roleArn, tokenFile } = step;
        return { kind, roleArn, tokenFile, sessionName: step.sessionName ?? null };
      }
      case 'sso': {
        const { kind, accountId, roleName, startUrl, region: where, session = null } = step;
        return { kind, accountId, roleName, startUrl, region: where, session };
      }
      case 'process': {
        const words = shellWords(step.command);
        return words && words.length > 0 ? { kind: 'process', words } : { broken: 'process_unreadable' };
      }
      case 'login':
        return { kind: 'login', session: step.session };
      case 'environment':
      case 'keys': {
        const asked = await askPlan(runtime, { configuration, region: SOME_REGION, readText }, step, never());
        return asked.kind === 'found'
          ? {
              kind: step.kind,
              key: asked.keys.accessKeyId,
              secret: asked.keys.secretAccessKey,
              token: asked.keys.sessionToken ?? null
            }
          : { broken: asked.kind === 'broken' ? asked.failure.evidence.problem : 'none' };
      }
      default:
        return { kind: step.kind };
    }
  }
}

/** What is judged in one row of the table: fields of the answers. */
const ROWS: Record<string, readonly string[]> = {
  'botocore: credentials': ['credentials'],
  'botocore: Region and endpoints': ['region', 'endpoint', 'sts', 'sso', 'caBundle']
};
const BATCH = 50;

interface Difference {
  readonly number: number;
  readonly field: string;
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly configuration: Configuration;
}

it(`reads ${COUNT} configurations as botocore does`, async () => {
  // Two at a time: botocore takes most of the time, and a process has one core.
  const judges = [0, 1].map(() => startJudge<Configuration, Answer[]>(python, 'botocore-judge.py'));
  const random = randomFrom(SEED);
  const differences: Difference[] = [];
  const used: Record<string, number> = {};
  const kinds: Record<string, number> = {};
  const all = Array.from({ length: COUNT }, () => someConfiguration(random));
  const tallies = Object.keys(ROWS).map(() => emptyTally());
  const askedOf = (configuration: Configuration): Configuration => {
    let asked = configuration;
    for (const [name, { change }] of Object.entries(EXCEPTIONS)) {
      const changed = change(asked);
      if (JSON.stringify(changed) !== JSON.stringify(asked)) {
        used[name] = (used[name] ?? 0) + 1;
      }
      asked = changed;
    }
    return asked;
  };
  const compare = async (number: number, theirs: Answer) => {
    const configuration = all[number];
    const mine = await ours(configuration);
    const meantFields = new Set<string>();
    const before = differences.length;
    const credentials = theirs.credentials as Answer | undefined;
    const kind = String(theirs.broken ?? credentials?.broken ?? credentials?.kind);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      // What ends the search by a meant difference leaves no service to be asked.
      const ended = ['sts', 'sso'].includes(field) && asAnswer(mine.credentials).broken !== undefined;
      if (ended || isDeepStrictEqual(mine[field] ?? null, theirs[field] ?? null)) {
        continue;
      }
      const meant = Object.entries(ANSWERS).find(([, { when }]) =>
        when(asAnswer(mine[field]), asAnswer(theirs[field]))
      );
      if (meant) {
        used[meant[0]] = (used[meant[0]] ?? 0) + 1;
        meantFields.add(field);
      } else {
        differences.push({ number, field, ours: mine[field], theirs: theirs[field], configuration });
      }
    }
    const unlike = differences.slice(before).map(({ field }) => field);
    Object.values(ROWS).forEach((fields, row) => {
      const isWhole = (answer: Answer) =>
        [answer, ...fields.map(field => asAnswer(answer[field]))].every(isNotBroken);
      const isMeant = fields.some(field => meantFields.has(field));
      const isOther = ['broken', ...fields].some(field => unlike.includes(field));
      count(tallies[row], isWhole(theirs), isMeant ? isWhole(theirs) : isWhole(mine), isOther);
      tallies[row].exceptions += Number(isMeant);
    });
  };
  let next = 0;
  await Promise.all(
    judges.map(async judge => {
      while (next < COUNT) {
        const first = next;
        next = Math.min(first + BATCH, COUNT);
        const theirs = await judge.ask(all.slice(first, next).map(askedOf));
        for (const [i, answer] of theirs.entries()) {
          await compare(first + i, answer);
        }
      }
      await judge.stop();
    })
  );
  Object.keys(ROWS).forEach((row, i) =>
    report(
      row,
      tallies[i],
      differences.filter(({ field }) => [...ROWS[row], 'broken'].includes(field))
    )
  );
  if (process.env.AWS_REPORT) {
    console.log(JSON.stringify({ COUNT, SEED, differences: differences.length, used, kinds }));
    differences.slice(0, 40).forEach(one => console.log(JSON.stringify(one)));
  }
  expect(differences.slice(0, 5)).toEqual([]);
  // An exception that nothing needs is none.
  expect(Object.keys(used).sort()).toEqual([...Object.keys(EXCEPTIONS), ...Object.keys(ANSWERS)].sort());
}, 3_600_000);
