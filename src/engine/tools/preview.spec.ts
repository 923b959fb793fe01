import { existsSync } from 'node:fs';
import { createHome, type Home, HOST, INDEX, target, TOKEN } from '../../../tests/files/home-fixture';
import { preview } from './preview';

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

test('the preview shows every line that will change, no secret of anybody, and writes nothing', async () => {
  home.write('.config/pip/pip.conf', '[global]\nindex-url = https://me:hunter2@corp/simple\ntimeout = 5\n');
  home.write('.netrc', 'machine other login me password "hunter 3"\n# password hunter4\n');
  const outcome = await preview(home.deps, target());
  expect(outcome.ok && outcome.value.diff).toBe(
    [
      `--- ${home.at('.netrc')}`,
      `+++ ${home.at('.netrc')}`,
      '@@ -1,2 +1,3 @@',
      ' machine other login me password ****',
      ' # ****',
      `+machine ${HOST} login aws password ****`,
      `--- ${home.at('.config/pip/pip.conf')}`,
      `+++ ${home.at('.config/pip/pip.conf')}`,
      '@@ -1,3 +1,3 @@',
      ' [global]',
      '-index-url = https://me:****@corp/simple',
      `+index-url = ${INDEX}`,
      ' timeout = 5',
      ''
    ].join('\n')
  );
  expect(existsSync(`${home.root}/data`)).toBe(false);
});

test('an inline token is hidden too, and a new file is shown as one', async () => {
  const outcome = await preview(home.deps, target({ credentials: 'inline' }));
  const diff = outcome.ok ? outcome.value.diff : '';
  expect(diff).toContain('--- /dev/null\n');
  expect(diff).toContain('+index-url = https://aws:****@');
  expect(diff).not.toContain(TOKEN);
  expect(diff).not.toContain(encodeURIComponent(TOKEN));
});
