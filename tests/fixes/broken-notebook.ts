import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Document } from '../../src/protocol/document';
import type { Rung } from '../../src/protocol/rung';
import { applyText, type Applied } from '../../testing/emulator/admin/apply';
import { startEmulator, type Emulator } from '../../testing/emulator/emulator';

export type Place = Readonly<Record<string, string>>;

/** The article's place, as flags. */
export const PLACE: Place = {
  domain: 'analytics',
  'domain-owner': '111122223333',
  repository: 'isolatedsm',
  region: 'us-east-1'
};

/** A notebook with the engine as it is shipped, and an AWS that can be broken and mended. */
export interface Patient {
  readonly emulator: Emulator;
  diagnose(place?: Place): Promise<Document>;
  /** Any verb's answer, parsed. */
  ask<T>(verb: string, place?: Place): Promise<T>;
  /** Runs a text that was printed for an administrator, who meets no error. */
  paste(text: string): Promise<Applied>;
}

/** Hooks of the test file that calls it; the patient is there from the first test on. */
export function usePatient(): Patient {
  let emulator: Emulator;
  let folder = '';
  beforeAll(async () => {
    process.env.EMULATOR_TOOLS = resolve(__dirname, '../../.venv/bin');
    folder = mkdtempSync(join(tmpdir(), 'heal-'));
    execFileSync(process.execPath, ['scripts/build-engine.mjs', '--outdir', folder]);
    emulator = await startEmulator();
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true });
  });
  const ask = <T>(verb: string, place: Place = PLACE): Promise<T> => {
    const flags = Object.entries(place).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(process.execPath, [join(folder, 'engine.cjs'), verb, '--json', ...flags], {
      env: { HOME: folder, PATH: '/usr/bin:/bin', ...emulator.env },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    let said = '';
    child.stdout.on('data', (part: Buffer) => (said += part.toString()));
    return new Promise((done, failed) => {
      child.once('error', failed);
      child.once('close', () => done(JSON.parse(said) as T));
    });
  };
  return {
    get emulator() {
      return emulator;
    },
    ask,
    diagnose: place => ask('diagnose', place),
    async paste(text) {
      const ran = await applyText(emulator, text);
      expect({ code: ran.code, stderr: ran.stderr, text }).toEqual({ code: 0, stderr: '', text });
      return ran;
    }
  };
}

export const broken = ({ rungs }: Pick<Document, 'rungs'>): Rung | undefined =>
  rungs.find(rung => !['ok', 'skipped'].includes(rung.verdict));

/** A printed text by its title. */
export function textOf(rung: Rung | undefined, title: string | RegExp, language = 'bash'): string {
  const fits = (name: string) => (typeof title === 'string' ? name === title : title.test(name));
  const found = rung?.fix?.snippets.find(s => fits(s.title) && s.language === language);
  if (found === undefined) {
    throw new Error(
      `no ${String(title)} among: ${rung?.fix?.snippets.map(s => s.title).join('; ') ?? 'no fix'}`
    );
  }
  return found.text;
}

export const nameOf = (rung: Rung): string =>
  `${rung.id}: ${String(rung.evidence.policyType ?? rung.verdict)}`;
