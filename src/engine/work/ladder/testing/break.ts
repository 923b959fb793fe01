import type { Emulator } from '../../../../emulator/emulator';
import type { RungId } from '../../../../protocol/rung';
import type { Verdict } from '../../../../protocol/verdict';

/** What a case does to the world before the ladder is climbed. */
export type Break =
  | { readonly at: 'emulator'; readonly tls?: boolean; readonly patch?: object; readonly scenario?: string }
  /** The resolver's way to fail, for both endpoints' real names. */
  | {
      readonly at: 'resolver';
      readonly dns: 'nxdomain' | 'nodata' | 'servfail' | 'refused' | 'silent' | 'gone';
    }
  /** Addresses that the API's name leads to, in place of the emulator's. */
  | { readonly at: 'addresses'; readonly addresses: readonly string[] }
  | { readonly at: 'proxy'; readonly status: 200 | 403 | 407 }
  | { readonly at: 'token' };

export interface Symptom {
  /** Row of the table of 32 symptoms, and what is broken. */
  readonly row: number;
  readonly name: string;
  readonly broken: Break;
  readonly verdict: Verdict;
  readonly root: RungId | null;
  readonly evidence: object;
  /** Words that the fix must have; who can do it. */
  readonly fix: RegExp;
  readonly who: string;
  /** The most that the broken rung may take, milliseconds. */
  readonly within: number;
}

/** Applies what concerns the emulator, on a world made whole. */
export async function breakEmulator(emulator: Emulator, broken: Break): Promise<void> {
  await emulator.setScenario(broken.at === 'emulator' ? (broken.scenario ?? 'ok') : 'ok');
  if (broken.at === 'emulator' && broken.patch) {
    await emulator.patchWorld(broken.patch);
  }
}
