import { domainArn, repositoryArn } from '../../world/arns';
import type { Made } from '../stack-records';
import { codeartifact, type Place, type Properties, type ResourceType } from './resource-type';

async function putPolicy(
  { plane }: Place,
  holder: 'domain' | 'repository',
  query: Record<string, string>,
  policy: unknown
): Promise<void> {
  if (policy !== undefined) {
    const path = `PUT /v1/${holder}/permissions/policy`;
    await codeartifact(plane, path, query, { ...query, policyDocument: JSON.stringify(policy) });
    return;
  }
  const { domains, repositories } = plane.state.world;
  const present = holder === 'domain' ? domains[query.domain].policy : repositories[query.repository].policy;
  if (!present) return;
  const plural = holder === 'domain' ? 'policy' : 'policies';
  await codeartifact(plane, `DELETE /v1/${holder}/permissions/${plural}`, query);
}

const madeDomain = ({ plane }: Place, name: string): Made => {
  const { owner, encryptionKey } = plane.state.world.domains[name];
  const arn = domainArn(plane.state.world, owner, name);
  return { ref: arn, attributes: { Arn: arn, Name: name, Owner: owner, EncryptionKey: encryptionKey } };
};

function domainProperties(properties: Properties) {
  const read = {
    domain: properties.take<string>('DomainName'),
    encryptionKey: properties.maybe<string>('EncryptionKey'),
    policy: properties.maybe('PermissionsPolicyDocument')
  };
  properties.done();
  return read;
}

export const Domain: ResourceType = {
  async create(place, properties) {
    const { domain, encryptionKey, policy } = domainProperties(properties);
    await codeartifact(place.plane, 'POST /v1/domain', { domain }, { encryptionKey });
    await putPolicy(place, 'domain', { domain }, policy);
    return madeDomain(place, domain);
  },
  async update(place, _made, before, after) {
    const { domain, policy } = domainProperties(after);
    if (domain !== domainProperties(before).domain) throw new Error('the emulator renames no domain');
    await putPolicy(place, 'domain', { domain }, policy);
    return madeDomain(place, domain);
  },
  async remove({ plane }, { attributes }) {
    await codeartifact(plane, 'DELETE /v1/domain', { domain: String(attributes.Name) });
  }
};

function repositoryProperties(properties: Properties) {
  const read = {
    domain: properties.take<string>('DomainName'),
    owner: properties.maybe<string>('DomainOwner'),
    repository: properties.take<string>('RepositoryName'),
    description: properties.maybe<string>('Description'),
    upstreams: properties.maybe<string[]>('Upstreams') ?? [],
    connections: properties.maybe<string[]>('ExternalConnections') ?? [],
    policy: properties.maybe('PermissionsPolicyDocument')
  };
  properties.done();
  return read;
}

const query = ({ domain, owner, repository }: ReturnType<typeof repositoryProperties>) => ({
  domain,
  repository,
  ...(owner === undefined ? {} : { 'domain-owner': owner })
});

const madeRepository = ({ plane }: Place, domain: string, repository: string): Made => {
  const { world } = plane.state;
  const { owner } = world.domains[domain];
  const arn = repositoryArn(world, owner, domain, repository);
  return {
    ref: arn,
    attributes: { Arn: arn, Name: repository, DomainName: domain, DomainOwner: owner }
  };
};

const named = (upstreams: string[]) => upstreams.map(repositoryName => ({ repositoryName }));

export const Repository: ResourceType = {
  async create(place, properties) {
    const read = repositoryProperties(properties);
    const { plane } = place;
    const { description, upstreams } = read;
    const where = query(read);
    await codeartifact(plane, 'POST /v1/repository', where, { description, upstreams: named(upstreams) });
    for (const connection of read.connections) {
      const call = { ...where, 'external-connection': connection };
      await codeartifact(plane, 'POST /v1/repository/external-connection', call);
    }
    await putPolicy(place, 'repository', where, read.policy);
    return madeRepository(place, read.domain, read.repository);
  },
  async update(place, _made, before, after) {
    const [was, is] = [repositoryProperties(before), repositoryProperties(after)];
    const { plane } = place;
    const where = query(is);
    await codeartifact(plane, 'PUT /v1/repository', where, { upstreams: named(is.upstreams) });
    const change = async (method: string, connections: string[]): Promise<void> => {
      for (const connection of connections) {
        const call = { ...where, 'external-connection': connection };
        await codeartifact(plane, `${method} /v1/repository/external-connection`, call);
      }
    };
    await change(
      'DELETE',
      was.connections.filter(each => !is.connections.includes(each))
    );
    await change(
      'POST',
      is.connections.filter(each => !was.connections.includes(each))
    );
    await putPolicy(place, 'repository', where, is.policy);
    return madeRepository(place, is.domain, is.repository);
  },
  async remove({ plane }, _made, properties) {
    await codeartifact(plane, 'DELETE /v1/repository', query(repositoryProperties(properties)));
  }
};

function groupProperties(properties: Properties) {
  const read = {
    domain: properties.take<string>('DomainName'),
    pattern: properties.take<string>('Pattern'),
    description: properties.maybe<string>('Description'),
    origin: properties.maybe<{ Restrictions: Record<string, { RestrictionMode: string }> }>(
      'OriginConfiguration'
    )
  };
  properties.done();
  return read;
}

export const PackageGroup: ResourceType = {
  async create({ plane }, properties) {
    const { domain, pattern, origin } = groupProperties(properties);
    await codeartifact(plane, 'POST /v1/package-group', { domain }, { packageGroup: pattern });
    const mode = origin?.Restrictions.ExternalUpstream?.RestrictionMode;
    if (mode !== undefined) {
      const restrictions = { EXTERNAL_UPSTREAM: mode };
      const input = { packageGroup: pattern, restrictions };
      await codeartifact(plane, 'PUT /v1/package-group-origin-configuration', { domain }, input);
    }
    return { ref: pattern, attributes: { Arn: pattern } };
  },
  async remove({ plane }, _made, properties) {
    const { domain, pattern } = groupProperties(properties);
    await codeartifact(plane, 'DELETE /v1/package-group', { domain, 'package-group': pattern });
  }
};
