import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { aConnection, aDocument, brokenAt } from '../../../testing/fixtures/lab/documents';
import { publicTimeout } from '../../../testing/fixtures/lab/failures';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import type { IStore } from '../connection/store';
import { CommandIDs, PANEL_ID } from '../tokens';
import { addCommands, PALETTE } from './commands';

let registry: CommandRegistry;
let service: FakeService;
let commands: IDisposable;
let copied: string[];
const activated: string[] = [];

beforeEach(() => {
  // The error dialog renders itself, in its own time.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  registry = new CommandRegistry();
  service = fakeService({ repository: { value: 'pinned', file: '/etc/o.json' } });
  activated.length = 0;
  copied = [];
  Object.defineProperty(navigator, 'clipboard', {
    configurable: true,
    value: { writeText: (text: string) => Promise.resolve(void copied.push(text)) }
  });
  const app = { commands: registry, shell: { activateById: (id: string) => activated.push(id) } };
  commands = addCommands(app as unknown as JupyterFrontEnd, service, nullTranslator.load(''));
});
afterEach(() => {
  commands.dispose();
  service.dispose();
});

const state = (name: 'connected' | 'refreshing' | 'expired' | 'connecting' | 'failed'): Partial<IStore> => ({
  document: aDocument({ connection: aConnection({ state: name }) })
});
const busy = { busy: { verb: 'diagnose', byUser: true, since: 0, shown: false } } as const;
const live = (name: Parameters<typeof state>[0]): Partial<IStore> => ({ live: state(name).document });
const run = (command: string, args?: ReadonlyPartialJSONObject) => registry.execute(command, args);

const VERBS = ['connect', 'refresh', 'disconnect', 'diagnose', 'cancel'] as const;

it.each<[string, Partial<IStore>, string]>([
  ['nothing known yet', { document: null }, 'connect diagnose'],
  ['not connected', { document: aDocument({ connection: null }) }, 'connect diagnose'],
  ['connecting', { document: aDocument({ connection: null }), ...live('connecting') }, 'cancel'],
  ['connected', state('connected'), 'refresh disconnect diagnose'],
  ['renewing', { ...state('connected'), ...live('refreshing') }, 'disconnect cancel'],
  ['expired', state('expired'), 'refresh disconnect diagnose'],
  ['failed, with lines of ours on the disk', state('failed'), 'connect disconnect diagnose'],
  ['without a server part', { problem: { kind: 'server_missing', message: '' } }, 'refresh disconnect'],
  ['checking', { ...state('connected'), ...busy }, 'disconnect cancel']
])('%s: what can be done', (_, store, able) => {
  service.set(store);
  expect(VERBS.filter(verb => registry.isEnabled(CommandIDs[verb])).join(' ')).toBe(able);
});

it.each(VERBS)('%s requests just that, with no settings', async verb => {
  service.set(state('connected'));
  void run(CommandIDs[verb]);
  await Promise.resolve();
  expect(service.api.asked).toEqual([verb]);
});

it('reload reads the state, and asks for nothing else', async () => {
  void run(CommandIDs.reload);
  await Promise.resolve();
  expect(service.api.asked).toEqual(['state']);
});

it('tells menus and the palette of the commands that can now be used, and of no others, until it is disposed', () => {
  service.set({ document: aDocument({ connection: null }) });
  const changed = jest.fn();
  registry.commandChanged.connect((_, { id, type }) => changed(`${type} ${id}`));
  service.set(state('connected'));
  const different = [CommandIDs.connect, CommandIDs.refresh, CommandIDs.disconnect];
  expect(changed.mock.calls.flat()).toEqual(expect.arrayContaining(different.map(id => `changed ${id}`)));
  // It is in the toolbar of each notebook.
  expect(changed).not.toHaveBeenCalledWith(`changed ${CommandIDs.show}`);
  changed.mockClear();
  service.set(state('connected'));
  expect(changed).not.toHaveBeenCalled();
  commands.dispose();
  expect(registry.listCommands()).toEqual([]);
  changed.mockClear();
  service.set(state('connected'));
  expect(changed).not.toHaveBeenCalled();
});

it('shows the panel', async () => {
  await run(CommandIDs.show);
  expect(activated).toEqual([PANEL_ID]);
});

