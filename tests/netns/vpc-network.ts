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
  /** Where the public names lead: ranges of AWS's, which nothing in here has a way to. */
  publicApi: ['52.94.229.10', '3.208.11.12'],
  publicRepositories: ['52.94.229.20', '3.208.11.22'],
  metadata: '169.254.169.254'
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
      ...[VPC.resolver, ...VPC.api, ...VPC.repositories, VPC.metadata].map(each => `${each}/32`)
    ];
    for (const address of addresses) {
      await vpc.must(['ip', 'address', 'add', address, 'dev', 'vpc0']);
    }
    await vpc.must(['ip', 'link', 'set', 'vpc0', 'up']);
    await vpc.must(['sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_forward']);
    await notebook.must(`ip address add ${VPC.notebook}/24 dev notebook0`.split(' '));
    await notebook.must('ip link set notebook0 up'.split(' '));
    await notebook.must(`ip route add default via ${VPC.router}`.split(' '));
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
