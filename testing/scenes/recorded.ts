import type { Document } from '../../src/protocol/document';
import type { Packages, Repositories } from '../../src/protocol/listing';
import RECORDED from './recorded.json';
import type { SCENARIOS } from './scenarios';

export type Recording = keyof typeof SCENARIOS;

/** What the engine answered in a scenario of `scenarios.ts`; `npm run scenes` records it anew. */
function recordedAs<T>(name: Recording): T {
  const answer = (RECORDED as Readonly<Record<string, unknown>>)[name];
  if (answer === undefined) {
    throw new Error(`there is no recording ${name}: run "npm run scenes"`);
  }
  return answer as T;
}

export const recorded = (name: Recording): Document => recordedAs<Document>(name);
export const recordedListing = (name: Recording): Repositories => recordedAs<Repositories>(name);
export const recordedPackages = (name: Recording): Packages => recordedAs<Packages>(name);
