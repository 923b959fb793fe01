// Private hosted zones, as far as infra/central-dns.yaml needs them. Their calls have a protocol of their own (REST and XML),
// which no printed text needs: only CloudFormation asks for these.
import { newId } from './ids';
import { AdminError, type Plane } from './plane';
import { knownVpc } from './ec2-known';

export async function createHostedZone(plane: Plane, name: string, vpcs: string[]): Promise<string> {
  const { world } = plane.state;
  vpcs.forEach(vpc => vpc === world.vpc.id && knownVpc(world, vpc));
  const taken = Object.values(world.hostedZones).find(
    zone => zone.name === name && zone.vpcs.some(vpc => vpcs.includes(vpc))
  );
  if (taken !== undefined) throw new AdminError('ConflictingDomainExists', `${name} is associated already`);
  const id = newId('Z').replace('-', '').toUpperCase();
  await plane.change(draft => void (draft.hostedZones[id] = { name, vpcs, records: {} }));
  return id;
}

export async function deleteHostedZone(plane: Plane, id: string): Promise<void> {
  if (Object.keys(plane.state.world.hostedZones[id]?.records ?? {}).length > 0)
    throw new AdminError('HostedZoneNotEmpty', 'The hosted zone contains resource record sets');
  await plane.change(draft => void delete draft.hostedZones[id]);
}

export async function putAlias(
  plane: Plane,
  id: string,
  name: string,
  target: string | undefined
): Promise<void> {
  const zone = plane.state.world.hostedZones[id];
  if (zone === undefined) throw new AdminError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`);
  if (name !== zone.name && !name.endsWith(`.${zone.name}`))
    throw new AdminError(
      'InvalidChangeBatch',
      `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`
    );
  await plane.change(draft => {
    if (target === undefined) delete draft.hostedZones[id].records[name];
    else draft.hostedZones[id].records[name] = target;
  });
}
