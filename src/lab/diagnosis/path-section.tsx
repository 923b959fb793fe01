import * as React from 'react';
import type { PathNode } from './path';
import { nodeLines } from './evidence-lines';
import { nodeLabel } from '../../protocol/checks';
import type { Row } from './path-rows';
import { pathSummary, rowsOf } from './path-rows';
import { usePanel } from '../ui/panel-context';
import { EvidenceList } from './evidence-list';
import { NodeIcon } from '../ui/icon';
import { Section, useIsOpen } from '../ui/section';
import { PathStrip } from './path-strip';
import { ScreenReaderOnly } from '../ui/text';

interface RungProps {
  readonly node: PathNode;
  readonly next: PathNode | undefined;
  readonly row: Row;
  readonly open: boolean;
  /** The one stop of the Tab key. */
  readonly stop: boolean;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
}

/** How the wire goes on to the next node: silence cuts it, what was not reached is dotted. */
function wireTo(next: PathNode | undefined): string {
  if (next?.root && next.mark === 'timeout') {
    return 'jp-mod-out-timeout';
  }
  return next && (next.mark === 'skip' || next.mark === 'timeout') ? 'jp-mod-out-skip' : '';
}

function RungView(props: RungProps): React.JSX.Element {
  const { trans } = usePanel();
  const { node, row, open } = props;
  const list = React.useId();
  const lines = open ? nodeLines(trans, node) : [];
  const mark = node.mark === 'timeout' && !node.root ? 'jp-mod-quiet' : `jp-mod-${node.mark}`;
  const classes = ['jp-CodeArtifact-rung', mark, node.root && 'jp-mod-root', wireTo(props.next)];
  return (
    <li className={classes.filter(Boolean).join(' ')}>
      <button
        type="button"
        className="jp-CodeArtifact-rung-row"
        tabIndex={props.stop ? 0 : -1}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        onClick={props.onToggle}
        onFocus={props.onFocus}
      >
        <span className="jp-CodeArtifact-node">
          <NodeIcon mark={node.mark} />
        </span>
        <span className="jp-CodeArtifact-rung-label">
          {nodeLabel(trans, node.id)}
          {node.root && <ScreenReaderOnly>{trans.__(', root cause')}</ScreenReaderOnly>}
        </span>
        {row.time && !(node.root && open) && <span className="jp-CodeArtifact-rung-ms">{row.time}</span>}
        {row.muted ? (
          <ScreenReaderOnly>{row.verdict}</ScreenReaderOnly>
        ) : (
          <span className="jp-CodeArtifact-rung-verdict">{row.verdict}</span>
        )}
      </button>
      {open && <EvidenceList id={list} lines={lines} />}
    </li>
  );
}

function move(key: string, from: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(from + 1, last);
    case 'ArrowUp':
      return Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

interface PathProps {
  readonly path: readonly PathNode[];
  readonly working: boolean;
  /** Milliseconds since the run began, as far as this page knows. */
  readonly elapsed: number;
  readonly open: boolean;
  /** The root cause shows its evidence at once. */
  readonly explain: boolean;
}

/** The picture of the path: seven nodes and the wires between them. */
export function PathSection(props: PathProps): React.JSX.Element {
  const { trans, store } = usePanel();
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
          <span>{pathSummary(trans, store.document, path, props.working)}</span>
        </>
      }
    >
      <PathList {...props} />
    </Section>
  );
}

function PathList(props: PathProps): React.JSX.Element {
  const { trans } = usePanel();
  const { path } = props;
  const rows = rowsOf(trans, path, props.working, props.elapsed);
  const root = path.findIndex(node => node.root);
  const [chosen, setChosen] = React.useState<Readonly<Record<string, boolean>>>({});
  const [stop, setStop] = React.useState<number | null>(null);
  const list = React.useRef<HTMLOListElement>(null);
  const tab = stop ?? Math.max(root, 0);
  return (
    <ol
      ref={list}
      className="jp-CodeArtifact-path"
      aria-label={trans.__('Path from the notebook to the index')}
      onKeyDown={event => {
        const to = move(event.key, tab, path.length - 1);
        if (to !== null) {
          event.preventDefault();
          list.current?.querySelectorAll<HTMLElement>('.jp-CodeArtifact-rung-row')[to]?.focus();
        }
      }}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && setStop(null)}
    >
      {path.map((node, index) => {
        const key = `${node.id} ${node.root}`;
        const open = chosen[key] ?? (node.root && props.explain);
        return (
          <RungView
            key={node.id}
            node={node}
            next={path[index + 1]}
            row={rows[index]}
            open={open}
            stop={index === tab}
            onToggle={() => setChosen({ ...chosen, [key]: !open })}
            onFocus={() => setStop(index)}
          />
        );
      })}
    </ol>
  );
}
