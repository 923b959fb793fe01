import type { File } from '../../protocol/file';
import type { Rung } from '../../protocol/rung';
import type { IKernelShadow as KernelShadow } from '../kernel/kernel-code';
import { nodeOf } from './path';
import { evidenceOf } from './read-evidence';
import type { Trans } from '../ui/trans';

/** Small numbers as words, as a sentence wants them. */
function amount(trans: Trans, count: number): string {
  switch (count) {
    case 2:
      return trans.__('two');
    case 3:
      return trans.__('three');
    case 4:
      return trans.__('four');
    default:
      return String(count);
  }
}

/** What works, but not wholly: an endpoint of which one address is silent, above all. */
export function partial(trans: Trans, rung: Rung): { headline: string; sentence: string } {
  const { addresses } = evidenceOf(rung);
  const dead = addresses.filter(address => address.verdict && address.verdict !== 'ok').length;
  if (!dead) {
    return { headline: trans.__('Connected, with a warning'), sentence: rung.warning ?? rung.summary };
  }
  const repository = nodeOf(rung) === 'repository';
  return {
    headline:
      dead === 1 ? trans.__('Connected, one address down') : trans.__('Connected, %1 addresses down', dead),
    sentence:
      dead === 1
        ? repository
          ? trans.__(
              'One of the repository endpoint’s %1 addresses does not answer. Some installs may pause or fail.',
              amount(trans, addresses.length)
            )
          : trans.__(
              'One of the API endpoint’s %1 addresses does not answer. Renewing may pause.',
              amount(trans, addresses.length)
            )
        : repository
          ? trans.__(
              '%1 of the repository endpoint’s %2 addresses do not answer. Some installs may pause or fail.',
              dead,
              amount(trans, addresses.length)
            )
          : trans.__(
              '%1 of the API endpoint’s %2 addresses do not answer. Renewing may pause.',
              dead,
              amount(trans, addresses.length)
            )
  };
}

/** pip's own configuration is overruled by something. */
export function shadow(trans: Trans, file: File): { headline: string; sentence: string } {
  const name = file.path.split('/').pop() ?? file.path;
  return {
    headline: trans.__('Connected, but %1 does not use it', file.tool),
    sentence: trans.__('`%1` wins over `%2`.', file.shadowedBy[0] ?? '', name)
  };
}

/** A running kernel's own variables overrule pip's files, or the token file. */
export function kernelShadow(trans: Trans, { file, variables }: KernelShadow): string {
  const [name, ...more] = variables;
  if (more.length) {
    return trans.__(
      '`%1` are set in the kernel of `%2` and win over pip.conf.',
      variables.join('`, `'),
      file
    );
  }
  switch (name) {
    case 'PIP_NO_INDEX':
      return trans.__('`%1` is set in the kernel of `%2`, so pip asks no index.', name, file);
    case 'NETRC':
      return trans.__('`%1` is set in the kernel of `%2`, so pip does not find the token.', name, file);
    default:
      return trans.__('`%1` is set in the kernel of `%2` and wins over pip.conf.', name, file);
  }
}
