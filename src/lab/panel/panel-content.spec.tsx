import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { aDocument } from '../../../testing/fixtures/lab/documents';
import { privateTimeout } from '../../../testing/fixtures/lab/failures';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import { addCommands } from '../commands/commands';
import { CommandIDs } from '../tokens';
import { PanelContent } from './panel-content';

let service: FakeService;
let content: PanelContent;
let commands: CommandRegistry;
let isShown = true;

const disconnected = { document: aDocument({ connection: null, rungs: [], files: [] }) };
const firstRun = { ...disconnected, settings: {} };
const turn = () => act(() => new Promise(resolve => setTimeout(resolve)));

beforeEach(() => {
  isShown = true;
  service = fakeService();
  commands = new CommandRegistry();
  const app = { commands, shell: {}, serviceManager: { kernels: {}, kernelspecs: { specs: null } } };
  const trans = nullTranslator.load('');
  addCommands(app as unknown as JupyterFrontEnd, service, trans);
  content = new PanelContent({
    app: app as unknown as JupyterFrontEnd,
    service,
    state: null,
    trans,
    isShown: () => isShown
  });
  service.panel = content;
});
afterEach(() => {
  cleanup();
  Notification.manager.dismiss();
  content.dispose();
  service.dispose();
});

const show = (): void => {
  content.setVisible(true);
  render(content.body);
};
const set = (change: Parameters<FakeService['set']>[0]): void => act(() => service.set(change));
const button = (name: string) => screen.getByRole('button', { name });

describe('what is requested', () => {
  const asked = (name: string) => service.api.asked.filter(question => question.startsWith(name));

  it('nothing while the panel is not visible', () => {
    service.set(firstRun);
    content.sections.set('packages', true);
    service.set({});
    expect(service.api.asked).toEqual([]);
  });

  it('the path for the first run, once and without a click, and the repositories when it is whole', () => {
    service.set(firstRun);
    content.setVisible(true);
    service.set({ ...firstRun });
    expect(asked('diagnose')).toHaveLength(1);
    expect(service.api.unasked).toEqual(['diagnose']);
    expect(asked('repositories')).toEqual([]);
    service.set({ ...firstRun, document: aDocument({ connection: null, files: [] }) });
    expect(asked('repositories')).toHaveLength(1);
  });

  it('no repositories while the path is broken', () => {
    service.set({ ...firstRun, document: { ...privateTimeout, connection: null } });
    content.setVisible(true);
    expect(service.api.asked).toEqual([]);
  });

  it('the repositories for the facts of the connection, while their section is open', () => {
    content.sections.set('repository', false);
    content.setVisible(true);
    service.set({});
    expect(asked('repositories')).toEqual([]);
    content.sections.set('repository', true);
    expect(asked('repositories')).toHaveLength(1);
  });

  it('the packages when their section is opened, once', async () => {
    content.setVisible(true);
    service.set({});
    expect(asked('packages')).toEqual([]);
    content.sections.set('packages', true);
    content.sections.set('packages', false);
    content.sections.set('packages', true);
    await turn();
    expect(asked('packages')).toHaveLength(1);
  });

  it('the packages for the test, which suggests the first of them', async () => {
    await content.openTest();
    await turn();
    expect(asked('packages')).toHaveLength(1);
    expect(content.test.state).not.toBeNull();
    expect(content.sections.expanded.files).toBe(true);
  });
});

describe('the preview', () => {
  it.each(['connect', 'disconnect'] as const)('closes when %s begins', verb => {
    void content.openPreview();
    expect(content.previewer.state).not.toBeNull();
    service.set({ busy: { verb, byUser: true, since: 0, shown: false } });
    expect(content.previewer.state).toBeNull();
  });

  it('stays while the path is checked', () => {
    void content.openPreview();
    service.set({ busy: { verb: 'diagnose', byUser: true, since: 0, shown: false } });
    expect(content.previewer.state).not.toBeNull();
  });

  it('is announced', async () => {
    void content.openPreview();
    await act(() => service.api.answer('preview', aDocument({ preview: '' })));
    await turn();
    expect(service.announcer.message).toBe('Preview: Nothing would change.');
  });
});

describe('buttons', () => {
  it.each([
    ['Renew now', 'refresh', {}],
    ['Disconnect', 'disconnect', {}],
    ['Connect', 'connect', disconnected]
  ])('%s requests %s', (name, verb, store) => {
    service.set(store);
    show();
    fireEvent.click(button(name));
    expect(service.api.asked.filter(question => question !== 'repositories')).toEqual([verb]);
  });

  it('are shown again when a service changes', () => {
    service.set(disconnected);
    show();
    set({});
    expect(button('Disconnect')).toBeTruthy();
    fireEvent.click(button('Repository'));
    expect(button('Repository').getAttribute('aria-expanded')).toBe('false');
    act(() => service.announcer.announce('Copied'));
    expect(screen.getByRole('status').textContent).toBe('Copied');
    act(() => content.history.add({ at: Date.now(), icon: 'ok', title: 'Renewed', detail: '' }));
    fireEvent.click(button('History'));
    expect(screen.getByText('Renewed')).toBeTruthy();
  });

  it('the menu has the actions of a user', () => {
    render(content.header);
    fireEvent.click(button('More actions'));
    const labels = [...document.querySelectorAll('.lm-Menu-itemLabel')].map(node => node.textContent);
    expect(labels.filter(Boolean)).toEqual([
      'Connect',
      'Renew now',
      'Disconnect',
      'Choose another repository',
      'Preview changes',
      'Test installation',
      'Copy report',
      'Settings'
    ]);
  });
});

describe('news', () => {
  it('is recorded, and shown as a notification while the panel is not', () => {
    isShown = false;
    service.set(disconnected);
    service.set({ document: privateTimeout });
    expect(Notification.manager.notifications).toHaveLength(1);
    expect(content.history.entries.map(({ icon }) => icon)).toEqual(['timeout']);
  });

  it('is neither after it was disposed', () => {
    isShown = false;
    service.set(disconnected);
    content.dispose();
    service.set({ document: privateTimeout });
    expect(Notification.manager.notifications).toEqual([]);
    expect(content.history.entries).toEqual([]);
    content.setVisible(true);
  });
});

describe('an error while rendering', () => {
  beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => undefined));
  afterEach(() => jest.mocked(console.error).mockRestore());

  it('shows one sentence and a report, logs it, and is over with the next state', async () => {
    const execute = jest.spyOn(commands, 'execute').mockResolvedValue(undefined);
    service.set({ document: { ...aDocument(), files: null as never } });
    show();
    expect(screen.getByRole('alert').textContent).toContain('The panel cannot show this state');
    fireEvent.click(button('Copy report'));
    expect(execute.mock.calls).toEqual([
      [CommandIDs.copyReport, { error: expect.stringMatching(/^TypeError: /) as string }]
    ]);
    expect(jest.mocked(console.error).mock.calls.flat().join('\n')).toContain('could not be rendered');
    set({});
    expect(screen.queryByRole('alert')).toBeNull();
    expect(button('Disconnect')).toBeTruthy();
  });
});
