import type { File } from '../../protocol/file';
import type { Rung } from '../../protocol/rung';
import type { IKernelShadow as KernelShadow } from '../kernel/kernel-code';
import { toolTitle } from '../../protocol/tools';
import type { Trans } from '../ui/trans';
import { describeRungWarning } from './catalogue';

/** What works, but not wholly: an endpoint of which one address is silent, above all. */
export const partial = (trans: Trans, rung: Rung): { headline: string; sentence: string } => {
  const { headline, sentence } = describeRungWarning(rung, trans);
  return { headline, sentence };
};

/** A package tool's own configuration is overridden by something. */
export function shadow(trans: Trans, file: File): { headline: string; sentence: string } {
  const name = file.path.split('/').pop() ?? file.path;
  return {
    headline: trans.__('Connected, but %1 does not use it', toolTitle(file.tool)),
    sentence: trans.__('`%1` is overridden by %2.', name, file.shadowedBy[0] ?? '')
  };
}

/** A running kernel's own variables override pip's files, or the token file. */
export function kernelShadow(trans: Trans, { file, variables }: KernelShadow): string {
  const [name, ...more] = variables;
  if (more.length) {
    return trans.__(
      '`%1` are set in the kernel of `%2` and override pip.conf.',
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
      return trans.__('`%1` is set in the kernel of `%2` and overrides pip.conf.', name, file);
  }
}
