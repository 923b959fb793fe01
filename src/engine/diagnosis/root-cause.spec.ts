import { type Rung, type CheckId, type CheckVerdict, CHECK_IDS } from '../../protocol/rung';
import { rootCause } from './root-cause';

const rung = (id: CheckId, verdict: CheckVerdict, more: Partial<Rung> = {}): Rung => ({
  id,
  title: id,
  verdict,
  ms: 1,
  summary: '',
  evidence: {},
  ...more
});

describe('rootCause', () => {
  it('is the first failure in ladder order, whatever order the rungs finish in', () => {
    const rungs = [
      rung('tcp.repository', 'timeout'),
      rung('environment', 'ok'),
      rung('tcp.api', 'timeout'),
      rung('tls.api', 'skipped', { because: 'tcp.api' })
    ];
    expect(rootCause(rungs)?.id).toBe('tcp.api');
  });

  it('is none when all is well, when only S3 is away, and while all still run', () => {
    expect(rootCause(CHECK_IDS.map(id => rung(id, 'ok')))).toBeNull();
    expect(rootCause([rung('index', 'ok'), rung('s3', 'timeout')])).toBeNull();
    expect(rootCause([rung('dns.api', 'running'), rung('tcp.api', 'waiting')])).toBeNull();
    expect(rootCause([])).toBeNull();
  });

  it('is a cancelled rung only when nothing failed by itself', () => {
    expect(rootCause([rung('dns.api', 'cancelled'), rung('tcp.repository', 'timeout')])?.id).toBe(
      'tcp.repository'
    );
    expect(rootCause([rung('dns.api', 'cancelled')])?.id).toBe('dns.api');
  });
});
