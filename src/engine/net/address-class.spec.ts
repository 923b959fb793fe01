import { addressClass, classOfAll } from './address-class';

test.each([
  ['10.0.0.0', 'private'],
  ['10.255.255.255', 'private'],
  ['11.0.0.1', 'public'],
  ['172.15.255.255', 'public'],
  ['172.16.0.1', 'private'],
  ['172.31.255.254', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['192.167.1.1', 'public'],
  ['100.64.0.1', 'private'],
  ['100.127.255.255', 'private'],
  ['100.128.0.1', 'public'],
  ['169.254.169.254', 'private'],
  ['127.0.0.1', 'loopback'],
  ['127.255.0.1', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['54.239.55.167', 'public'],
  ['::1', 'loopback'],
  ['::', 'loopback'],
  ['fd00:ec2::253', 'private'],
  ['fc00::1', 'private'],
  ['fe80::1%eth0', 'private'],
  ['2600:1f18::1', 'public'],
  ['::ffff:10.0.0.1', 'private'],
  ['::ffff:a00:1', 'private'],
  ['::ffff:54.239.55.167', 'public'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['64:ff9b::36ef:37a7', 'public'],
  ['64:ff9b::a00:1', 'private']
])('%s is %s', (address, expected) => {
  expect(addressClass(address)).toBe(expected);
});

test.each([
  [['10.0.1.1', '10.0.2.1'], 'private'],
  [['10.0.1.1', '54.239.55.167'], 'public'],
  [['127.0.0.1', '10.0.0.1'], 'private'],
  [['127.0.0.1', '::1'], 'loopback'],
  // A dual-stack interface endpoint: IPv6 addresses of a VPC are global.
  [['10.0.1.1', '2600:1f18::1'], 'private'],
  [['2600:1f18::1', '54.239.55.167'], 'public'],
  [['2600:1f18::1'], 'public'],
  [[], undefined]
])('%j together are %s', (addresses, expected) => {
  expect(classOfAll(addresses)).toBe(expected);
});
