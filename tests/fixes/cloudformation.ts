// What CloudFormation would make of a printed fragment, as a merge patch on the emulator's world. Only the resources that we
// print are known; any property that is not read is an error, so that nothing printed goes unjudged.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { World } from '../../testing/emulator/world/world';
import { VENV } from './run-snippet';

type Properties = Record<string, unknown>;
interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
}
interface Template {
  readonly Parameters?: Record<string, { readonly Type: string }>;
  readonly Resources: Record<string, Resource>;
}

/** CloudFormation reads YAML 1.1, and PyYAML does. */
export function readYaml(text: string): unknown {
  const ran = spawnSync(join(VENV, 'python'), [resolve(__dirname, 'check-yaml.py')], {
    input: JSON.stringify([text]),
    encoding: 'utf8'
  });
  if (ran.status !== 0) {
    throw new Error(ran.stderr);
  }
  return (JSON.parse(ran.stdout) as unknown[])[0];
}

/** What an administrator answers to the template's parameters. */
function answers(runtime: World): Record<string, unknown> {
  const { vpc, endpoints, caller } = runtime;
  return {
    VpcId: vpc.id,
    SubnetIds: vpc.subnets,
    NotebookSecurityGroupId: vpc.notebookInstance.securityGroup,
    EndpointSecurityGroupId: endpoints.api.securityGroup,
    RoleName: roleName(caller.roleArn)
  };
}

const roleName = (arn: string): string => arn.split('/').at(-1) ?? '';

/** `Ref` and `Fn::GetAtt`, the only functions that we print. */
function resolved(value: unknown, template: Template, given: Record<string, unknown>): unknown {
  if (Array.isArray(value)) {
    return value.map(each => resolved(each, template, given));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  if (Ref !== undefined) {
    if (!template.Parameters?.[Ref] || given[Ref] === undefined) {
      throw new Error(`nobody knows the parameter ${Ref}`);
    }
    return given[Ref];
  }
  if (attribute !== undefined) {
    const [name, wanted] = attribute;
    const resource = template.Resources[name];
    if (wanted === 'GroupId' && resource?.Type === 'AWS::EC2::SecurityGroup') {
      return `made:${name}`;
    }
    if (wanted === 'Name' && resource?.Type === 'AWS::CodeArtifact::Repository') {
      return resource.Properties.RepositoryName;
    }
    throw new Error(`${name} has no ${wanted}`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, template, given)]));
} // prettier-ignore

/** Takes properties one by one; what is left over was not understood. */
function reader(resource: Resource) {
  const left = new Set(Object.keys(resource.Properties));
  return {
    take<T>(name: string): T {
      left.delete(name);
      return resource.Properties[name] as T;
    },
    done(): void {
      if (left.size > 0) {
        throw new Error(`${resource.Type}: nobody judges ${[...left].join(', ')}`);
      }
    }
  };
}

interface Rule {
  readonly Description?: string;
  readonly IpProtocol: string;
  readonly FromPort: number;
  readonly ToPort: number;
  readonly SourceSecurityGroupId: string;
}

const lets443In = (rule: Rule, runtime: World): boolean =>
  rule.IpProtocol === 'tcp' &&
  rule.FromPort <= 443 &&
  rule.ToPort >= 443 &&
  rule.SourceSecurityGroupId === runtime.vpc.notebookInstance.securityGroup;

type Patch = Record<string, unknown>;
interface Statements {
  readonly Statement: readonly unknown[];
}