it.each(Object.values(CommandIDs))(
  '%s has a label, a caption, an icon and a schema of its arguments',
  async id => {
    expect(registry.hasCommand(id)).toBe(true);
    expect(registry.label(id)).toMatch(/CodeArtifact/);
    expect(registry.label(id, { short: true })).not.toMatch(/CodeArtifact/);
    expect(registry.caption(id)).not.toBe('');
    expect(registry.icon(id)).toBeTruthy();
    expect(await registry.describedBy(id)).toMatchObject({
      args: { type: 'object', properties: { short: { type: 'boolean' } }, additionalProperties: false }
    });
  }
);

it('the palette lists known commands, and none twice', () => {
  expect(PALETTE.filter(id => !registry.hasCommand(id))).toEqual([]);
  expect(new Set(PALETTE).size).toBe(PALETTE.length);
});

it('has nothing to copy before anything is known, and no settings without their editor', () => {
  service.set({ document: null });
  expect(registry.isEnabled(CommandIDs.copyReport)).toBe(false);
  expect(registry.isEnabled(CommandIDs.copyRequest)).toBe(false);
  expect(registry.isEnabled(CommandIDs.openSettings)).toBe(false);
  service.set({});
  expect(registry.isEnabled(CommandIDs.copyReport)).toBe(true);
});

it('opens the settings editor at our settings', async () => {
  const execute = jest.fn();
  registry.addCommand('settingeditor:open', { execute });
  expect(registry.isEnabled(CommandIDs.openSettings)).toBe(true);
  await run(CommandIDs.openSettings);
  expect(execute.mock.calls[0][0]).toMatchObject({ query: 'CodeArtifact' });
});

describe('with the panel', () => {
  it.each([
    ['preview', 'openPreview'],
    ['test', 'openTest'],
    ['chooseRepository', 'openChoice']
  ] as const)('%s is hidden without the panel, and calls it', async (command, method) => {
    service.set(state('connected'));
    expect(registry.isVisible(CommandIDs[command])).toBe(false);
    expect(registry.isEnabled(CommandIDs[command])).toBe(false);
    const panel = { openPreview: jest.fn(), openTest: jest.fn(), openChoice: jest.fn() };
    service.panel = panel;
    expect(registry.isVisible(CommandIDs[command])).toBe(true);
    expect(registry.isEnabled(CommandIDs[command])).toBe(true);
    await run(CommandIDs[command]);
    expect(panel[method]).toHaveBeenCalledTimes(1);
  });
});

