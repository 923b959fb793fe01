import type { Connection } from '../../protocol/connection';
import type { Fix, Fixer } from '../../protocol/fix';
import type { Rung } from '../../protocol/rung';
import type { FailureVerdict } from '../../protocol/verdict';
import type { IStore as Store } from './store';
import { NO_ANSWER_MS, nodeOf, NODES, SLOW_MS } from '../diagnosis/path';
import { rootOf } from '../diagnosis/root-cause';
import type { ViewState } from './view-state';
import { degradedMessage } from './degraded-message';
import { describeFailure, evidenceOf, pipStillWorks } from '../diagnosis/describe-rung';
import { fixerSentence } from '../../protocol/fixer';
import { VERDICT } from '../../protocol/verdict';
import { ago, clockTime } from '../ui/time';
import type { Trans } from '../ui/trans';
import { said } from '../ui/trans';
import { kernelShadow, partial, shadow } from '../diagnosis/warning-text';

/** The shape and colour before the headline: each verdict has its own shape. */
export type HeadIcon = 'off' | 'run' | 'ok' | 'warn' | 'wait' | 'timeout' | 'denied' | 'error';

/** The status part in words: what the panel, the status bar, toasts and the screen reader say. */
export interface StatusMessage {
  readonly icon: HeadIcon;
  readonly headline: string;
  readonly sentence: string;
  readonly who: string;
  readonly fixer: Fixer | null;
  readonly fix: Fix | null;
  /** Spoken once when this situation is reached; empty: nothing is. */
  readonly spoken: string;
}

export function pace(trans: Trans, elapsed: number): string {
  return elapsed < SLOW_MS
    ? trans.__('Usually done within a second.')
    : elapsed < NO_ANSWER_MS
      ? trans.__('Slower than usual.')
      : trans.__('No answer yet. Verdict within 4 s.');
}

const NONE: Omit<StatusMessage, 'icon' | 'headline'> = {
  sentence: '',
  who: '',
  fixer: null,
  fix: null,
  spoken: ''
};

export function statusMessage(trans: Trans, view: ViewState, store: Store, now: number): StatusMessage {
  switch (view.kind) {
    case 'loading':
      return { ...NONE, icon: 'off', headline: trans.__('Looking…') };
    case 'degraded': {
      const words = degradedMessage(trans, view.problem, store.document, now);
      const people = words.fixer ? fixerSentence(words.fixer, trans) : '';
      return {
        icon: view.problem.kind === 'engine_stopped' ? 'wait' : 'error',
        headline: words.headline,
        sentence: words.sentence,
        who: people,
        fixer: words.fixer ?? null,
        fix: words.fix ?? null,
        spoken: people ? trans.__('%1. %2', words.headline, people) : words.headline
      };
    }
    case 'first-run':
      return { ...NONE, icon: 'off', headline: trans.__('Not connected') };
    case 'offered':
      return {
        ...NONE,
        icon: 'off',
        headline: trans.__('Not connected'),
        sentence: trans.__('A cell in `%1` names a repository.', view.offer.from)
      };
    case 'ready':
      return {
        ...NONE,
        icon: 'off',
        headline: trans.__('Ready to connect'),
        // What Disconnect has done is told once more than the headline can.
        sentence: store.done?.verb === 'disconnect' ? said(store.document?.summary ?? '', trans) : '',
        spoken:
          (store.done?.verb === 'disconnect' && said(store.document?.summary ?? '', trans)) ||
          trans.__('Ready to connect.')
      };
    case 'connecting': {
      const repository = store.document?.connection?.repository || store.settings?.repository;
      return {
        ...NONE,
        icon: 'run',
        headline: trans.__('Connecting…'),
        sentence: pace(trans, now - view.since),
        spoken: repository ? trans.__('Connecting to %1.', repository) : trans.__('Connecting.')
      };
    }
    case 'checking':
      return {
        ...NONE,
        icon: 'run',
        headline: trans.__('Checking…'),
        sentence: pace(trans, now - view.since),
        spoken: trans.__('Checking the path.')
      };
    case 'disconnecting':
      return {
        ...NONE,
        icon: 'run',
        headline: trans.__('Disconnecting…'),
        spoken: trans.__('Disconnecting.')
      };
    case 'connected':
      return {
        ...NONE,
        icon: 'ok',
        headline: trans.__('Connected'),
        spoken: connectedTo(trans, view.connection, now)
      };
    case 'ending': {
      const end = clockTime(Date.parse(view.connection.expiresAt ?? ''), now);
      return {
        ...NONE,
        icon: 'warn',
        headline: trans.__('Connected until %1', end),
        sentence: trans.__('The token does not renew automatically. After that time pip cannot install.'),
        spoken: trans.__('The token expires at %1 and does not renew automatically.', end)
      };
    }
    case 'renewing':
      return {
        ...NONE,
        icon: 'run',
        headline:
          view.connection.state === 'expired' ? trans.__('Renewing…') : trans.__('Connected, renewing'),
        sentence: pipStillWorks(store.document) ? trans.__('pip keeps working with the present token.') : '',
        spoken: trans.__('Renewing.')
      };
    case 'warned':
      return withSpoken(trans, {
        icon: 'warn',
        ...partial(trans, view.rung),
        who: view.rung.fix ? fixerSentence(view.rung.fix.who, trans) : '',
        fixer: view.rung.fix?.who ?? null,
        fix: view.rung.fix ?? null,
        spoken: ''
      });
    case 'shadowed':
      return withSpoken(trans, {
        icon: 'warn',
        ...shadow(trans, view.file),
        ...fixParts(trans, store.document?.rungs.find(rung => rung.id === 'tools')?.fix ?? null),
        spoken: ''
      });
    case 'in-kernel':
      return withSpoken(trans, {
        ...NONE,
        icon: 'warn',
        headline: trans.__('Connected, but not in this kernel'),
        sentence: kernelShadow(trans, view.shadow)
      });
    case 'failing':
    case 'expired':
      return renewal(trans, view, store, now);
    case 'broken':
      return broken(trans, view, store, now);
  }
}

