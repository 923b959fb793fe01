import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { brokenAt } from '../../../testing/fixtures/lab/documents';
import { fakeService } from '../../../testing/fixtures/lab/fake-service';
import { StatusItem } from './status-item';

const turn = () => new Promise(resolve => setTimeout(resolve, 0));

it('shows nothing before the first document, then the state; a press opens the panel', async () => {
  // Widgets render themselves, in their own time.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  const service = fakeService();
  const onPress = jest.fn();
  const item = new StatusItem({ model: service.model, trans: nullTranslator.load(''), onPress });
  Widget.attach(item, document.body);
  await turn();
  expect(item.node.querySelector('button')).toBeNull();
  service.set({ document: brokenAt({ id: 'tcp.api', verdict: 'timeout' }) });
  for (let count = 0; count < 50; count++) {
    await turn();
  }
  const button = item.node.querySelector('button');
  expect(button?.textContent).toBe('Timeout');
  expect(button?.getAttribute('aria-label')).toBe('CodeArtifact: Timeout at the API endpoint');
  button?.click();
  expect(onPress).toHaveBeenCalledTimes(1);
  item.dispose();
  service.dispose();
});
