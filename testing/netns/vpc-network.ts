import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNamespace, type Namespace } from './namespace';

/** A VPC of 10.0.0.0/16 in three zones, as a notebook in subnet 10.0.0.0/24 sees it. */
export const VPC = {
  notebook: '10.0.0.5',
  router: '10.0.0.1',
  /** "VPC plus two": https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
  resolver: '10.0.0.2',
  api: ['10.0.1.10', '10.0.2.10', '10.0.3.10'],
  repositories: ['10.0.1.20', '10.0.2.20', '10.0.3.20'],
  sts: ['10.0.1.30', '10.0.2.30'],
  /** Where the public names lead: ranges of AWS's, which nothing in here has a way to. */
  publicApi: ['52.94.229.10', '3.208.11.12'],
  publicRepositories: ['52.94.229.20', '3.208.11.22'],
  publicSts: ['52.94.229.30'],
  /** S3 has no other: a gateway endpoint is a route to them. */
  s3: ['52.216.8.10'],
  metadata: '169.254.169.254',
  /** The IPv6 addresses of a VPC are global ones, by AWS's own pool. */
  notebookV6: '2600:1f18:1:1::5',
  routerV6: '2600:1f18:1:1::1',
  apiV6: ['2600:1f18:1:2::10', '2600:1f18:1:3::10'],
  repositoriesV6: ['2600:1f18:1:2::20', '2600:1f18:1:3::20']
} as const;

export interface VpcNetwork {
  readonly notebook: Namespace;
  readonly vpc: Namespace;
  close(): Promise<void>;
}

/** The view that a notebook has of its resolver; the machine's own files are covered, not changed. */
const FILES: Readonly<Record<string, string>> = {
  '/etc/resolv.conf': `nameserver ${VPC.resolver}\nsearch ec2.internal\noptions timeout:1 attempts:2\n`,
  '/etc/hosts': '127.0.0.1 localhost\n::1 localhost\n',
  '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n'
};

/**
 * Two namespaces and one cable between them; nothing leads out. What the notebook sends to an
 * address that the VPC has not, is dropped there without a word (forwarding is off), as a security
 * group drops it.
 */
export async function openVpcNetwork(): Promise<VpcNetwork> {
  const room = await mkdtemp(join(tmpdir(), 'netns-'));
  const opened: Namespace[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map(each => each.close()));
    await rm(room, { recursive: true, force: true });
  };
  try {
    const vpc = await openNamespace();
    opened.push(vpc);
    const notebook = await openNamespace();
    opened.push(notebook);
    await vpc.must(`ip link add vpc0 type veth peer name notebook0 netns ${notebook.pid}`.split(' '));
    const addresses = [
      `${VPC.router}/24`,
      ...[VPC.resolver, ...VPC.api, ...VPC.repositories, ...VPC.sts, ...VPC.s3, VPC.metadata].map(
        each => `${each}/32`
      )
    ];
    // Nobody else is on the cable: an address need not be asked about first (RFC 4862 section 5.4).
    const addressesV6 = [
      `${VPC.routerV6}/64`,
      ...[...VPC.apiV6, ...VPC.repositoriesV6].map(each => `${each}/128`)
    ];
    for (const address of [...addresses, ...addressesV6]) {
      const nodad = address.includes(':') ? ['nodad'] : [];
      await vpc.must(['ip', 'address', 'add', address, 'dev', 'vpc0', ...nodad]);
    }
    await vpc.must(['ip', 'link', 'set', 'vpc0', 'up']);
    await vpc.must(['sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_forward']);
    await notebook.must(`ip address add ${VPC.notebook}/24 dev notebook0`.split(' '));
    await notebook.must('ip link set notebook0 up'.split(' '));
    await notebook.must(`ip route add default via ${VPC.router}`.split(' '));
    await notebook.must(`ip address add ${VPC.notebookV6}/64 dev notebook0 nodad`.split(' '));
    await notebook.must(`ip route add default via ${VPC.routerV6}`.split(' '));
    for (const [path, text] of Object.entries(FILES)) {
      const file = join(room, path.replaceAll('/', '-'));
      await writeFile(file, text);
      await notebook.must(['mount', '--bind', file, path]);
    }
    return { notebook, vpc, close };
  } catch (error) {
    await close();
    throw error;
  }
}