const fixParts = (trans: Trans, fix: Fix | null): Pick<StatusMessage, 'who' | 'fixer' | 'fix'> => ({
  who: fix ? fixerSentence(fix.who, trans) : '',
  fixer: fix?.who ?? null,
  fix
});

const withSpoken = (trans: Trans, message: StatusMessage): StatusMessage => ({
  ...message,
  spoken: message.who ? trans.__('%1. %2', message.headline, message.who) : trans.__('%1.', message.headline)
});

function connectedTo(trans: Trans, connection: Connection, now: number): string {
  const until = Date.parse(connection.expiresAt ?? '');
  return Number.isNaN(until)
    ? trans.__('Connected to %1.', connection.repository)
    : trans.__('Connected to %1 until %2.', connection.repository, clockTime(until, now));
}

/** Why a renewal fails, to stand inside a sentence: the headline of what broke, else what was said of it. */
export function whyNot(trans: Trans, connection: Connection, rung: Rung | null): string {
  const { trouble } = connection;
  return rung
    ? describeFailure(trans, rung.verdict as FailureVerdict, rung, '', 0).headline
    : trouble
      ? said(trouble.summary, trans).replace(/\.$/, '')
      : trans.__('no answer');
}

function renewal(
  trans: Trans,
  view: Extract<ViewState, { kind: 'failing' | 'expired' }>,
  store: Store,
  now: number
): StatusMessage {
  const { connection, rung } = view;
  const { trouble } = connection;
  const verdict = (trouble?.verdict ?? rung?.verdict ?? 'service_error') as FailureVerdict;
  const why = whyNot(trans, connection, rung);
  const since = clockTime(Date.parse(trouble?.since ?? '') || now, now);
  const until = Date.parse(connection.expiresAt ?? '') || now;
  const { fixer, who } = describeFailure(trans, verdict, rung, '', now);
  // What the files say of an ended token is no other cause.
  const cause = trouble !== undefined || blockedBy(view);
  const common = {
    who: cause ? who : '',
    fixer: cause ? fixer : null,
    fix: cause ? (rung?.fix ?? null) : null
  };
  if (view.kind === 'failing') {
    return {
      ...common,
      icon: 'warn',
      headline: trans.__('Connected, renewal failing'),
      sentence: pipStillWorks(store.document)
        ? trans.__('pip works until %1. Renewal has failed since %2: %3.', clockTime(until, now), since, why)
        : trans.__('Renewal has failed since %1: %2.', since, why),
      spoken: trans.__('Renewal fails with %1. The token stays valid until %2.', why, clockTime(until, now))
    };
  }
  return {
    ...common,
    icon: 'timeout',
    headline: trans.__('Token expired %1', ago(trans, now - until)),
    sentence: trouble
      ? trans.__('pip cannot install until it is renewed. Renewal has failed since %1: %2.', since, why)
      : blockedBy(view)
        ? trans.__('pip cannot install until it is renewed, and that cannot be done now: %1.', why)
        : trans.__('pip cannot install until it is renewed. It does not renew automatically.'),
    spoken: trouble
      ? trans.__('Token expired at %1. Renewal fails with %2.', clockTime(until, now), why)
      : trans.__('Token expired at %1.', clockTime(until, now))
  };
}

/** Whether something stands in the way of renewing an ended token, beside its end. */
export const blockedBy = ({ rung }: Extract<ViewState, { kind: 'failing' | 'expired' }>): boolean =>
  rung !== null && rung.id !== 'tools' && rung.id !== 'index';

/** A first Connect that got far enough to have written them, and did not. */
const untouched = (rung: Rung | null, connection: Connection | null): boolean =>
  connection === null && rung?.id === 'tcp.repository' && rung.verdict === 'timeout';

function broken(
  trans: Trans,
  view: Extract<ViewState, { kind: 'broken' }>,
  store: Store,
  now: number
): StatusMessage {
  const { verdict, rung, connection } = view;
  const described = describeFailure(trans, verdict, rung, said(store.document?.summary ?? '', trans), now);
  const title = described.headline;
  const cause = untouched(rung, connection)
    ? `${described.sentence} ${trans.__('pip’s files were not changed.')}`
    : described.sentence;
  const until = Date.parse(connection?.expiresAt ?? '');
  const still = until > now && pipStillWorks(store.document);
  const { fixer } = described;
  const quiet = VERDICT[verdict].colour === 'muted';
  const people = quiet ? '' : described.who;
  const step = rung && rootOf(store.document) ? NODES.indexOf(nodeOf(rung)) + 1 : 0;
  return {
    icon: VERDICT[verdict].icon,
    headline: title,
    sentence: still
      ? trans.__('%1 pip keeps working with the present token until %2.', cause, clockTime(until, now))
      : cause,
    who: people,
    fixer: quiet ? null : fixer,
    fix: rung?.fix ?? null,
    spoken:
      verdict === 'throttled'
        ? trans.__('Throttled by AWS. Trying again in %1 seconds.', evidenceOf(rung).retryAfterSeconds ?? 10)
        : step > 0 && people
          ? trans.__('%1, step %2 of %3. %4', title, step, NODES.length, people)
          : trans.__('%1. %2', title, people)
  };
}
