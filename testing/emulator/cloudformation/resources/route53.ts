import { createHostedZone, deleteHostedZone, putAlias } from '../../admin/route53';
import { AdminError } from '../../admin/plane';
import type { ResourceType } from './resource-type';

const bare = (name: string): string => name.replace(/\.$/, '');

export const HostedZone: ResourceType = {
  async create({ plane }, properties) {
    const name = properties.take<string>('Name');
    properties.maybe('HostedZoneConfig');
    const vpcs = properties.take<{ VPCId: string; VPCRegion: string }[]>('VPCs').map(each => each.VPCId);
    properties.done();
    const id = await createHostedZone(plane, bare(name), vpcs);
    return { ref: id, attributes: { Id: id } };
  },
  async remove({ plane }, { ref }) {
    await deleteHostedZone(plane, ref);
  }
};

export const RecordSet: ResourceType = {
  async create({ plane }, properties) {
    const zone = properties.take<string>('HostedZoneId');
    const name = properties.take<string>('Name');
    if (properties.take<string>('Type') !== 'A')
      throw new AdminError('ValidationError', 'The emulator knows alias records of type A');
    const target = properties.take<{ DNSName: string }>('AliasTarget');
    properties.done();
    await putAlias(plane, zone, bare(name), target.DNSName);
    return { ref: name, attributes: {} };
  },
  async remove({ plane }, { ref }, properties) {
    await putAlias(plane, properties.take<string>('HostedZoneId'), bare(ref), undefined);
  }
};
