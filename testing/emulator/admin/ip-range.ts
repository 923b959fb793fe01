const number = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether an IPv4 range such as 10.0.0.0/24 holds an address. */
export function contains(range: string, address: string): boolean {
  const [base, bits = '32'] = range.split('/');
  if (base.includes(':') || address.includes(':')) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(base) / size) === Math.floor(number(address) / size);
}
