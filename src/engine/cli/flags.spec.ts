import * as fc from 'fast-check';
import { parseCommandLine } from './flags';

const command = (line: string) => {
  const result = parseCommandLine(line.split(' ').filter(Boolean), '0.0.0');
  if (result.kind !== 'command') {
    throw new Error(JSON.stringify(result));
  }
  return result.command;
};
const wrong = (line: string) => {
  const result = parseCommandLine(line.split(' ').filter(Boolean), '0.0.0');
  return result.kind === 'wrong' ? result.message : `(${result.kind})`;
};

describe('the command line', () => {
  it('keeps an account id with a leading zero as text', () => {
    expect(command('connect --domain-owner 012345678901').flags).toEqual({ domainOwner: '012345678901' });
  });

  it('takes every kind of setting as a flag', () => {
    const { flags, json } = command(
      'connect --duration-seconds 3600 --tools pip,uv --tools twine --no-auto-refresh --json'
    );
    expect(flags).toEqual({ durationSeconds: 3600, tools: ['pip', 'uv', 'twine'], autoRefresh: false });
    expect(json).toBe(true);
  });

  it('is a drop-in for aws codeartifact login', () => {
    const line =
      'login --tool pip --repository isolatedsm --domain analytics --domain-owner 111122223333 --region us-east-1 --duration-seconds 900 --endpoint-type ipv4 --profile dev --dry-run';
    expect(command(line)).toMatchObject({
      verb: 'login',
      dryRun: true,
      flags: {
        tools: ['pip'],
        repository: 'isolatedsm',
        domain: 'analytics',
        domainOwner: '111122223333',
        region: 'us-east-1',
        durationSeconds: 900,
        endpointType: 'ipv4',
        profile: 'dev'
      }
    });
    expect(
      command('login --tool uv --domain d2 --repository rr --endpoint-url https://x.example').flags
    ).toMatchObject({
      apiEndpoint: 'https://x.example'
    });
    // An empty value of these is as none there.
    const empty = ['--endpoint-type=', '--domain-owner='].join(' ');
    expect(command(`login --tool pip --domain d2 --repository rr ${empty}`).flags).toEqual({
      tools: ['pip'],
      domain: 'd2',
      repository: 'rr'
    });
  });

  it.each([
    ['conect', 'Did you mean "connect"?'],
    ['frobnicate', 'There is no verb "frobnicate".'],
    ['connect --domian x', 'Did you mean --domain?'],
    ['connect --domain', '--domain needs a value'],
    ['connect --json=yes', 'takes no value'],
    ['connect analytics', 'one word too many'],
    ['diagnose --rung dns', 'There is no rung "dns"'],
    ['policy --for me', '--for takes one of'],
    ['policy --as yaml', '--as takes one of'],
    ['policy --for domain --role x --account 1', 'not both'],
    ['policy --for domain --role notebooks', 'is not the ARN of a role'],
    ['policy --for domain --account 1234', '12 digits'],
    ['policy --for domain --organization x', 'is not the ID of an organization'],
    ['policy --for role --account 111122223333', '--for role takes --role only'],
    ['login --domain d --repository r', 'login needs --tool'],
    ['login --tool nuget --domain d --repository r', 'use "aws codeartifact login --tool nuget".'],
    ['login --tool maven --domain d --repository r', 'in settings.xml.'],
    ['login --tool nope --domain d --repository r', 'it takes pip'],
    ['login --tool pip --do d --repository r', '--do could be any of --domain, --domain-owner'],
    [
      'login --tool pip --namespace x --domain d --repository r',
      'Argument --namespace is not supported for pip'
    ],
    [
      'login --tool npm --namespace x --domain d --repository r',
      'leave it out, and npm takes the packages of @x and of every other scope'
    ],
    ['login --tool npm --namespace .x --domain d --repository r', 'is no scope of npm']
  ])('answers "%s" with one plain sentence', (line, part) => {
    expect(wrong(line)).toContain(part);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom('connect', '--json', '--domain', '-', '--', '--rung', '-h')),
          { maxLength: 6 }
        ),
        words => {
          expect(['command', 'text', 'wrong']).toContain(parseCommandLine(words, '0').kind);
        }
      ),
      { numRuns: 2000, seed: 1 }
    );
  });
});
