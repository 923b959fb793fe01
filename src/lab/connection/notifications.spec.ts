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
