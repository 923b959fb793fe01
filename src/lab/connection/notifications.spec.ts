import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { IDisposable } from '@lumino/disposable';
import { CodeArtifactModel } from './model';
import { aConnection, aDocument, isoIn } from '../../../testing/fixtures/lab/documents';
import { fakeApi } from '../../../testing/fixtures/lab/fake-api';
import { privateTimeout } from '../../../testing/fixtures/lab/failures';
import { aStore } from '../../../testing/fixtures/lab/stores';
import type { IStore } from './store';
import { CommandIDs } from '../tokens';
import { showNotifications } from './notifications';

let model: CodeArtifactModel;
let notifications: IDisposable;
let isVisible = false;
const shown = jest.fn();
const renewed = jest.fn();

beforeEach(() => {
  isVisible = false;
  shown.mockClear();
  renewed.mockClear();
  model = new CodeArtifactModel({ api: fakeApi(), pins: {} });
  const commands = new CommandRegistry();
  commands.addCommand(CommandIDs.show, { execute: shown });
  commands.addCommand(CommandIDs.refresh, { execute: renewed });
  set({ document: aDocument({ connection: null }) });
  notifications = showNotifications({
    model,
    trans: nullTranslator.load(''),
    commands,
    isVisible: () => isVisible
  });
});
afterEach(() => {
  Notification.manager.dismiss();
  model.dispose();
});

function set(change: Partial<IStore> = {}): void {
  Object.assign(model, { _store: aStore(change) });
  model.stateChanged.emit();
}

const toasts = () => Notification.manager.notifications;
const expired = {
  document: aDocument({ connection: aConnection({ state: 'expired', expiresAt: isoIn(-1) }) })
};

it('a success passes by itself, and asks for nothing', () => {
  set();
  expect(toasts().map(({ type, message }) => [type, message])).toEqual([
    ['success', expect.stringMatching(/^Connected to isolatedsm\. pip is ready until /)]
  ]);
  expect(toasts()[0].options).toMatchObject({ autoClose: 5000, actions: [] });
});

it('a failure stays, and leads to the panel', () => {
  set({ document: privateTimeout });
  const [toast] = toasts();
  expect([toast.type, toast.message, toast.options.autoClose]).toEqual([
    'error',
    'Timeout at the API endpoint. Your network administrator can fix this.',
    false
  ]);
  toast.options.actions?.find(({ label }) => label === 'Show details')?.callback(new MouseEvent('click'));
  expect(shown).toHaveBeenCalledTimes(1);
});

it('an expired token can be renewed from the toast', () => {
  set();
  set(expired);
  toasts()[0]
    .options.actions?.find(({ label }) => label === 'Renew now')
    ?.callback(new MouseEvent('click'));
  expect(renewed).toHaveBeenCalledTimes(1);
});

it('a Connect from the palette shows its progress, can be cancelled, and gives way to the result', () => {
  const busy = { verb: 'connect', byUser: true, since: 0, shown: true } as const;
  set({ document: aDocument({ connection: null, rungs: [] }), busy });
  const [toast] = toasts();
  expect([toasts().length, toast.type, toast.message]).toEqual([
    1,
    'in-progress',
    'Connecting to isolatedsm.'
  ]);
  expect(toast.options.actions?.map(({ label }) => label)).toEqual(['Cancel']);
  set();
  expect(toasts().map(({ type }) => type)).toEqual(['success']);
});

it('the end of an outage is told with how long it lasted', () => {
  set({ document: { ...privateTimeout, connection: aConnection() } });
  const outage = { since: isoIn(-130), repairedAt: isoIn(0) };
  set({ document: aDocument({ outage }), repaired: true });
  expect(toasts().map(({ type, message }) => [type, message])).toEqual([
    ['success', expect.stringMatching(/^Fixed after 2 h 10 min\. pip is ready until /)]
  ]);
});

it('a token that ends and is not renewed is told, with the button that helps', () => {
  set();
  set({ document: aDocument({ connection: aConnection({ refreshAt: undefined, expiresAt: isoIn(20) }) }) });
  const [toast] = toasts().slice(-1);
  expect([toast.type, toast.message]).toEqual([
    'warning',
    expect.stringMatching(/^The token expires at .* and does not renew automatically\.$/)
  ]);
  expect(toast.options.actions?.map(({ label }) => label)).toContain('Renew now');
});

it('one at a time: what comes next takes its place', () => {
  set({ document: privateTimeout });
  set();
  expect(toasts()).toHaveLength(1);
  expect(toasts()[0].type).toBe('success');
});

it('the same again, and what is under way, is no news', () => {
  set({ document: privateTimeout });
  const [{ id }] = toasts();
  set({ document: privateTimeout, busy: { verb: 'diagnose', byUser: true, since: 0, shown: true } });
  set({ document: privateTimeout });
  expect(toasts().map(toast => toast.id)).toEqual([id]);
});

it('who looks at the panel gets none, and none is made up for later', () => {
  isVisible = true;
  set({ document: privateTimeout });
  isVisible = false;
  set({ document: privateTimeout });
  expect(toasts()).toEqual([]);
});

it('shows nothing more once it is disposed', () => {
  notifications.dispose();
  set({ document: privateTimeout });
  expect(toasts()).toEqual([]);
});
