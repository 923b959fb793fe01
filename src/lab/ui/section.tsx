import * as React from 'react';
import { useUI } from './context';
import { Icon } from './icon';

interface ISectionProps {
  /** A stable id, under which the user's choice is remembered. */
  readonly id: string;
  readonly title: string;
  readonly summary?: React.ReactNode;
  /** Whether it is open when the user has made no choice. */
  readonly open: boolean;
  /** Rows reach from edge to edge. */
  readonly flush?: boolean;
  readonly children: React.ReactNode;
}

/**
 * A part of the panel under a title that opens and closes it. It looks like a section of JupyterLab's SidePanel; it is
 * not one, because an AccordionPanel gives each section its own scroll bar and the panel scrolls as one column.
 */
export function Section(props: ISectionProps): React.JSX.Element {
  const { expand } = useUI();
  const body = React.useId();
  const open = useIsOpen(props.id, props.open);
  return (
    <section className="jp-CodeArtifact-section">
      <h3 className="jp-CodeArtifact-section-title">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => expand(props.id, !open)}
        >
          <Icon name="caret" />
          <span>{props.title}</span>
        </button>
        {props.summary !== undefined && <span className="jp-CodeArtifact-summary">{props.summary}</span>}
      </h3>
      {open && (
        <div
          id={body}
          className={
            props.flush ? 'jp-CodeArtifact-section-body jp-mod-flush' : 'jp-CodeArtifact-section-body'
          }
        >
          {props.children}
        </div>
      )}
    </section>
  );
}

/** Whether a section is open: the user's choice, or `otherwise`. */
export const useIsOpen = (id: string, otherwise: boolean): boolean => useUI().expanded[id] ?? otherwise;
