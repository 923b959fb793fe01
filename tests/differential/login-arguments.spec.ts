import { parseCommandLine } from '../../src/engine/cli/flags';
import { caBundleOf } from '../../src/engine/cli/login';
import { readAwsCommand } from '../../src/protocol/aws-login';
import { TOOLS } from '../../src/protocol/file';
import { python } from '../files/reference-parsers';
import { type Random, randomFrom } from './aws-configuration';
import { count, emptyTally, report, share, startJudge } from './judges';

/**
 * The AWS CLI's own parser judges what `jupyter codeartifact login` makes of its words, and what a cell's are read as.
 * More by DIFFERENTIAL=10000, others by LOGIN_SEED.
 */
const COUNT = share(60);
const SEED = Number(process.env.LOGIN_SEED ?? 20261126);
const A_JUDGE = 600;
const AT_ONCE = 20;

type Seen = Readonly<Record<string, string | number | boolean | null>>;
interface Judged {
  readonly seen: Seen | null;
  readonly said: string;
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  tool: ['pip', 'twine', 'pip', 'pip', 'nuget', 'PIP'],
  domain: ['analytics', 'd-2', 'a b', 'x=y', '-d', ''],
  'domain-owner': ['111122223333', '012345678901', '-5'],
  repository: ['isolatedsm', 'r.2', '--x'],
  'duration-seconds': ['900', '43200', '0'],
  'endpoint-type': ['dualstack', 'ipv4'],
  namespace: ['ns'],
  region: ['eu-central-1', 'us-east-1'],
  profile: ['corp', 'two words'],
  'endpoint-url': ['https://x.example'],
  'ca-bundle': ['/etc/ca.pem'],
  output: ['json', 'text'],
  query: ['a.b'],
  color: ['on', 'off'],
  'cli-read-timeout': ['5'],
  'cli-connect-timeout': ['0']
};
const SWITCHES = ['dry-run', 'debug', 'no-verify-ssl', 'no-paginate', 'no-sign-request'];
const NEEDED = ['tool', 'domain', 'repository'];

function someWords(random: Random): { before: string[]; behind: string[] } {
  const chance = (p: number) => random() < p;
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const shortened = (name: string): string =>
    chance(0.3) ? name.slice(0, 1 + Math.floor(random() * name.length)) : name;
  const option = (name: string): string[] => {
    const value = chance(0.85) ? OPTIONS[name][0] : one(OPTIONS[name]);
    const given = `--${shortened(name)}`;
    return chance(0.02) ? [given] : chance(0.3) ? [`${given}=${value}`] : [given, value];
  };
  const names = Object.keys(OPTIONS).filter(name => chance(NEEDED.includes(name) ? 0.97 : 0.12));
  const parts = [
    ...names.map(option),
    ...SWITCHES.filter(() => chance(0.06)).map(name => [`--${shortened(name)}${chance(0.05) ? '=1' : ''}`]),
    ...(chance(0.03) ? [['extra']] : []),
    ...(chance(0.03) ? [['--unknown']] : []),
    ...(chance(0.03) ? [option('domain')] : [])
  ].sort(() => random() - 0.5);
  const isGlobal = ([word]: readonly string[]) =>
    /^--(?:region|profile|endpoint-url|output)(?:=|$)/.test(word);
  const early = chance(0.3) ? parts.filter(isGlobal) : [];
  return { before: early.flat(), behind: parts.filter(part => !early.includes(part)).flat() };
}

/**
 * Values that the AWS CLI looks into while it reads the words: ours are checked with the other settings, and a tool that
 * is not ours has no cell to be offered.
 */
const ITS_VALUES = /Invalid choice|Bad value for --endpoint-url/;

/** Told apart by us alone, after the words are understood. */
const refusedLater = (seen: Seen): boolean =>
  !(TOOLS as readonly unknown[]).includes(seen.tool) ||
  (seen.namespace ?? '') !== '' ||
  (seen.namespace === '' && seen.tool === 'npm');

