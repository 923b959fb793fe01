import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import { CommandIDs } from '../tokens';
import { CellBanners, type IBannerActions } from './cell-banners';
import { NotebookExtension } from './notebook-extension';

let service: FakeService;
let extension: NotebookExtension;
const show = jest.fn();
const useRepository = jest.fn();
const turn = () => new Promise(resolve => setTimeout(resolve));

const aPanel = (): NotebookPanel =>
  ({
    isDisposed: false,
    context: { ready: Promise.resolve(), path: 'work/train.ipynb' },
    sessionContext: {},
    content: { widgets: [], model: { contentChanged: new Signal<object, void>({}) } }
  }) as unknown as NotebookPanel;

beforeEach(() => {
  service = fakeService();
  show.mockClear();
  useRepository.mockClear();
  const commands = new CommandRegistry();
  commands.addCommand(CommandIDs.show, { execute: show });
  commands.addCommand(CommandIDs.useRepository, { execute: useRepository });
  extension = new NotebookExtension({ commands, service, trans: nullTranslator.load('') });
});
afterEach(() => {
  jest.restoreAllMocks();
  service.dispose();
});

const actions = (): IBannerActions => (extension as unknown as { _actions: IBannerActions })._actions;

it('adds a notebook by its file name while it is open, and disposes its banners with it', async () => {
  const disposed = jest.spyOn(CellBanners.prototype, 'dispose');
  const notebook = extension.createNew(aPanel());
  expect(service.notebooks.all.map(({ file }) => file)).toEqual(['train.ipynb']);
  await turn();
  notebook.dispose();
  expect(service.notebooks.all).toEqual([]);
  expect(disposed).toHaveBeenCalledTimes(1);
});

it('makes no banners for a notebook that is closed before they are loaded', async () => {
  const listened = jest.spyOn(service.model.stateChanged, 'connect');
  extension.createNew(aPanel()).dispose();
  await turn();
  expect(listened).not.toHaveBeenCalled();
});

it('a banner shows the panel, and uses the repository when the cell names one', () => {
  const choice = { domain: 'analytics', domainOwner: '', repository: 'isolatedsm', region: '' };
  actions().use(choice);
  expect(show).toHaveBeenCalledTimes(1);
  expect(useRepository.mock.calls[0][0]).toMatchObject(choice);
  actions().use(null);
  expect(show).toHaveBeenCalledTimes(2);
  expect(useRepository).toHaveBeenCalledTimes(1);
});

it('"Never" turns the offer off in the settings', async () => {
  await service.settings.load();
  actions().never();
  await turn();
  expect(service.saved).toEqual([['offerOnLoginCells', false]]);
});
