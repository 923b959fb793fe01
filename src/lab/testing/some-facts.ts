import type { Facts } from '../view/facts';
import { aDocument, NOW } from './a-document';

/** Facts of a connected panel, with what is different. */
export const someFacts = (change: Partial<Facts> = {}): Facts => ({
  document: aDocument(),
  problem: null,
  busy: null,
  settings: {
    domain: 'analytics',
    domainOwner: '111122223333',
    repository: 'isolatedsm',
    tools: ['pip'],
    durationSeconds: 43200
  },
  pins: {},
  listing: null,
  nextCheckAt: null,
  fixedAt: null,
  offer: null,
  shadows: [],
  receivedAt: NOW,
  ...change
});
