import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandRegistry } from '@lumino/commands';
import { CodeArtifactModel } from '../connection/model';
import { aConnection, aDocument } from '../../../testing/fixtures/lab/documents';
import { fakeApi, type FakeApi } from '../../../testing/fixtures/lab/fake-api';
import { someFacts } from '../../../testing/fixtures/lab/stores';
import { CommandIDs, PANEL_ID } from '../tokens';
import type { Store } from '../connection/store';
import { commands as plugin } from './plugin';

let registry: CommandRegistry;
let model: CodeArtifactModel;
let api: FakeApi;
const activated: string[] = [];
const listed: string[] = [];

beforeEach(async () => {
  registry = new CommandRegistry();
  api = fakeApi();
  model = new CodeArtifactModel({ api, pins: {} });
  activated.length = listed.length = 0;
  const app = { commands: registry, shell: { activateById: (id: string) => activated.push(id) } };
  const palette = { addItem: ({ command }: { command: string }) => listed.push(command) };
  await plugin.activate(app as unknown as JupyterFrontEnd, { model }, palette, null);
});
afterEach(() => model.dispose());

const set = (change: Partial<Store>): void => {
  Object.assign(model, { _facts: someFacts(change) });
  model.touch();
};
const state = (name: 'connected' | 'refreshing' | 'expired' | 'connecting' | 'failed'): Partial<Store> => ({
  document: aDocument({ connection: aConnection({ state: name }) })
});
const busy = { busy: { verb: 'diagnose', since: 0, shown: false } } as const;

const VERBS = ['connect', 'refresh', 'disconnect', 'diagnose', 'cancel'] as const;

it.each<[string, Partial<Store>, string]>([
  ['nothing known yet', { document: null }, 'connect diagnose'],
  ['not connected', { document: aDocument({ connection: null }) }, 'connect diagnose'],
  ['connecting', state('connecting'), 'cancel'],
  ['connected', state('connected'), 'refresh disconnect diagnose'],
  ['renewing', state('refreshing'), 'disconnect cancel'],
  ['expired', state('expired'), 'refresh disconnect diagnose'],
  ['failed', state('failed'), 'connect diagnose'],
  ['checking', { ...state('connected'), ...busy }, 'disconnect cancel']
])('%s: what can be done', (_, store, able) => {
  set(store);
  expect(VERBS.filter(verb => registry.isEnabled(CommandIDs[verb])).join(' ')).toBe(able);
});

it.each(['connect', 'diagnose'] as const)('%s asks the server for it, with no settings', async verb => {
  set({ document: aDocument({ connection: null }) });
  void registry.execute(CommandIDs[verb]);
  await Promise.resolve();
  expect(api.asked).toEqual([verb]);
});

it('tells menus and the palette when what can be done has changed', () => {
  const changed = jest.fn();
  registry.commandChanged.connect(changed);
  set(state('connected'));
  expect(changed).toHaveBeenCalled();
});

it('shows the panel', async () => {
  await registry.execute(CommandIDs.show);
  expect(activated).toEqual([PANEL_ID]);
});

it('has a short label where a menu names the subject, and lists every command', async () => {
  expect(registry.label(CommandIDs.refresh)).toBe('Renew the CodeArtifact token');
  expect(registry.label(CommandIDs.refresh, { short: true })).toBe('Renew now');
  expect(new Set(listed)).toEqual(new Set(Object.values(CommandIDs)));
  expect(await registry.describedBy(CommandIDs.connect)).toMatchObject({
    args: { additionalProperties: false }
  });
});

it('has nothing to copy before anything is known, and no settings without their editor', () => {
  set({ document: null });
  expect(registry.isEnabled(CommandIDs.copyReport)).toBe(false);
  expect(registry.isEnabled(CommandIDs.settings)).toBe(false);
  set({});
  expect(registry.isEnabled(CommandIDs.copyReport)).toBe(true);
});
