// Every text that is printed for an administrator: of each fix in each situation, and of `policy` in each form.
import type { Snippet } from '../../src/protocol/fix';
import { WARNINGS, type WarningId } from '../../src/protocol/messages/warnings';
import { addToEndpoint, endpointStatements } from '../../src/engine/diagnosis/fixes/endpoint-policy';
import { addToResource, resourceProperty } from '../../src/engine/diagnosis/fixes/resource-policy';
import { fixForS3, fixForWarning } from '../../src/engine/diagnosis/fixes/advice';
import { fixFor } from '../../src/engine/diagnosis/fixes/fix-for';
import { putPolicy, roleTemplate } from '../../src/engine/diagnosis/fixes/identity';
import { principalOf } from '../../src/engine/core/principal';
import type { Admitted } from '../../src/engine/diagnosis/policies/admitted';
import { someConcern } from '../../testing/fixtures/diagnosis/a-failure';
import { FACTS } from '../../testing/fixtures/diagnosis/fix-facts';
import { SAMPLES } from '../../testing/fixtures/diagnosis/fix-samples';

const CONCERNS = Object.keys(WARNINGS) as WarningId[];

const ROLE = 'arn:aws:iam::444455556666:role/service-role/Reader';

export const ADMITTED: readonly Admitted[] = [
  { kind: 'role', arn: ROLE },
  { kind: 'account', account: '444455556666' },
  { kind: 'organization', id: 'o-a1b2c3d4e5' }
];

export const OPTIONS = [{}, { listing: true }, { publish: true }, { listing: true, publish: true }] as const;

/** `policy --as bash|cloudformation`, as src/engine/cli/policy.ts puts it together. */
const policies: readonly (readonly [string, Snippet])[] = [OPTIONS[0], OPTIONS[3]].flatMap(options =>
  ADMITTED.flatMap(admitted => {
    const facts = { ...FACTS, admitted };
    const who = principalOf(ROLE);
    const name = `policy ${admitted.kind} ${Object.keys(options).join(' ')}`;
    return [
      putPolicy(facts, who, options),
      roleTemplate(facts, who, options),
      ...(['domain', 'repository'] as const).flatMap(holder => [
        addToResource(facts, holder, options),
        resourceProperty(facts, holder, options)
      ]),
      ...(['api', 'repositories'] as const).flatMap(side => [
        addToEndpoint(facts, side, options),
        endpointStatements(facts, side, options)
      ])
    ].map(snippet => [`${name}: ${snippet.title}`, snippet] as const);
  })
);

export const printed: readonly (readonly [string, Snippet])[] = [
  ...policies,
  ...SAMPLES.flatMap(s =>
    (fixFor(s.failure, s.facts)?.snippets ?? []).map(x => [`${s.name}: ${x.title}`, x] as const)
  ),
  ...CONCERNS.flatMap(id =>
    fixForWarning(someConcern(id), FACTS).snippets.map(x => [`${id}: ${x.title}`, x] as const)
  ),
  ...(['s3_unreachable', 's3_denied'] as const).flatMap(id =>
    fixForS3(id, FACTS).snippets.map(x => [`${id}: ${x.title}`, x] as const)
  )
];
