import { spawnSync } from 'node:child_process';

jest.setTimeout(180_000);

test('the scenes of the gallery and of the tests are what the engine answers today', () => {
  // All but a few that wait for a black hole; "npm run scenes -- --check" takes those too.
  const check = spawnSync(process.execPath, ['scripts/record-scenes.mjs', '--check', '--quick'], {
    encoding: 'utf8'
  });
  expect([check.status, check.stderr]).toEqual([0, '']);
});
