import { someConcern } from '../../../../testing/fixtures/diagnosis/a-failure';
import { FACTS } from '../../../../testing/fixtures/diagnosis/fix-facts';
import { SAMPLES } from '../../../../testing/fixtures/diagnosis/fix-samples';
import type { Fix } from '../../../protocol/fix';
import { WARNINGS, type WarningId } from '../../../protocol/messages/warnings';
import { dnsSuffix, partitionOf } from '../../core/partition';
import { fixForWarning } from './advice';
import { fixFor } from './fix-for';

const textsOf = (fix: Fix | undefined): readonly string[] =>
  fix === undefined ? [] : [fix.text, ...fix.snippets.map(({ text }) => text)];

/** Names of services as principals, of endpoint services, and the annotation of EKS. */
const EVERYWHERE = /\b(codeartifact|sagemaker|eks)\.amazonaws\.com\b|\bcom\.amazonaws\.[\w.-]+/g;

describe.each(['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-iso-east-1'])('in %s', region => {
  const [partition, suffix] = [partitionOf(region), dnsSuffix(region)];
  const moved = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll('arn:aws:', `arn:${partition}:`)
        .replaceAll(/eu-central-1(\.vpce)?\.amazonaws\.com/g, `${region}$1.${suffix}`)
        .replaceAll('eu-central-1', region)
    ) as T;
  const elsewhere = (text: string): readonly string[] =>
    [
      ...text.matchAll(/arn:aws[a-z-]*:/g),
      ...text.replace(EVERYWHERE, '').matchAll(/[\w.*-]*amazonaws\.[a-z]+(\.cn)?/g)
    ]
      .map(([found]) => found)
      .filter(found => found !== `arn:${partition}:` && found !== suffix && !found.endsWith(`.${suffix}`));

  // What a service of another partition is called, where the sample itself is about one.
  const samples = SAMPLES.filter(
    ({ failure }) => !/us-east-1|^sts\.amazonaws/.test(String(failure.evidence.host))
  );

  it('no fix names an ARN or a host of another partition', () => {
    const wrong = samples.flatMap(({ name, failure, facts }) =>
      textsOf(fixFor({ ...failure, evidence: moved(failure.evidence) } as typeof failure, moved(facts)))
        .flatMap(elsewhere)
        .map(found => `${name}: ${found}`)
    );
    expect(wrong).toEqual([]);
  });

  it('nor does the advice of a warning', () => {
    const wrong = (Object.keys(WARNINGS) as WarningId[]).flatMap(id =>
      textsOf(fixForWarning(someConcern(id), moved(FACTS)))
        .flatMap(elsewhere)
        .map(found => `${id}: ${found}`)
    );
    expect(wrong).toEqual([]);
  });
});

it('what a service for credentials met is never told of a host of CodeArtifact', () => {
  const service = { service: 'AWS STS', host: 'sts.eu-central-1.amazonaws.com' };
  const causes = /^(tls|http|proxy|credential_service|role_|throttled|aws_fault|rejected)/;
  const met = SAMPLES.filter(({ failure }) => causes.test(failure.cause));
  expect(met.length).toBeGreaterThan(30);
  const wrong = met.flatMap(({ name, failure, facts }) => {
    const evidence = { ...failure.evidence, ...service };
    const fix = fixFor({ ...failure, evidence } as typeof failure, { ...facts, rung: 'credentials' });
    return textsOf(fix)
      .flatMap(text => text.match(/[\w.*-]*codeartifact\.[a-z]+-[\w.]+/g) ?? [])
      .map(found => `${name}: ${found}`);
  });
  expect(wrong).toEqual([]);
});

it('a proxy that opens TLS is to pass what is CodeArtifact, not all of AWS', () => {
  const opened = SAMPLES.filter(({ failure }) => failure.cause === 'tls_untrusted');
  for (const { failure } of opened) {
    const text = fixFor(failure, FACTS)?.text ?? '';
    expect(text).toContain(
      'codeartifact.eu-central-1.amazonaws.com, *.d.codeartifact.eu-central-1.amazonaws.com unopened'
    );
    expect(text).not.toContain(' *.amazonaws.com');
  }
});
