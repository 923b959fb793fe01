import * as React from 'react';
import { nodeLabel } from '../../protocol/checks';
import type { Document } from '../../protocol/document';
import { useUI } from '../ui/context';
import type { IconName } from '../ui/icon';
import { Icon } from '../ui/icon';
import { Rich, ScreenReaderOnly } from '../ui/text';
import { nodeLines } from './catalogue';
import type { Line } from './evidence-lines';
import { words } from './load-words';
import type { IPathNode, Mark } from './path';
import type { Row } from './path-rows';
import { rowsOf } from './path-rows';
import '../../../style/path.css';

const ICONS: Record<Mark, IconName> = {
  ok: 'checked',
  run: 'run',
  skip: 'ring',
  warn: 'warn',
  timeout: 'timeout',
  denied: 'denied',
  error: 'error'
};

/** What a node says in one or two words, in letters: it stays on one line. */
const SHORT = 14;

/** The evidence for a node's verdict. */
const EvidenceList = (props: { id: string; lines: readonly Line[] }): React.JSX.Element => (
  <ul className="jp-CodeArtifact-evidence" id={props.id}>
    {props.lines.map((line, index) => (
      <li key={index}>
        {line.kind === 'text' ? (
          <Rich text={line.text} />
        ) : (
          <span className={line.bad ? 'jp-CodeArtifact-addr jp-mod-bad' : 'jp-CodeArtifact-addr'}>
            <span>{line.address}</span>
            <span className="jp-CodeArtifact-num">{line.time}</span>
            <span>{line.verdict}</span>
          </span>
        )}
      </li>
    ))}
  </ul>
);

interface INodeProps {
  readonly node: IPathNode;
  readonly next: IPathNode | undefined;
  readonly row: Row;
  readonly open: boolean;
  /** Whether the Tab key stops here; it does at one node of the path. */
  readonly tabStop: boolean;
  readonly onToggle: () => void;
  readonly onFocus: () => void;
}

/** The wire to the next node: a timeout cuts it, to a node that was not reached it is dotted. */
function wireTo(next: IPathNode | undefined): string {
  if (next?.root && next.mark === 'timeout') {
    return 'jp-mod-out-timeout';
  }
  return next && (next.mark === 'skip' || next.mark === 'timeout') ? 'jp-mod-out-skip' : '';
}

function NodeView(props: INodeProps): React.JSX.Element {
  const { trans } = useUI();
  const { node, row, open } = props;
  const list = React.useId();
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    if (open && words.now === null) {
      words.load().then(draw, () => undefined);
    }
  }, [open]);
  const lines = open ? nodeLines(trans, node) : [];
  const mark = node.mark === 'timeout' && !node.root ? 'jp-mod-quiet' : `jp-mod-${node.mark}`;
  const classes = ['jp-CodeArtifact-rung', mark, node.root && 'jp-mod-root', wireTo(props.next)];
  return (
    <li className={classes.filter(Boolean).join(' ')}>
      <button
        type="button"
        className="jp-CodeArtifact-rung-row"
        tabIndex={props.tabStop ? 0 : -1}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        onClick={props.onToggle}
        onFocus={props.onFocus}
      >
        <span className="jp-CodeArtifact-node">
          <Icon name={ICONS[node.mark]} />
        </span>
        <span className="jp-CodeArtifact-rung-label">
          {nodeLabel(trans, node.id)}
          {node.root && <ScreenReaderOnly>{trans.__(', root cause')}</ScreenReaderOnly>}
        </span>
        {row.time && !(node.root && open) && <span className="jp-CodeArtifact-rung-ms">{row.time}</span>}
        {row.muted ? (
          <ScreenReaderOnly>{row.verdict}</ScreenReaderOnly>
        ) : (
          <span
            className={
              row.verdict.length > SHORT
                ? 'jp-CodeArtifact-rung-verdict'
                : 'jp-CodeArtifact-rung-verdict jp-mod-short'
            }
          >
            {row.verdict}
          </span>
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

export interface IPathProps {
  readonly document: Document | null;
  readonly path: readonly IPathNode[];
  readonly working: boolean;
  /** The path is whole, and something keeps pip from taking it. */
  readonly unused?: boolean;
  /** Milliseconds since the run began, as far as this page knows. */
  readonly elapsed: number;
  readonly open: boolean;
  /** The root cause shows its evidence at once. */
  readonly explain: boolean;
}

/** The nodes, one under the other; each opens to show what was seen there. */
export function PathList(props: IPathProps): React.JSX.Element {
  const { trans } = useUI();
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
          <NodeView
            key={node.id}
            node={node}
            next={path[index + 1]}
            row={rows[index]}
            open={open}
            tabStop={index === tab}
            onToggle={() => setChosen({ ...chosen, [key]: !open })}
            onFocus={() => setStop(index)}
          />
        );
      })}
    </ol>
  );
}
