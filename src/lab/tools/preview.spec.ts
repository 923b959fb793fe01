import { aDocument } from '../../../testing/fixtures/lab/documents';
import { fakeApi } from '../../../testing/fixtures/lab/fake-api';
import { Previewer } from './preview';

const DIFF = '--- /dev/null\n+++ /home/ds/.netrc\n@@ -0,0 +1,1 @@\n+machine x\n';
const turn = () => new Promise(resolve => setTimeout(resolve));

function aPreviewer() {
  const api = fakeApi();
  const previewer = new Previewer({ api });
  const answered = jest.fn();
  previewer.answered.connect((_, preview) => answered(preview));
  return { api, previewer, answered };
}

it('shows what would change, file by file', async () => {
  const { api, previewer, answered } = aPreviewer();
  void previewer.open();
  expect(previewer.state).toMatchObject({ busy: true });
  await api.answer('preview', aDocument({ preview: DIFF }));
  await turn();
  expect(previewer.state).toMatchObject({
    busy: false,
    files: [{ path: '/home/ds/.netrc', kind: 'new', lines: [{ sign: '+', text: 'machine x' }] }]
  });
  expect(answered).toHaveBeenCalledTimes(1);
});

it('says why there is no answer', async () => {
  const { api, previewer } = aPreviewer();
  void previewer.open();
  await api.fail('preview', new Error('The engine is gone.'));
  await turn();
  expect(previewer.state).toEqual({ busy: false, document: null, files: [], problem: 'The engine is gone.' });
});

it.each(['close', 'dispose'] as const)('shows no answer that comes after %s', async way => {
  const { api, previewer, answered } = aPreviewer();
  const changed = jest.fn();
  void previewer.open();
  previewer[way]();
  previewer.changed.connect(changed);
  await api.answer('preview', aDocument());
  await turn();
  expect(changed).not.toHaveBeenCalled();
  expect(answered).not.toHaveBeenCalled();
});

it('only the latest request is answered', async () => {
  const { api, previewer, answered } = aPreviewer();
  void previewer.open();
  void previewer.open();
  await api.answer('preview', aDocument({ summary: 'first' }));
  await turn();
  expect(previewer.state?.busy).toBe(true);
  await api.answer('preview', aDocument({ summary: 'second' }));
  await turn();
  expect(answered.mock.calls).toEqual([[expect.objectContaining({ busy: false })]]);
  expect(previewer.state?.document?.summary).toBe('second');
});