function ours(words: readonly string[]): unknown {
  const parsed = parseCommandLine(['login', ...words], '0');
  if (parsed.kind !== 'command') {
    return null;
  }
  const { flags, dryRun, login } = parsed.command;
  return {
    tool: login?.tool,
    domain: flags.domain,
    domainOwner: flags.domainOwner ?? null,
    repository: flags.repository,
    // What is not said, and 0, is the default of both.
    durationSeconds: flags.durationSeconds ?? 43200,
    endpointType: flags.endpointType ?? null,
    region: flags.region ?? null,
    profile: flags.profile ?? null,
    apiEndpoint: flags.apiEndpoint ?? null,
    caBundle: caBundleOf(['login', ...words]) ?? null,
    dryRun
  };
}

const theirs = (seen: Seen): unknown => ({
  tool: seen.tool,
  domain: seen.domain,
  domainOwner: seen.domain_owner,
  repository: seen.repository,
  durationSeconds: Number(seen.duration_seconds ?? 0) || 43200,
  endpointType: seen.endpoint_type,
  region: seen.region,
  profile: seen.profile,
  apiEndpoint: seen.endpoint_url,
  caBundle: seen.ca_bundle,
  dryRun: seen.dry_run
});

/** As a cell's words are read: the values alone. */
function inCell(words: readonly string[]): unknown {
  const read = readAwsCommand(words);
  if (read === null || 'message' in read || read.operation !== 'login') {
    return null;
  }
  const value = (name: string) => read.values[name]?.text ?? null;
  return [value('tool'), value('domain'), value('repository'), value('region'), value('profile')];
}

it(`understands ${COUNT} lists of words as the AWS CLI does`, async () => {
  const start = () => startJudge<readonly string[], Judged[]>(python, 'awscli-judge.py');
  let judge = start();
  const random = randomFrom(SEED);
  const differences: unknown[] = [];
  let refused = 0;
  const tally = emptyTally();
  for (let done = 0; done < COUNT; done += AT_ONCE) {
    if (done > 0 && done % A_JUDGE === 0) {
      // The AWS CLI's sessions leave handlers behind: each costs the next some time.
      await judge.stop();
      judge = start();
    }
    const lists = Array.from({ length: AT_ONCE }, () => someWords(random));
    const answers = await judge.ask(
      lists.map(({ before, behind }) => [...before, 'codeartifact', 'login', ...behind])
    );
    lists.forEach(({ before, behind }, i) => {
      const { seen, said } = answers[i];
      const words = [...before, 'codeartifact', 'login', ...behind];
      const cell = inCell(words);
      const complete = Array.isArray(cell) && cell.slice(0, 3).every(value => value !== null);
      // What a tool may be called is not asked in a cell.
      if (seen !== null) {
        const all = [seen.tool, seen.domain, seen.repository, seen.region, seen.profile];
        const isOther = JSON.stringify(cell) !== JSON.stringify(all);
        if (isOther) {
          differences.push({ what: 'in a cell', words, ours: cell, theirs: all });
        }
        const mine = ours([...before, ...behind]);
        const right = refusedLater(seen) ? null : theirs(seen);
        const isUnlike = JSON.stringify(mine) !== JSON.stringify(right);
        if (isUnlike) {
          differences.push({ what: 'login', words, ours: mine, theirs: right });
        }
        count(tally, true, mine !== null || right === null, isOther || isUnlike);
      } else {
        refused += 1;
        const isException = ITS_VALUES.test(said);
        tally.exceptions += Number(isException);
        const mine = ours([...before, ...behind]);
        count(tally, false, !isException && (complete || mine !== null));
        if (isException) {
          return;
        }
        if (complete) {
          differences.push({ what: 'a cell with words that are refused', words, ours: cell, theirs: said });
        }
        if (mine !== null) {
          differences.push({ what: 'accepted', words, ours: mine, theirs: said });
        }
      }
    });
  }
  await judge.stop();
  report('AWS CLI: words behind login', tally, differences);
  if (process.env.LOGIN_REPORT) {
    console.log(
      JSON.stringify({ COUNT, SEED, accepted: tally.working, refused, differences: differences.length })
    );
    differences.slice(0, 12).forEach(one => console.log(JSON.stringify(one)));
  }
  expect(differences.slice(0, 3)).toEqual([]);
  expect({ accepted: tally.working > COUNT / 4, refused: refused > COUNT / 10 }).toEqual({
    accepted: true,
    refused: true
  });
}, 3_600_000);