describe('copying', () => {
  it('the report, and announces it', async () => {
    service.set({ document: publicTimeout });
    await run(CommandIDs.copyReport);
    expect(copied).toEqual([expect.stringMatching(/^# CodeArtifact: Timeout at the API endpoint\n/)]);
    expect(copied[0]).toContain('| `tcp.api` | Timeout |');
    expect(service.announcer.message).toBe('Copied');
  });

  it('the report with an error of the panel, even when the report itself fails', async () => {
    service.set({});
    await run(CommandIDs.copyReport, { error: 'TypeError: x at https://aws:secret@host/' });
    expect(copied[0]).toMatch(
      /^# CodeArtifact: Connected\n[^]*## Error\n\n```\nTypeError: x at https:\/\/\*\*\*@host\//
    );
    service.set({ document: { ...aDocument(), rungs: null as never } });
    await run(CommandIDs.copyReport, { error: 'TypeError: y' });
    expect(copied[1]).toMatch(/^## Error\n\n```\nTypeError: y\n```/);
  });

  it('the request, with the host only where it is not the user’s own machine', async () => {
    service.set({ document: publicTimeout });
    await run(CommandIDs.copyRequest);
    expect(copied[0]).toMatch(/^CodeArtifact: Timeout at the API endpoint\n/);
    expect(copied[0]).toContain('What to run');
  });
});

describe('a file', () => {
  const open = jest.fn();
  beforeEach(() => {
    open.mockClear();
    PageConfig.setOption('serverRoot', '/home/ds');
    registry.addCommand('docmanager:open', { execute: open });
  });
  afterEach(() => PageConfig.setOption('serverRoot', ''));

  it.each([
    ['below the root', '/home/ds/work/pip.conf', 'work/pip.conf'],
    ['hidden', '/home/ds/.config/pip/pip.conf', null],
    ['outside of the root', '/etc/pip.conf', null]
  ])('%s is opened, or its path copied', async (_, path, inside) => {
    await run(CommandIDs.openFile, { path });
    expect(open.mock.calls.map(([args]) => (args as { path: string }).path)).toEqual(inside ? [inside] : []);
    expect(copied).toEqual(inside ? [] : [path]);
  });

  it('is the one that could not be written, unless another is named', async () => {
    const evidence = { path: '/home/ds/pip.conf', line: 7 };
    service.set({ document: brokenAt({ id: 'tools', verdict: 'write_failed', evidence }) });
    await run(CommandIDs.openFile);
    expect(open.mock.calls[0][0]).toMatchObject({ path: 'pip.conf' });
  });
});

describe('a repository', () => {
  const CHOICE = { domain: 'analytics', domainOwner: '', repository: 'isolatedsm', region: 'eu-central-1' };

  it('is saved, then connected; a pinned key is left alone', async () => {
    await service.settings.load();
    const done = run(CommandIDs.useRepository, CHOICE);
    await new Promise(resolve => setTimeout(resolve));
    expect(service.saved).toEqual([
      ['domain', 'analytics'],
      ['region', 'eu-central-1']
    ]);
    expect(service.api.asked).toEqual(['connect']);
    await service.api.answer('connect', aDocument());
    await done;
  });

  it('is the one that a notebook offers, unless one is named; declining it forgets it', async () => {
    service.set({ document: aDocument({ connection: null }), settings: {} });
    expect(registry.isEnabled(CommandIDs.declineOffer)).toBe(false);
    service.model.setOffer({ choice: CHOICE, from: 'a.ipynb' });
    expect(registry.isEnabled(CommandIDs.declineOffer)).toBe(true);
    void run(CommandIDs.useRepository);
    await new Promise(resolve => setTimeout(resolve));
    expect(service.saved).toContainEqual(['domain', 'analytics']);
    await run(CommandIDs.declineOffer);
    expect(service.model.store.offer).toBeNull();
  });

  it('without any does nothing', async () => {
    await run(CommandIDs.useRepository);
    expect([service.saved, service.api.asked]).toEqual([[], []]);
  });

  it('is not connected when it could not be saved, and the user is told', async () => {
    jest.spyOn(service.settings, 'choose').mockRejectedValue(new Error('read-only file system'));
    await run(CommandIDs.useRepository, CHOICE);
    await new Promise(resolve => setTimeout(resolve));
    expect(service.api.asked).toEqual([]);
    expect(document.body.textContent).toContain('The settings could not be saved');
    document.querySelector<HTMLElement>('.jp-Dialog button')?.click();
  });
});

describe('a package tool', () => {
  const tools = () => service.saved.filter(([key]) => key === 'tools').map(([, value]) => value);

  it('is added to those in the settings, and its files are written where there is a connection', async () => {
    await service.settings.load();
    service.set(state('connected'));
    const before = [...(service.settings.values?.tools ?? [])];
    const done = run(CommandIDs.addTool, { tool: 'uv' });
    await new Promise(resolve => setTimeout(resolve));
    expect(tools()).toEqual([[...before, 'uv']]);
    expect(service.api.asked).toEqual(['connect']);
    await service.api.answer('connect', aDocument());
    await done;
  });

  it('waits for Connect where there is none', async () => {
    await service.settings.load();
    service.set({ document: aDocument({ connection: null }) });
    await run(CommandIDs.addTool, { tool: 'npm' });
    expect(tools()).toHaveLength(1);
    expect(service.api.asked).toEqual([]);
  });

  it('that is none, or is set up already, changes nothing', async () => {
    await service.settings.load();
    await run(CommandIDs.addTool, { tool: 'conda' });
    await run(CommandIDs.addTool);
    expect(service.saved).toEqual([]);
  });
});

describe('a variable in a kernel', () => {
  it.each([
    ['unsetVariables', 'unset'],
    ['ignoreKernel', 'ignore']
  ] as const)('%s', async (command, method) => {
    const called = jest.spyOn(service.kernels, method);
    expect(registry.isEnabled(CommandIDs[command])).toBe(false);
    await run(CommandIDs[command]);
    expect(called).not.toHaveBeenCalled();
    const shadow = { kernelId: '1', file: 'a.ipynb', variables: ['PIP_INDEX_URL'] };
    service.set({ shadows: [shadow] });
    expect(registry.isEnabled(CommandIDs[command])).toBe(true);
    await run(CommandIDs[command]);
    expect(called.mock.calls).toEqual([[shadow]]);
  });
});
