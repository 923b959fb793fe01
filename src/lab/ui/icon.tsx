import * as React from 'react';
import type { Mark } from '../diagnosis/path';
import type { HeadIcon } from '../connection/status-message';

/*
 * The panel's own shapes: each verdict has one, so that nothing hangs on colour. They take the text's
 * colour; a shape cut out of a filled one takes the panel's ground.
 */

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round'
} as const;
const cut = {
  fill: 'none',
  stroke: 'var(--jp-layout-color1)',
  strokeWidth: 1.75,
  strokeLinecap: 'round'
} as const;
const disc = <circle cx="8" cy="8" r="7" fill="currentColor" />;

const SHAPES = {
  refresh: (
    <g {...line}>
      <path d="M13.3 6A5.6 5.6 0 1 0 13.6 8.6" />
      <path d="M13.6 2.7v3.5h-3.5" />
    </g>
  ),
  settings: (
    <g {...line}>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 1.8v1.9M8 12.3v1.9M1.8 8h1.9M12.3 8h1.9M3.6 3.6l1.35 1.35M11.05 11.05l1.35 1.35M12.4 3.6l-1.35 1.35M4.95 11.05L3.6 12.4" />
      <circle cx="8" cy="8" r="4.3" />
    </g>
  ),
  more: (
    <g fill="currentColor">
      <circle cx="3.5" cy="8" r="1.3" />
      <circle cx="8" cy="8" r="1.3" />
      <circle cx="12.5" cy="8" r="1.3" />
    </g>
  ),
  caret: <path d="M4.5 6.2h7L8 10.4z" fill="currentColor" />,
  close: <path d="M4 4l8 8M12 4l-8 8" {...line} />,
  tick: <path d="M3 8.6l3.2 3.2L13 4.6" {...line} strokeWidth={1.9} />,
  copy: (
    <g {...line}>
      <rect x="5.5" y="5.5" width="8" height="8.5" rx="1" />
      <path d="M10.5 3V2.9A.9.9 0 0 0 9.6 2H3.4a.9.9 0 0 0-.9.9v7.2a.9.9 0 0 0 .9.9" />
    </g>
  ),
  open: <path d="M6.5 3H3v10h10V9.5M9.2 2.8h4v4M13 3L7.6 8.4" {...line} />,
  person: (
    <g {...line}>
      <circle cx="8" cy="5" r="2.75" />
      <path d="M2.8 14c.5-3 2.5-4.4 5.2-4.4s4.7 1.4 5.2 4.4" />
    </g>
  ),
  lock: (
    <g>
      <rect x="3" y="7" width="10" height="7" rx="1" fill="currentColor" />
      <path d="M5 7V4.8a3 3 0 0 1 6 0V7" {...line} />
    </g>
  ),
  search: (
    <g {...line}>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.4 10.4L14 14" />
    </g>
  ),
  info: (
    <g>
      <circle cx="8" cy="8" r="6.25" {...line} />
      <path d="M8 7.4v3.6" {...line} />
      <circle cx="8" cy="5" r=".95" fill="currentColor" />
    </g>
  ),
  package: (
    <g {...line}>
      <path d="M8 1.6l5.6 3v6.6L8 14.4l-5.6-3.2V4.6z" />
      <path d="M2.6 4.8L8 7.8l5.4-3M8 7.8v6.4" />
    </g>
  ),
  'ring-tick': (
    <g {...line} strokeWidth={1.25}>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.4 8.2l1.9 1.9 3.3-3.9" />
    </g>
  ),
  ring: <circle cx="8" cy="8" r="3.5" {...line} />,
  off: <circle cx="8" cy="8" r="6.25" {...line} strokeDasharray="2.2 2.7" />,
  arc: (
    <g fill="none" stroke="currentColor" strokeWidth={1.75}>
      <circle cx="8" cy="8" r="6.25" strokeOpacity={0.28} />
      <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" strokeLinecap="round" />
    </g>
  ),
  ok: (
    <g>
      {disc}
      <path d="M4.8 8.3l2.2 2.2 4.2-4.8" {...cut} strokeLinejoin="round" />
    </g>
  ),
  timeout: (
    <g>
      {disc}
      <path d="M8 4.2V8l2.6 1.8" {...cut} strokeLinejoin="round" />
    </g>
  ),
  denied: (
    <g>
      {disc}
      <path d="M4.6 8h6.8" {...cut} strokeWidth={2.25} />
    </g>
  ),
  error: (
    <g>
      {disc}
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" {...cut} />
    </g>
  ),
  warn: (
    <g>
      <path
        d="M8 1.6L15 14H1z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth={1}
        strokeLinejoin="round"
      />
      <path d="M8 6v3.6" {...cut} />
      <circle cx="8" cy="11.9" r="1" fill="var(--jp-layout-color1)" />
    </g>
  ),
  wait: (
    <g {...line}>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.8V8l2.2 1.4" />
    </g>
  )
} as const;

export type IconName = keyof typeof SHAPES;

/** A shape of 16 px, for the eye only: the words beside it say the same. */
export function Icon(props: { name: IconName; size?: number; className?: string }): React.JSX.Element {
  const { name, size = 16, className } = props;
  const turning = name === 'arc' ? 'jp-CodeArtifact-spin' : '';
  return (
    <svg
      className={[className, turning].filter(Boolean).join(' ') || undefined}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}

const HEAD: Record<HeadIcon, [IconName, string]> = {
  off: ['off', 'off'],
  run: ['arc', 'run'],
  ok: ['ok', 'ok'],
  warn: ['warn', 'warn'],
  wait: ['wait', 'off'],
  timeout: ['timeout', 'bad'],
  denied: ['denied', 'bad'],
  error: ['error', 'bad']
};

/** The shape before the headline, and the one in the status bar. */
export function HeadlineIcon(props: {
  icon: HeadIcon;
  size?: number;
  coloured?: boolean;
}): React.JSX.Element {
  const [name, colour] = HEAD[props.icon];
  const className = props.coloured === false ? undefined : `jp-CodeArtifact-icon-${colour}`;
  return <Icon name={name} size={props.size ?? 18} className={className} />;
}

const NODE: Record<Mark, IconName> = {
  ok: 'ring-tick',
  run: 'arc',
  skip: 'ring',
  warn: 'warn',
  timeout: 'timeout',
  denied: 'denied',
  error: 'error'
};

export const NodeIcon = (props: { mark: Mark }): React.JSX.Element => <Icon name={NODE[props.mark]} />;
