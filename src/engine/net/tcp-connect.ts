import { connect as netConnect } from 'node:net';
import type { AddressClass } from '../../protocol/rung';
import type { Failure } from '../core/failure';
import { failureFromNode } from './node-error';
import type { Clock } from '../runtime/runtime';
import { addressClass, classOfAll } from './address-class';
import { abortReason, within } from '../runtime/deadline';

/** What became of one address. */
export interface AddressResult {
  readonly address: string;
  readonly addressClass: AddressClass;
  readonly ok: boolean;
  /** Until the answer, or until we gave up. */
  readonly ms: number;
  /** Node's code: `ETIMEDOUT` for silence until the cap. */
  readonly error?: string;
}

export interface Reached {
  /** In the order of the addresses. */
  readonly results: readonly AddressResult[];
  /** Set when not one of them answered. */
  readonly failure?: Failure;
}

export interface ConnectTarget {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
  /** Milliseconds. */
  readonly capMs: number;
}

export type Connect = (
  target: ConnectTarget,
  signal: AbortSignal,
  /** Called as soon as one address answers, so that nobody waits for the dead ones. */
  onFirst?: (address: string) => void
) => Promise<Reached>;

/**
 * Which of several different errors speaks for the endpoint: silence first, since that is what a
 * security group does; "no route" last, since IPv6 addresses in an IPv4-only network always say so.
 */
const LOUDEST = [
  'ETIMEDOUT',
  'ECONNRESET',
  'ECONNREFUSED',
  'EACCES',
  'EPERM',
  'EINVAL',
  'EHOSTUNREACH',
  'ENETUNREACH'
];

/**
 * Connects to every address by its literal, all at once, and closes what opens. Node's own
 * happy eyeballs drops each address after 250 ms and then hangs on the last (nodejs/node 54359).
 */
export function createConnect(clock: Clock): Connect {
  async function one(address: string, target: ConnectTarget, signal: AbortSignal) {
    const started = clock.ticks();
    const result = (ok: boolean, error?: unknown) => ({
      error,
      result: {
        address,
        addressClass: addressClass(address),
        ok,
        ms: Math.round(clock.ticks() - started),
        ...(ok ? {} : { error: (error as { code?: string }).code ?? 'unknown' })
      }
    });
    try {
      await within(clock, target.capMs, signal, inner => open(address, target.port, inner));
      return result(true);
    } catch (error) {
      if (signal.aborted) {
        throw abortReason(signal);
      }
      return result(false, error);
    }
  }

  return async (target, signal, onFirst) => {
    let told = false;
    const started = clock.ticks();
    const all = await Promise.all(
      target.addresses.map(async address => {
        const answer = await one(address, target, signal);
        if (answer.result.ok && !told) {
          told = true;
          onFirst?.(address);
        }
        return answer;
      })
    );
    const results = all.map(answer => answer.result);
    if (told) {
      return { results };
    }
    const rank = (code: string | undefined) =>
      (LOUDEST.indexOf(code ?? '') + LOUDEST.length + 1) % (LOUDEST.length + 1);
    const [speaks] = [...all].sort((a, b) => rank(a.result.error) - rank(b.result.error));
    const at = {
      phase: 'tcp' as const,
      host: target.host,
      port: target.port,
      addressClass: classOfAll(target.addresses),
      addresses: results,
      waitedMs: Math.round(clock.ticks() - started)
    };
    return { results, failure: failureFromNode(speaks?.error ?? new Error('no address'), at) };
  };
}

function open(address: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = netConnect({ host: address, port });
    const close = () => socket.destroy();
    signal.addEventListener('abort', close, { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('close', () => signal.removeEventListener('abort', close));
  });
}
