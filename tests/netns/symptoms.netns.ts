// Rows of the table of 32 symptoms (testing/fixtures/diagnosis/symptoms.ts) that only a network of its own shows truly:
// public addresses that answer, routes of the notebook's own that forbid, and a cut before TLS on port 443.
import { openBench, printed, rungOf, type Answered, type Bench } from '../../testing/netns/harness';
import { describeInNamespaces } from '../../testing/netns/namespace';
import { VPC } from '../../testing/netns/vpc-network';

jest.setTimeout(90_000);

/** Nothing is waited for. All that is allowed for is a busy machine; the shortest cap, which would be a wait, is longer. */
const AT_ONCE_MS = 1900;

describeInNamespaces('symptoms of the network', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.emulator.scenario('ok'));

  const diagnose = async (): Promise<Answered> => bench.jupyter('diagnose');
  /** The notebook's own administrator, who is root already. */
  const paste = async (text: string): Promise<void> => {
    const ran = await bench.notebook.run(['bash', '-c', `sudo() { "$@"; }\n${text}`]);
    expect({ code: ran.code, text }).toEqual({ code: 0, text });
  };
  const expectOk = ({ document }: Answered): void =>
    expect({ verdict: document.verdict, summary: document.summary }).toEqual({
      verdict: 'ok',
      summary: expect.any(String)
    });

  const ROUTES = [
    ['row 11: a route that is unreachable', 'unreachable', 'EHOSTUNREACH', 'no route to'],
    ['row 12: a route that prohibits', 'prohibit', 'EACCES', 'itself forbids'],
    ['row 12: a route into nothing', 'blackhole', 'EINVAL', 'itself forbids']
  ] as const;

  it.each(ROUTES)('%s, at both endpoints, and what we print removes it', async (_, kind, code, words) => {
    for (const address of [...VPC.api, ...VPC.repositories]) {
      await bench.notebook.must(['ip', 'route', 'add', kind, `${address}/32`]);
    }
    const { document } = await diagnose();
    for (const id of ['tcp.api', 'tcp.repository'] as const) {
      const tcp = rungOf(document, id);
      expect(tcp).toMatchObject({ verdict: 'refused', evidence: { code, addressClass: 'private' } });
      expect(tcp.summary).toContain(words);
      expect(tcp.ms).toBeLessThanOrEqual(AT_ONCE_MS);
      expect(tcp.fix?.who).toBe('platform team');
      await paste(printed(tcp, 'In the notebook'));
      await paste(printed(tcp, 'If a route forbids it, remove that'));
    }
    expect(document).toMatchObject({ verdict: 'refused' });
    expectOk(await diagnose());
  });

  it('row 11: no default route', async () => {
    await bench.notebook.must(['ip', 'route', 'del', 'default']);
    try {
      const tcp = rungOf((await diagnose()).document, 'tcp.api');
      expect(tcp).toMatchObject({
        verdict: 'refused',
        evidence: { code: 'ENETUNREACH' },
        fix: { who: 'platform team', text: expect.stringContaining('default route is missing') }
      });
      expect(tcp.ms).toBeLessThanOrEqual(AT_ONCE_MS);
    } finally {
      await bench.notebook.must(['ip', 'route', 'add', 'default', 'via', VPC.router]);
    }
  });

  it('row 13: cut before TLS: somebody on the way, whichever step sees it', async () => {
    await bench.emulator.patch({ faults: { api: { kind: 'reset' } } });
    const { document } = await diagnose();
    // The cut races with the end of the connect, which may have been told by then.
    const root = document.rungs.find(each => !['ok', 'skipped'].includes(each.verdict));
    expect([
      ['tcp.api', 'refused'],
      ['tls.api', 'tls']
    ]).toContainEqual([root?.id, root?.verdict]);
    expect(root).toMatchObject({
      evidence: { code: 'ECONNRESET', cause: expect.stringMatching(/^(tcp|tls)_reset$/) },
      fix: { who: 'network administrator', text: expect.stringContaining('firewall') }
    });
    expect(root?.ms).toBeLessThanOrEqual(AT_ONCE_MS);
  });

  it('row 7: public addresses that answer: it works, with a warning on each, and the fix of row 6 takes it away', async () => {
    for (const address of [...VPC.publicApi, ...VPC.publicRepositories]) {
      await bench.vpc.must(['ip', 'address', 'add', `${address}/32`, 'dev', 'vpc0']);
    }
    await bench.emulator.gateway();
    await bench.emulator.scenario('private-dns-off');
    const answered = await diagnose();
    expectOk(answered);
    for (const id of ['tcp.api', 'tcp.repository'] as const) {
      const tcp = rungOf(answered.document, id);
      expect(tcp).toMatchObject({
        verdict: 'ok',
        warning: expect.stringContaining('is reached at a public address'),
        evidence: { addressClass: 'public' },
        fix: { who: 'network administrator', text: expect.stringMatching(/^This works, but past the endpoint/) }
      });
      expect(tcp.ms).toBeLessThanOrEqual(AT_ONCE_MS);
      const applied = await bench.emulator.apply(printed(tcp, 'If private DNS is off'));
      expect(applied).toMatchObject({ code: 0, stderr: '' });
    }
    const healed = await diagnose();
    expectOk(healed);
    expect(healed.document.rungs.filter(each => each.warning !== undefined)).toEqual([]);
  }); // prettier-ignore
});
