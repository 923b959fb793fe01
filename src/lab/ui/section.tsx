import * as React from 'react';
import { Icon } from './icon';
import { usePanel } from './panel-context';

interface SectionProps {
  /** Its stable name, under which the fold is remembered. */
  readonly id: string;
  readonly title: string;
  readonly summary?: React.ReactNode;
  /** Open unless the user chose otherwise. */
  readonly open: boolean;
  /** Rows go from edge to edge. */
  readonly flush?: boolean;
  readonly children: React.ReactNode;
}

/** A part of the panel under a title that opens and closes it; a choice by hand wins and is remembered. */
export function Section(props: SectionProps): React.JSX.Element {
  const { sections, actions } = usePanel();
  const body = React.useId();
  const open = sections[props.id] ?? props.open;
  return (
    <section className="jp-CodeArtifact-section">
      <h3 className="jp-CodeArtifact-section-title">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => actions.expand(props.id, !open)}
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

export const useIsOpen = (id: string, otherwise: boolean): boolean => usePanel().sections[id] ?? otherwise;
