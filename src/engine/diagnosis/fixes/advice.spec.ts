import { fixForS3, fixForWarning } from './advice';
import { someConcern } from '../../../../testing/fixtures/diagnosis/a-failure';
import { FACTS } from '../../../../testing/fixtures/diagnosis/fix-facts';

const all = (fix: { text: string; snippets: readonly { text: string }[] }) =>
  [fix.text, ...fix.snippets.map(s => s.text)].join('\n');

/** Rows of the table of symptoms that are warnings, not failures. */
describe('fixForWarning', () => {
  it('row 7: a public path that works is told to pass the endpoint policy by', () => {
    const fix = fixForWarning(someConcern('public_path'), FACTS);
    expect(fix.text).toMatch(/^This works, but past the endpoint and its policy/);
    expect(all(fix)).toContain('create-vpc-endpoint');
  });

  it('row 9: names the dead address, and asks for its subnet only', () => {
    const facts = {
      ...FACTS,
      addressClass: 'private' as const,
      addresses: [{ address: '10.0.1.41' }, { address: '10.0.3.18', error: 'ETIMEDOUT' }]
    };
    const fix = fixForWarning(someConcern('dead_addresses'), facts);
    expect(fix.text).toContain('the subnet that holds 10.0.3.18');
    expect(all(fix)).toContain('Values=10.0.3.18 ');
    expect(all(fix)).not.toContain('10.0.1.41');
  });

  it('row 31: a missing S3 endpoint is never presented as something that pip needs', () => {
    expect(fixForS3('s3_unreachable', FACTS).text).toMatch(/^pip does not need this/);
  });

  it('row 32: nor is its policy, with the assets of the Region', () => {
    const denied = fixForS3('s3_denied', FACTS);
    expect(denied.text).toMatch(/^pip does not need this/);
    expect(all(denied)).toContain('arn:aws:s3:::assets-769407342218-eu-central-1/*');
  });
});