/** `whole` is a template of its own; a lone resource is for a stack that has it already. */
function patchOf(resource: Resource, runtime: World, template: Template, whole: boolean): Patch {
  const { take, done } = reader(resource);
  switch (resource.Type) {
    case 'AWS::EC2::SecurityGroup': {
      take('GroupDescription');
      if (take('VpcId') !== runtime.vpc.id) {
        throw new Error('a security group in another VPC');
      }
      take('SecurityGroupIngress');
      done();
      return {};
    }
    case 'AWS::EC2::SecurityGroupIngress': {
      const group = take<string>('GroupId');
      const rule = resource.Properties as unknown as Rule;
      ['Description', 'IpProtocol', 'FromPort', 'ToPort', 'SourceSecurityGroupId'].forEach(take);
      done();
      const sides = (['api', 'repositories'] as const).filter(side => runtime.endpoints[side].securityGroup === group);
      return { endpoints: Object.fromEntries(sides.map(side => [side, { securityGroupOpen: lets443In(rule, runtime) }])) };
    }
    case 'AWS::EC2::VPCEndpoint': {
      const side = take<string>('ServiceName').replace(`com.amazonaws.${runtime.region}.codeartifact.`, '');
      const policy = take<Statements | undefined>('PolicyDocument');
      if (!whole) {
        done();
        const present = runtime.endpoints[side as 'api'].policy;
        const Statement = [...[present.Statement].flat(), ...(policy?.Statement ?? [])];
        return { endpoints: { [side]: { policy: { ...present, Statement } } } };
      }
      if (take('VpcEndpointType') !== 'Interface' || take('VpcId') !== runtime.vpc.id) {
        throw new Error('not an interface endpoint of this VPC');
      }
      if (take<string[]>('SubnetIds').length === 0) {
        throw new Error('an endpoint in no subnet has no address');
      }
      const groups = take<string[]>('SecurityGroupIds').map(id => template.Resources[id.replace('made:', '')]);
      const open = groups.some(group => (group?.Properties.SecurityGroupIngress as Rule[]).some(rule => lets443In(rule, runtime)));
      const privateDns = take('PrivateDnsEnabled') === true && runtime.vpc.enableDnsSupport && runtime.vpc.enableDnsHostnames;
      done();
      return { endpoints: { [side]: { exists: true, privateDns, securityGroupOpen: open } } };
    }
    case 'AWS::IAM::RolePolicy': {
      if (take('RoleName') !== roleName(runtime.caller.roleArn)) {
        throw new Error('a policy of another role');
      }
      const name = take<string>('PolicyName');
      const document = take('PolicyDocument');
      done();
      return { caller: { policies: { [name]: { document } } } };
    }
    case 'AWS::CodeArtifact::Domain': {
      const name = take<string>('DomainName');
      const policy = take('PermissionsPolicyDocument');
      done();
      return { domains: { [name]: { policy } } };
    }
    case 'AWS::CodeArtifact::Repository': {
      const domain = take<string>('DomainName');
      const owner = take<string | undefined>('DomainOwner');
      if (owner !== undefined && runtime.domains[domain]?.owner !== owner) {
        throw new Error('a repository in a domain of somebody else');
      }
      const name = take<string>('RepositoryName');
      const policy = take('PermissionsPolicyDocument');
      const upstreams = take<string[] | undefined>('Upstreams');
      const externalConnections = take<string[] | undefined>('ExternalConnections');
      done();
      const made = name in runtime.repositories ? {} : { description: '', policy: null, upstreams: [], externalConnections: [] };
      return {
        repositories: {
          [name]: { domain, ...made, ...(policy ? { policy } : {}), ...(upstreams && { upstreams }), ...(externalConnections && { externalConnections }) }
        }
      };
    }
    default:
      throw new Error(`CloudFormation's ${resource.Type} is not known here`);
  }
} // prettier-ignore

/** The patches to apply one after another for a printed CloudFormation text. */
export function patchesOf(text: string, runtime: World): Patch[] {
  const read = readYaml(text) as Template | Resource;
  const whole = 'Resources' in read;
  const raw: Template = whole ? read : { Resources: { It: read } };
  const given = answers(runtime);
  const template = {
    ...raw,
    Resources: Object.fromEntries(
      Object.entries(raw.Resources).map(([name, { Type, Properties }]) => [
        name,
        { Type, Properties: resolved(Properties, raw, given) as Properties }
      ])
    )
  };
  return Object.values(template.Resources).map(each => patchOf(each, runtime, template, whole));
}
