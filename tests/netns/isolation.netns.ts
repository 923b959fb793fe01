// The bench itself: nothing of it can reach the real network, and it leaves nothing behind.
import { readlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { once } from 'node:events';
import { describeInNamespaces } from '../../testing/netns/namespace';
import { openVpcNetwork, VPC, type VpcNetwork } from '../../testing/netns/vpc-network';

describeInNamespaces('the namespaces', () => {
  let network: VpcNetwork;
  beforeAll(async () => {
    network = await openVpcNetwork();
  });
  afterAll(() => network.close());

  it.each(['notebook', 'vpc'] as const)(
    '%s has a network of its own: loopback and the one cable',
    async which => {
      const space = network[which];
      const mine = readlinkSync('/proc/self/ns/net');
      expect(readlinkSync(`/proc/${space.pid}/ns/net`)).not.toBe(mine);
      const links = JSON.parse(await space.must(['ip', '-json', 'link'])) as {
        ifname: string;
        flags: string[];
      }[];
      const up = links.filter(each => each.flags.includes('UP')).map(each => each.ifname);
      expect(up.sort()).toEqual(['lo', which === 'vpc' ? 'vpc0' : 'notebook0'].sort());
    }
  );

  it('the VPC forwards nothing and has no way out', async () => {
    const routes = JSON.parse(await network.vpc.must(['ip', '-json', 'route'])) as { dst: string }[];
    expect(routes.map(each => each.dst)).toEqual(['10.0.0.0/24']);
    expect(await network.vpc.must(['cat', '/proc/sys/net/ipv4/ip_forward'])).toBe('0\n');
  });

  it('a listener of this machine is out of reach at each of its addresses', async () => {
    const heard: string[] = [];
    const server = createServer(socket => {
      heard.push(socket.remoteAddress ?? '');
      socket.destroy();
    });
    server.listen(0, '0.0.0.0');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const mine = Object.values(networkInterfaces())
      .flatMap(each => each ?? [])
      .filter(each => each.family === 'IPv4')
      .map(each => each.address);
    try {
      for (const host of mine) {
        const dial = `import socket; socket.create_connection(('${host}', ${port}), 0.5)`;
        for (const space of [network.notebook, network.vpc]) {
          expect((await space.run(['python3', '-c', dial])).code).not.toBe(0);
        }
      }
      expect(mine).not.toEqual([]);
      expect(heard).toEqual([]);
    } finally {
      server.close();
    }
  });

  it("the machine's own files are covered, not changed", async () => {
    expect(await network.notebook.must(['cat', '/etc/resolv.conf'])).toContain(`nameserver ${VPC.resolver}`);
    const { readFile } = await import('node:fs/promises');
    expect(await readFile('/etc/resolv.conf', 'utf8')).not.toContain(`nameserver ${VPC.resolver}\n`);
  });

  it('is gone when it is closed', async () => {
    const other = await openVpcNetwork();
    const { pid } = other.notebook;
    await other.close();
    expect(() => readlinkSync(`/proc/${pid}/ns/net`)).toThrow('ENOENT');
  });
});
