// Verdicts where names and addresses decide: what each broken piece of the VPC looks like from the notebook, how long
// the verdict takes, and that the text we print for it heals it when an administrator runs it as it stands.
import { openBench, printed, rungOf, type Answered, type Bench } from '../../testing/netns/harness';
import { patchesOf } from '../fixes/cloudformation';
import { describeInNamespaces } from '../../testing/netns/namespace';
import { VPC } from '../../testing/netns/vpc-network';
import type { CheckId } from '../../src/protocol/rung';
import type { Verdict } from '../../src/protocol/verdict';

jest.setTimeout(90_000);

interface Case {
  readonly name: string;
  readonly scenario?: string;
  readonly patch?: unknown;
  readonly verdict: Verdict;
  readonly rung: CheckId;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly who: string;
  /** Titles of the texts to run; nothing of them is changed but the variables under "Fill in once". */
  readonly run: readonly string[];
}

const publicApi = { addressClass: 'public', addresses: [...VPC.publicApi] };
const MISSING = 'If the endpoint is missing';
const PRIVATE_DNS = 'If private DNS is off';
const network = 'network administrator';

const CASES: readonly Case[] = [
  { name: 'row 6: no endpoint at all', scenario: 'no-endpoints', verdict: 'timeout', rung: 'tcp.api', evidence: publicApi, who: network, run: [MISSING] },
  { name: 'row 6: the api endpoint is missing', scenario: 'api-missing', verdict: 'timeout', rung: 'tcp.api', evidence: publicApi, who: network, run: [MISSING] },
  { name: 'row 6: half open: the repositories endpoint is missing', scenario: 'repositories-missing', verdict: 'timeout', rung: 'tcp.repository', evidence: { addressClass: 'public', addresses: [...VPC.publicRepositories] }, who: network, run: [MISSING] },
  { name: 'row 6: private DNS is off', scenario: 'private-dns-off', verdict: 'timeout', rung: 'tcp.api', evidence: publicApi, who: network, run: [PRIVATE_DNS] },
  { name: "row 6: the VPC's DNS hostnames are off", scenario: 'no-dns-hostnames', verdict: 'timeout', rung: 'tcp.api', evidence: publicApi, who: network, run: [PRIVATE_DNS] },
  { name: "row 8: the endpoints' security group", scenario: 'security-group', verdict: 'timeout', rung: 'tcp.api', evidence: { addressClass: 'private' }, who: network, run: ['Open port 443 to the notebook'] },
  { name: "row 8: the notebook's own security group", scenario: 'egress', verdict: 'timeout', rung: 'tcp.api', evidence: { addressClass: 'private' }, who: network, run: ["If the notebook's own group limits what goes out"] },
  { name: 'row 4: the VPC has no DNS', patch: { vpc: { enableDnsSupport: false } }, verdict: 'dns', rung: 'dns.api', evidence: {}, who: network, run: ["If the VPC's DNS is off"] }
]; // prettier-ignore

/** Verdicts come within this on the engine's own clock: 3.3 s of patience and what goes before. */
const VERDICT_MS = 3500;

describeInNamespaces('a broken VPC', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  const diagnose = async (): Promise<Answered> => bench.jupyter('diagnose');

  it.each(CASES)('$name: verdict, time, and a fix that fixes', async each => {
    await bench.emulator.scenario(each.scenario ?? 'ok');
    await bench.emulator.patch(each.patch ?? {});
    const { document } = await diagnose();
    const rung = rungOf(document, each.rung);
    expect({ verdict: document.verdict, rung: rung.verdict }).toEqual({
      verdict: each.verdict,
      rung: each.verdict
    });
    expect(rung.evidence).toMatchObject(each.evidence);
    expect(rung.ms).toBeLessThanOrEqual(VERDICT_MS);
    expect(rung.fix?.who).toBe(each.who);
    for (const title of each.run) {
      const applied = await bench.emulator.apply(printed(rung, title));
      expect(applied).toMatchObject({ code: 0, stderr: '' });
    }
    const healed = await diagnose();
    expect({ verdict: healed.document.verdict, summary: healed.document.summary }).toEqual({
      verdict: 'ok',
      summary: expect.any(String)
    });
  });

  const stacks = CASES.filter(each => ['no-endpoints', 'api-missing', 'repositories-missing', 'security-group'].includes(each.scenario ?? '')); // prettier-ignore

  it.each(stacks)('$name: the CloudFormation that we print heals as well', async each => {
    await bench.emulator.scenario(each.scenario ?? 'ok');
    const { document } = await diagnose();
    const yaml = rungOf(document, each.rung).fix?.snippets.find(one => one.language === 'yaml');
    for (const patch of patchesOf(yaml?.text ?? '', await bench.emulator.world())) {
      await bench.emulator.patch(patch);
    }
    const healed = await diagnose();
    expect({ verdict: healed.document.verdict, summary: healed.document.summary }).toEqual({
      verdict: 'ok',
      summary: expect.any(String)
    });
  });

  it('row 9: two of three addresses dead: ok, with each named and a fix of its own', async () => {
    await bench.emulator.scenario('ok');
    await bench.emulator.patch({ endpoints: { api: { deadAddresses: ['10.0.1.10', '10.0.3.10'] } } });
    const { document, code } = await diagnose();
    expect({ code, verdict: document.verdict }).toEqual({ code: 0, verdict: 'ok' });
    const tcp = rungOf(document, 'tcp.api');
    expect(tcp.evidence.deadAddresses).toEqual(['10.0.1.10', '10.0.3.10']);
    expect(tcp.warning).toMatch(
      /^2 of the API endpoint's three addresses do not answer\..* No answer: 10\.0\.1\.10, 10\.0\.3\.10\.$/
    );
    expect(tcp.fix?.text).toContain('its security group is right');
    expect(await bench.emulator.apply(printed(tcp, 'If a network ACL is in the way'))).toMatchObject({
      code: 0,
      stderr: ''
    });
  });

  it('two endpoints in two states: the fix of the one that is missing leaves the other alone', async () => {
    await bench.emulator.scenario('repositories-missing');
    await bench.emulator.patch({ endpoints: { api: { securityGroupOpen: false } } });
    const { document } = await diagnose();
    expect(rungOf(document, 'tcp.api').fix?.text).toContain('security group');
    const repositories = rungOf(document, 'tcp.repository');
    expect(printed(repositories, MISSING)).toContain('codeartifact.repositories');
    expect(printed(repositories, MISSING)).not.toContain('codeartifact.api');
  });

  it('row 24: the clock: said with its seconds before anything else, and set by the text we print', async () => {
    await bench.emulator.scenario('clock-skew');
    const { document } = await diagnose();
    expect(document.verdict).toBe('clock_skew');
    const broken = document.rungs.find(each => each.verdict === 'clock_skew');
    expect(broken?.evidence.skewSeconds).toEqual(expect.any(Number));
    expect(await bench.emulator.apply(printed(broken ?? rungOf(document, 'environment')))).toMatchObject({
      code: 0
    });
    expect((await diagnose()).document.verdict).toBe('ok');
  });
});
