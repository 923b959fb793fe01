interface Partition {
  /** What the names of its Regions begin with; empty for the first, which has all others. */
  readonly prefix: string;
  readonly id: string;
  /** The ends of AWS's host names: of IPv4 endpoints, and of dual-stack ones. */
  readonly suffixes: readonly [ipv4: string, dualstack: string];
}

/** botocore: data/partitions.json, which a test compares. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const AWS: Partition = { prefix: '', id: 'aws', suffixes: ['amazonaws.com', 'api.aws'] };
const OTHERS: readonly Partition[] = [
  {
    prefix: 'cn-',
    id: 'aws-cn',
    suffixes: ['amazonaws.com.cn', 'api.amazonwebservices.com.cn']
  },
  { prefix: 'us-gov-', id: 'aws-us-gov', suffixes: AWS.suffixes },
  { prefix: 'eusc-', id: 'aws-eusc', suffixes: ['amazonaws.eu', 'api.amazonwebservices.eu'] },
  { prefix: 'us-iso-', id: 'aws-iso', suffixes: ['c2s.ic.gov', 'api.aws.ic.gov'] },
  { prefix: 'us-isob-', id: 'aws-iso-b', suffixes: ['sc2s.sgov.gov', 'api.aws.scloud'] },
  { prefix: 'eu-isoe-', id: 'aws-iso-e', suffixes: ['cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'] },
  { prefix: 'us-isof-', id: 'aws-iso-f', suffixes: ['csp.hci.ic.gov', 'api.aws.hci.ic.gov'] }
];

const of = (region: string): Partition => OTHERS.find(({ prefix }) => region.startsWith(prefix)) ?? AWS;

/** The partition that a Region is in, as ARNs name it. */
export const partitionOf = (region: string): string => of(region).id;

/** The end of AWS's host names in a Region. */
export const dnsSuffix = (region: string, dualstack = false): string =>
  of(region).suffixes[dualstack ? 1 : 0];
