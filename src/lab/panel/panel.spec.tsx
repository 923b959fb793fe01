import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { fakeService, type FakeService } from '../../../testing/fixtures/lab/fake-service';
import { useSignals } from '../ui/hooks';
import type { IPanelContent } from './panel';
import { CodeArtifactPanel } from './panel';

let service: FakeService;
let panel: CodeArtifactPanel;
const load = jest.fn<Promise<IPanelContent>, []>();
const turn = () => new Promise(resolve => setTimeout(resolve, 0));
/** Until widgets and frames have done what they do in their own time. */
const settle = async () => {
  for (let count = 0; count < 5; count++) {
    await turn();
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
};

function aContent(): IPanelContent & { setVisible: jest.Mock; dispose: jest.Mock } {
  return {
    header: <h2>CodeArtifact</h2>,
    body: (
      <div className="jp-CodeArtifact-status">
        <button>Renew now</button>
        <button className="jp-mod-accept">Connect</button>
      </div>
    ),
    setVisible: jest.fn(),
    openPreview: jest.fn(),
    openTest: jest.fn(),
    openChoice: jest.fn(),
    isDisposed: false,
    dispose: jest.fn()
  };
}

beforeEach(() => {
  // Widgets render themselves, in their own time.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  service = fakeService();
  load.mockReset();
  panel = new CodeArtifactPanel({ model: service.model, trans: nullTranslator.load(''), load });
  panel.hide();
  Widget.attach(panel, document.body);
});
afterEach(() => {
  panel.dispose();
  service.dispose();
});

it('is one region with a name, and loads and requests nothing while it is hidden', async () => {
  await turn();
  expect(document.querySelectorAll('[role="region"]')).toHaveLength(1);
  expect(panel.node.getAttribute('aria-label')).toBe('CodeArtifact');
  expect([load.mock.calls, service.api.asked]).toEqual([[], []]);
});

it('loads its content and reads the state when it is shown; later it only reads the state', async () => {
  const content = aContent();
  load.mockResolvedValue(content);
  panel.show();
  await turn();
  await turn();
  expect(panel.node.textContent).toContain('Renew now');
  expect(service.api.asked).toEqual(['state']);
  await service.api.answer('state', null);
  panel.hide();
  panel.show();
  await turn();
  expect(load).toHaveBeenCalledTimes(1);
  expect(service.api.asked).toEqual(['state', 'state']);
  expect(content.setVisible.mock.calls.flat()).toEqual([true, false, true]);
});

it('a hidden page is not a visible panel', async () => {
  const content = aContent();
  load.mockResolvedValue(content);
  panel.show();
  await turn();
  const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(content.setVisible).toHaveBeenLastCalledWith(false);
  visibility.mockRestore();
  document.dispatchEvent(new Event('visibilitychange'));
  expect(content.setVisible).toHaveBeenLastCalledWith(true);
});

it('focuses the next step when it is activated', async () => {
  load.mockResolvedValue(aContent());
  panel.show();
  panel.activate();
  for (let count = 0; count < 5; count++) {
    await turn();
  }
  expect(document.activeElement?.textContent).toBe('Connect');
});

it('moves the focus on when the next step is known, however late, and then leaves it alone', async () => {
  let isKnown = false;
  const Later = () => {
    useSignals([service.model.stateChanged]);
    return isKnown ? <button className="jp-mod-accept">Connect</button> : <p>Looking</p>;
  };
  const header = <button>Check now</button>;
  load.mockResolvedValue({ ...aContent(), header, body: <Later /> });
  panel.show();
  panel.activate();
  await settle();
  expect(document.activeElement?.textContent).toBe('Check now');
  await service.api.answer('state', null);
  await settle();
  expect(document.activeElement?.textContent).toBe('Check now');
  isKnown = true;
  void service.model.reload();
  await service.api.answer('state', null);
  await settle();
  expect(document.activeElement?.textContent).toBe('Connect');
  (document.activeElement as HTMLElement).blur();
  void service.model.reload();
  await service.api.answer('state', null);
  await settle();
  expect(document.activeElement).toBe(document.body);
});

it('says when it could not be loaded, and tries again', async () => {
  load.mockRejectedValueOnce(new Error('404')).mockResolvedValue(aContent());
  panel.show();
  await turn();
  await turn();
  expect(panel.node.textContent).toBe('The panel could not be loaded. Reload this page.');
  panel.hide();
  panel.show();
  for (let count = 0; count < 5; count++) {
    await turn();
  }
  expect(panel.node.textContent).toContain('Renew now');
});

it('disposes its content, also one that arrives later', async () => {
  const content = aContent();
  load.mockResolvedValue(content);
  await panel.load();
  panel.dispose();
  expect(content.dispose).toHaveBeenCalledTimes(1);
  const late = aContent();
  load.mockResolvedValue(late);
  const other = new CodeArtifactPanel({ model: service.model, trans: nullTranslator.load(''), load });
  const loading = other.load();
  other.dispose();
  await expect(loading).rejects.toThrow('disposed');
  expect(late.dispose).toHaveBeenCalledTimes(1);
});
