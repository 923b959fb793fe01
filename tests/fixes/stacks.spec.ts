// infra/*.yaml beside what says the same in other words. Two judges that share nothing render them alike: the emulator's
// CloudFormation, which deploys them in the other tests, and cloud-radar. And `policy` prints what the stacks grant.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Admitted } from '../../src/engine/diagnosis/policies/admitted';
import { policyFor, type PolicyKind } from '../../src/engine/diagnosis/policies/policies';
import { evaluate, holds, type Scope } from '../../testing/emulator/cloudformation/evaluate';
import { readParameters } from '../../testing/emulator/cloudformation/parameters';
import { readTemplate } from '../../testing/emulator/cloudformation/template';
import { FACTS } from '../../testing/fixtures/diagnosis/fix-facts';
import { byCloudRadar, type Case, type Rendered } from './rendered';

const ROOT = resolve(__dirname, '../..');

let cases: readonly Case[];
beforeAll(() => {
  cases = byCloudRadar();
}, 60_000);

/** What a resource that is made answers, in cloud-radar's words. */
const stand = (name: string): ReturnType<Scope['made']> => {
  const host = `vpce-0abc-1def.${name === 'ApiEndpoint' ? 'api' : 'd'}.codeartifact.eu-central-1.vpce.amazonaws.com`;
  const DnsEntries = [`Z1234567890ABC:${host}`];
  const attributes: Record<string, unknown> = { DnsEntries };
  for (const attribute of ['Arn', 'Name', 'Id', 'GroupId', 'NotebookInstanceLifecycleConfigName', 'StudioLifecycleConfigArn'])
    {attributes[attribute] = `${name}.${attribute}`;}
  return { ref: name, attributes };
}; // prettier-ignore

function byEmulator({ name, parameters, pseudo }: Case): Rendered {
  const template = readTemplate(readFileSync(join(ROOT, `infra/${name}.yaml`), 'utf8'));
  const scope: Scope = {
    template,
    parameters: readParameters(template, parameters, {}),
    pseudo,
    made: stand
  };
  const wanted = (each: { Condition?: string }): boolean =>
    each.Condition === undefined || holds({ Condition: each.Condition }, scope);
  const Resources = Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, each]) => wanted(each))
      .map(([key, { Type, Properties }]) => [
        key,
        { Type, Properties: evaluate(Properties, scope) as Record<string, unknown> }
      ])
  );
  const outputs = (template as unknown as { Outputs: Record<string, { Value: unknown; Condition?: string }> })
    .Outputs;
  const Outputs = Object.fromEntries(
    Object.entries(outputs)
      .filter(([, each]) => wanted(each))
      .map(([key, { Value }]) => [key, { Value: evaluate(Value, scope) }])
  );
  return { Resources, Outputs };
}

/** Numbers and truth as CloudFormation passes them on: as text. */
const text = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'number' || typeof each === 'boolean' ? String(each) : each
    )
  );

it('each template is rendered alike by both, in every partition', () => {
  expect(new Set(cases.map(each => each.pseudo['AWS::Partition'])).size).toBeGreaterThanOrEqual(8);
  for (const each of cases) {
    const { Resources, Outputs } = each.rendered;
    const theirs = {
      Resources: Object.fromEntries(
        Object.entries(Resources).map(([key, { Type, Properties }]) => [key, { Type, Properties }])
      ),
      Outputs: Object.fromEntries(Object.entries(Outputs).map(([key, { Value }]) => [key, { Value }]))
    };
    expect({ about: each.about, ...(text(byEmulator(each)) as object) }).toEqual({
      about: each.about,
      ...(text(theirs) as object)
    });
  }
});

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

type Document = { readonly Statement: readonly Statement[] };

/** The kind of resource that an action is for, where we list several of both in one statement. */
const KINDS: Readonly<Record<string, string>> = {
  'codeartifact:DescribeDomain': ':domain/',
  'codeartifact:ListRepositoriesInDomain': ':domain/',
  'codeartifact:ListPackages': ':repository/',
  'codeartifact:ListPackageVersions': ':package/'
};

/** An account's number is its root's ARN: reference_policies_elements_principal.html#principal-accounts. */
const account = (principal: string): string =>
  /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;

