import * as React from 'react';
import { useUI } from '../ui/context';
import { latePart } from '../ui/late-part';
import { Section, useIsOpen } from '../ui/section';
import type { IPathProps } from './path-list';
import { pathSummary } from './path-summary';
import { PathStrip } from './path-strip';

const PathList = latePart<IPathProps>(async () => (await import('./path-list')).PathList);

/** The path: seven nodes and the wires between them. */
export function PathSection(props: IPathProps): React.JSX.Element {
  const { trans } = useUI();
  const { path } = props;
  const open = useIsOpen('path', props.open);
  return (
    <Section
      id="path"
      title={trans.__('Path')}
      open={props.open}
      flush
      summary={
        <>
          {!open && <PathStrip path={path} />}
          <span>{pathSummary(trans, props.document, path, props.working, props.unused)}</span>
        </>
      }
    >
      <PathList {...props} />
    </Section>
  );
}
