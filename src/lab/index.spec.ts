import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ILayoutRestorer } from '@jupyterlab/application';
import type { IMovableSectionDestination } from '@jupyterlab/apputils';
import { ICommandPalette, IMovableSectionRegistry, Notification } from '@jupyterlab/apputils';
import { ServerConnection } from '@jupyterlab/services';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { IStatusBar } from '@jupyterlab/statusbar';
import { CommandRegistry } from '@lumino/commands';
import { PluginRegistry, type Token } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { aDocument } from '../../testing/fixtures/lab/documents';
import { fakeRegistry } from '../../testing/fixtures/lab/fake-service';
import { ICodeArtifactService } from './connection/service';
import plugins from './index';
import { CommandIDs, ICodeArtifact, PANEL_ID } from './tokens';

const IDS = ['plugin', 'commands', 'panel', 'status', 'notebook'].map(
  name => `jupyterlab-codeartifact:${name}`
);

/** JupyterLab's plugin registry, with as much of an application as the plugins use. */
function aLab() {
  const commands = new CommandRegistry();
  const events = { stream: new Signal<object, unknown>({}) };
  const added: Widget[] = [];
  const disposed: string[] = [];
  const requests = jest.fn();
  const gone = (what: string) => ({ isDisposed: false, dispose: () => void disposed.push(what) });
  const shell = {
    add: (widget: Widget) => {
      added.push(widget);
      // As in a closed side bar.
      widget.hide();
      Widget.attach(widget, document.body);
    },
    activateById: jest.fn()
  };
  const app = {
    commands,
    shell,
    restored: Promise.resolve(),
    docRegistry: { addWidgetExtension: jest.fn(() => gone('notebook extension')) },
    serviceManager: {
      events,
      serverSettings: ServerConnection.makeSettings({ fetch: requests }),
      kernels: {},
      kernelspecs: { specs: null }
    }
  };
  const registry = new PluginRegistry<JupyterFrontEnd>();
  registry.application = app as unknown as JupyterFrontEnd;
  plugins.forEach(plugin => registry.registerPlugin(plugin));
  const provide = (token: Token<unknown>, value: unknown): void =>
    registry.registerPlugin({ id: token.name, provides: token, activate: () => value });
  return { registry, app, commands, added, disposed, requests, gone, provide };
}

const isActive = (lab: ReturnType<typeof aLab>, id: string) => lab.registry.isPluginActivated(id);

beforeEach(() => {
  // Widgets render themselves, in their own time.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
});
afterEach(() => Notification.manager.dismiss());

it('has the plugins that administrators know, each with a description', () => {
  expect(plugins.map(({ id }) => id)).toEqual(expect.arrayContaining(IDS));
  expect(plugins.filter(({ description }) => !description)).toEqual([]);
});

it('starts without any optional service, and requests nothing', async () => {
  const lab = aLab();
  await lab.registry.activatePlugins('startUp');
  expect(IDS.filter(id => !isActive(lab, id))).toEqual([]);
  expect(lab.commands.listCommands()).toEqual(expect.arrayContaining(Object.values(CommandIDs)));
  expect(lab.added.map(({ id }) => id)).toEqual([PANEL_ID]);
  await new Promise(resolve => setTimeout(resolve));
  expect(lab.requests).not.toHaveBeenCalled();
});

it('uses what JupyterLab offers, and gives all of it back when it is deactivated', async () => {
  const lab = aLab();
  const { registry: settings, transform } = fakeRegistry({ domain: 'analytics' });
  const bar = { registerStatusItem: jest.fn(() => lab.gone('status item')) };
  const listed: string[] = [];
  const restored: string[] = [];
  lab.provide(ISettingRegistry, settings);
  lab.provide(IStatusBar, bar);
  lab.provide(IStateDB, { fetch: () => Promise.resolve(undefined), save: () => Promise.resolve() });
  lab.provide(ILayoutRestorer, { add: (widget: Widget) => void restored.push(widget.id) });
  lab.provide(ICommandPalette, {
    addItem: ({ command }: { command: string }) => {
      listed.push(command);
      return lab.gone(command);
    }
  });
  await lab.registry.activatePlugins('startUp');
  const service = await lab.registry.resolveRequiredService(ICodeArtifactService);
  expect(transform).toHaveBeenCalledTimes(1);
  expect(restored).toEqual([PANEL_ID]);
  expect(listed).toContain(CommandIDs.preview);
  expect(service.model.store.settings).toEqual({ domain: 'analytics' });
  expect(service.panel).not.toBeNull();

  await lab.registry.deactivatePlugin('jupyterlab-codeartifact:plugin');
  expect(lab.commands.listCommands()).toEqual([]);
  expect(lab.disposed).toEqual(expect.arrayContaining(['status item', 'notebook extension', ...listed]));
  expect(lab.added[0].isDisposed).toBe(true);
  expect([service.isDisposed, service.model.isDisposed, service.settings.isDisposed]).toEqual([
    true,
    true,
    true
  ]);
  expect([service.kernels.isDisposed, service.notebooks.isDisposed, service.announcer.isDisposed]).toEqual([
    true,
    true,
    true
  ]);
  expect(transform.mock.results[0].value.dispose).toHaveBeenCalledTimes(1);
});