/** One line for each thing that is granted, however a document groups them. */
function grants({ Statement }: Document): string[] {
  const lines = Statement.flatMap(({ Effect, Principal, Action, Resource, Condition }) =>
    [Principal?.AWS ?? 'the role'].flat().flatMap(who =>
      [Action].flat().flatMap(action =>
        [Resource].flat()
          .filter(resource => resource.includes(KINDS[action] ?? ''))
          .map(resource => `${Effect} ${account(who)}: ${action} on ${resource} if ${JSON.stringify(Condition ?? {})}`)
      )
    )
  ); // prettier-ignore
  return [...new Set(lines)].sort();
}

const list = (value = ''): string[] => value.split(',').filter(each => each !== '');

function printed(kind: PolicyKind, { parameters, pseudo, name }: Case, admitted: readonly Admitted[]): Document {
  const facts = {
    ...FACTS,
    region: pseudo['AWS::Region'] ?? '',
    domain: parameters.DomainName ?? '',
    domainOwner: parameters.DomainOwner ?? pseudo['AWS::AccountId'] ?? '',
    repository: parameters.RepositoryName ?? (name === 'network' ? '*' : 'isolatedsm')
  };
  const listing = parameters.Listing === 'yes';
  return {
    Statement: admitted.flatMap(each => policyFor(kind, { ...facts, admitted: each }, { listing }).Statement)
  };
} // prettier-ignore

const documentOf = ({ rendered }: Case, resource: string, property: string): Document =>
  rendered.Resources[resource]?.Properties[property] as Document;

const without = ({ Statement }: Document, ours: (action: string) => boolean): Document => ({
  Statement: Statement.filter(({ Action }) => ![Action].flat().some(ours))
});

const only = (name: string): readonly Case[] => cases.filter(each => each.name === name);

it('the role gets what `policy --for role` prints, and what the lifecycle script needs besides', () => {
  for (const each of only('notebook')) {
    const document = documentOf(each, 'Policy', 'PolicyDocument');
    const besides = document.Statement.filter(({ Action }) => /^(s3|kms|logs):/.test([Action].flat()[0] ?? ''));
    expect(['FetchWheelhouse', 'DecryptWheelhouse', 'WriteLifecycleLog']).toEqual(expect.arrayContaining(besides.map(s => s.Sid)));
    const role: Admitted = { kind: 'role', arn: 'arn:aws:iam::111122223333:role/team' };
    expect(grants(without(document, action => /^(s3|kms|logs):/.test(action)))).toEqual(grants(printed('role', each, [role])));
  }
}); // prettier-ignore

it('the endpoints let through what `policy --for api-endpoint` and `repositories-endpoint` print', () => {
  for (const each of only('network')) {
    const accounts = list(each.parameters.ClientAccounts);
    const clients = (accounts.length > 0 ? accounts : [each.pseudo['AWS::AccountId'] ?? '']).map(
      (number): Admitted => ({ kind: 'account', account: number })
    );
    for (const [kind, resource] of [['api-endpoint', 'ApiEndpoint'], ['repositories-endpoint', 'RepositoriesEndpoint']] as const) {
      expect(grants(documentOf(each, resource, 'PolicyDocument'))).toEqual(grants(printed(kind, each, clients)));
    }
  }
}); // prettier-ignore

it('the registry lets in whom `policy --for domain` and `repository` let in', () => {
  const describes = (action: string): boolean => action === 'codeartifact:DescribeRepository';
  for (const each of only('registry')) {
    const { Readers, ReaderOrganization = '' } = each.parameters;
    const readers = [
      ...list(Readers).map((who): Admitted => (who.startsWith('arn:') ? { kind: 'role', arn: who } : { kind: 'account', account: who })),
      ...list(ReaderOrganization).map((id): Admitted => ({ kind: 'organization', id }))
    ];
    if (readers.length === 0) {
      expect(documentOf(each, 'Domain', 'PermissionsPolicyDocument')).toBeUndefined();
      continue;
    }
    const domain = printed('domain', each, readers);
    const stack = (resource: string): string[] => grants(documentOf(each, resource, 'PermissionsPolicyDocument'));
    expect(stack('Repository')).toEqual(grants(printed('repository', each, readers)));
    if (each.rendered.Resources.Domain !== undefined) {
      expect(stack('Domain')).toEqual(grants(without(domain, describes)));
    }
    // The command knows no upstreams, so the domain's policy shows all its repositories; the stack knows its one.
    const all = without(domain, action => !describes(action));
    expect(stack('Store')).toEqual(grants(all).map(line => line.replace(/\/\* if /, '/pypi-store if ')));
  }
}); // prettier-ignore
