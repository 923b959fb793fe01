import {
  caretDownIcon,
  checkIcon,
  closeIcon,
  copyIcon,
  ellipsesIcon,
  LabIcon,
  launchIcon,
  lockIcon,
  refreshIcon,
  searchIcon,
  settingsIcon,
  userIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';
import checkedSvg from '../../../style/icons/checked.svg';
import deniedSvg from '../../../style/icons/denied.svg';
import errorSvg from '../../../style/icons/error.svg';
import infoSvg from '../../../style/icons/info.svg';
import offSvg from '../../../style/icons/off.svg';
import okSvg from '../../../style/icons/ok.svg';
import ringSvg from '../../../style/icons/ring.svg';
import runningSvg from '../../../style/icons/running.svg';
import timeoutSvg from '../../../style/icons/timeout.svg';
import waitingSvg from '../../../style/icons/waiting.svg';
import warningSvg from '../../../style/icons/warning.svg';
import { codeArtifactIcon } from './codeartifact-icon';

const own = (name: string, svgstr: string): LabIcon =>
  new LabIcon({ name: `jupyterlab-codeartifact:${name}`, svgstr });

/**
 * JupyterLab's icons where it has the same one; our own for verdicts, and for "info", which is a question mark there. Each verdict has its own shape, so that nothing
 * depends on colour (WCAG 2.2, 1.4.1 "Use of Color").
 */
const ICONS = {
  caret: caretDownIcon,
  check: checkIcon,
  close: closeIcon,
  copy: copyIcon,
  lock: lockIcon,
  more: ellipsesIcon,
  open: launchIcon,
  package: codeArtifactIcon,
  person: userIcon,
  refresh: refreshIcon,
  search: searchIcon,
  settings: settingsIcon,
  info: own('info', infoSvg),
  checked: own('checked', checkedSvg),
  ring: own('ring', ringSvg),
  off: own('off', offSvg),
  run: own('running', runningSvg),
  ok: own('ok', okSvg),
  warn: own('warning', warningSvg),
  wait: own('waiting', waitingSvg),
  timeout: own('timeout', timeoutSvg),
  denied: own('denied', deniedSvg),
  error: own('error', errorSvg)
} as const;

export type IconName = keyof typeof ICONS;

/** An icon of 16 px that is decoration: the text beside it says the same. */
export function Icon(props: { name: IconName; className?: string }): React.JSX.Element {
  const icon = ICONS[props.name];
  const spin = props.name === 'run' && 'jp-CodeArtifact-spin';
  return (
    <icon.react
      tag={null}
      className={['jp-CodeArtifact-icon', spin, props.className].filter(Boolean).join(' ')}
    />
  );
}

/** The icons that stand before a headline. */
export type VerdictIconName = 'off' | 'run' | 'ok' | 'warn' | 'wait' | 'timeout' | 'denied' | 'error';

const COLOURS: Record<VerdictIconName, string> = {
  off: 'off',
  run: 'run',
  ok: 'ok',
  warn: 'warn',
  wait: 'off',
  timeout: 'bad',
  denied: 'bad',
  error: 'bad'
};

/** A verdict's icon in the verdict's colour. */
export function VerdictIcon(props: {
  name: VerdictIconName;
  /** 18 px, as beside a headline. */
  large?: boolean;
  /** In the colour of the text around it. */
  plain?: boolean;
}): React.JSX.Element {
  const colour = !props.plain && `jp-CodeArtifact-icon-${COLOURS[props.name]}`;
  const size = props.large && 'jp-mod-large';
  return <Icon name={props.name} className={[colour, size].filter(Boolean).join(' ')} />;
}