it('the status item is active with the first document, and opens the panel', async () => {
  const lab = aLab();
  const bar = { registerStatusItem: jest.fn((..._: unknown[]) => lab.gone('status item')) };
  lab.provide(IStatusBar, bar);
  await lab.registry.activatePlugins('startUp');
  const service = await lab.registry.resolveRequiredService(ICodeArtifactService);
  const [, item] = bar.registerStatusItem.mock.calls[0] as unknown as [
    string,
    { isActive: () => boolean; item: { _onPress: () => void } }
  ];
  expect(item.isActive()).toBe(false);
  Object.assign(service.model, { _store: { ...service.model.store, document: aDocument() } });
  expect(item.isActive()).toBe(true);
  item.item._onPress();
  expect(lab.app.shell.activateById).toHaveBeenCalledWith(PANEL_ID);
});

it('the preview shows the panel first, and is gone with it', async () => {
  const lab = aLab();
  await lab.registry.activatePlugins('startUp');
  const service = await lab.registry.resolveRequiredService(ICodeArtifactService);
  const opened = lab.commands.execute(CommandIDs.preview);
  expect(lab.app.shell.activateById).toHaveBeenCalledWith(PANEL_ID);
  await lab.registry.deactivatePlugin('jupyterlab-codeartifact:panel');
  // It was disposed while its content was loaded.
  await expect(opened).rejects.toThrow('disposed');
  expect(service.panel).toBeNull();
  expect(lab.commands.isVisible(CommandIDs.preview)).toBe(false);
});

it('other extensions get the connection and the actions of a user, and no more', async () => {
  const lab = aLab();
  await lab.registry.activatePlugins('startUp');
  const api = await lab.registry.resolveRequiredService(ICodeArtifact);
  const { model } = await lab.registry.resolveRequiredService(ICodeArtifactService);
  expect(Object.keys(api).sort()).toEqual(
    ['document', 'stateChanged', 'connect', 'refresh', 'disconnect', 'diagnose', 'cancel'].sort()
  );
  for (const verb of ['connect', 'refresh', 'disconnect', 'diagnose', 'cancel'] as const) {
    const called = jest.spyOn(model, verb).mockResolvedValue();
    await api[verb]();
    expect(called).toHaveBeenCalledTimes(1);
  }
  Object.assign(model, { _store: { ...model.store, document: aDocument() } });
  expect(api.document).toBe(model.document);
});

it('takes sections of other side bars, where JupyterLab can move them', async () => {
  const lab = aLab();
  const targets = new Map<string, IMovableSectionDestination>();
  lab.provide(IMovableSectionRegistry, {
    registerTarget: (id: string, _: string, target: IMovableSectionDestination) => targets.set(id, target)
  });
  await lab.registry.activatePlugins('startUp');
  const panel = targets.get(PANEL_ID)!;
  expect([panel.sections, panel.accordionPanel]).toEqual([[], null]);
  const section = new Widget();
  panel.addSection(section);
  expect([panel.sections, lab.added[0].contains(section)]).toEqual([[section], true]);
  panel.removeSectionWidget(section);
  expect([panel.sections, section.parent, section.isDisposed]).toEqual([[], null, false]);
  expect(panel.accordionPanel?.isHidden).toBe(true);
  await lab.registry.deactivatePlugin('jupyterlab-codeartifact:plugin');
  section.dispose();
});
