import * as React from 'react';
import type { KernelPip } from '../../protocol/kernel';
import type { IKernelShadow } from '../kernel/kernel-code';
import { CopyButton } from '../ui/button';
import { breakable } from '../ui/code';
import { useUI } from '../ui/context';
import { Icon } from '../ui/icon';
import { plain } from '../ui/trans';

/**
 * The kernels whose pip does not use the connection, and why: running ones by their notebook, installed ones by their
 * name. The others share one line.
 */
export function KernelRows(props: {
  kernels: readonly KernelPip[];
  shadows: readonly IKernelShadow[];
}): React.JSX.Element {
  const { trans } = useUI();
  const shadowed = props.kernels.filter(kernel => !kernel.effective);
  const fine = props.kernels.filter(kernel => kernel.effective);
  return (
    <>
      {props.shadows.map(shadow => (
        <li key={shadow.kernelId} className="jp-CodeArtifact-row">
          <Icon name="warn" className="jp-CodeArtifact-icon-warn" />
          <div>
            {trans.__('pip in %1', shadow.file)}
            <br />
            <span className="jp-CodeArtifact-dim">
              {breakable(trans.__('overridden by %1', shadow.variables.join(', ')))}
            </span>
          </div>
        </li>
      ))}
      {shadowed.map(kernel => {
        const [why] = kernel.shadowedBy;
        const snippet = kernel.fix?.snippets[0];
        return (
          <li key={kernel.name} className="jp-CodeArtifact-row">
            <Icon name="warn" className="jp-CodeArtifact-icon-warn" />
            <div>
              {trans.__('Kernel %1', kernel.displayName)}
              <br />
              <span className="jp-CodeArtifact-dim" title={kernel.prefix}>
                {why
                  ? breakable(trans.__('overridden by %1', plain(why)))
                  : trans.__('its pip does not use the connection')}
              </span>
            </div>
            {snippet && <CopyButton label={trans.__('Copy: %1', snippet.title)} text={snippet.text} />}
          </li>
        );
      })}
      {fine.length > 0 && (
        <li className="jp-CodeArtifact-row" title={fine.map(kernel => kernel.displayName).join(', ')}>
          <Icon name="check" />
          <div className="jp-CodeArtifact-dim">
            {trans._n('%1 kernel uses it', '%1 kernels use it', fine.length)}
          </div>
        </li>
      )}
    </>
  );
}
