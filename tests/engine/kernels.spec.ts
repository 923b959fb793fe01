import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, DocumentSchema } from '../../src/protocol/document';
import { SettingsInputSchema } from '../../src/protocol/request';
import { printDocument, plain } from '../../src/engine/cli/print';
import type { Room } from '../../testing/harness/engine-harness';
import { sitting } from '../../testing/harness/session-fixture';

/** Each kernel's own pip, from what the server tells to every answer that shows it. */
jest.setTimeout(60_000);

let room: Room;
sitting(now => {
  ({ room } = now);
});

const kernel = (name: string) => ({
  name,
  displayName: `Python (${name})`,
  executable: join(room.home, 'envs', name, 'bin/python'),
  env: {}
});
const asked = () => ({ ...room.input, kernels: [kernel('plain'), kernel('torch')] });
const site = () => join(room.home, 'envs/torch/pip.conf');
const shadow = () => {
  mkdirSync(join(room.home, 'envs/torch'), { recursive: true });
  writeFileSync(site(), '[global]\nindex-url = https://pypi.org/simple\n');
};
const brief = (document: Document) => {
  expect(DocumentSchema.parse(document)).toEqual(document);
  return document.kernels?.map(one => [one.name, one.effective]);
};
const MIXED = [
  ['plain', true],
  ['torch', false]
];
const tools = ({ rungs }: Document) => rungs.find(rung => rung.id === 'tools');

test('every answer of a connection has its kernels, and none without one', async () => {
  shadow();
  expect(brief(await room.session.state(asked()))).toBeUndefined();
  const connected = await room.session.connect(asked(), false);
  expect(brief(connected)).toEqual(MIXED);
  expect(connected).toMatchObject({ verdict: 'ok', connection: { state: 'connected' } });
  expect(tools(connected)?.warning).toBe(
    `In the kernel Python (torch), pip does not use this connection because of index-url in ${site()}, line 2 (https://pypi.org/simple).`
  );
  expect(connected.rungs.find(rung => rung.id === 'tools')?.fix?.snippets[0].text).toBe(
    `${kernel('torch').executable} -m pip config --site unset global.index-url`
  );
  expect(brief(await room.session.state(asked()))).toEqual(MIXED);
  const renewing = room.session.refresh(asked());
  expect(brief(await room.session.state(asked()))).toEqual(MIXED);
  expect(brief(await renewing)).toEqual(MIXED);
  rmSync(site());
  const checked = await room.session.diagnose(asked());
  expect([brief(checked)![1], tools(checked)?.verdict]).toEqual([['torch', true], 'ok']);
  expect(brief(await room.session.disconnect(asked()))).toBeUndefined();
});

test('after a restart the kernels are looked at again', async () => {
  shadow();
  await room.session.connect(asked(), false);
  const again = room.another();
  expect(brief(await again.session.state(asked()))).toEqual(MIXED);
  await again.session.close();
});

test('a terminal is told of the kernels that do not use the connection', async () => {
  shadow();
  await room.session.connect(asked(), false);
  const terminal = room.another();
  const document = await terminal.session.state(asked());
  await terminal.session.close();
  expect(brief(document)).toEqual(MIXED);
  const text = printDocument(document, plain);
  expect(text).toContain(`Python (torch)  ${join(room.home, 'envs/torch')}  does not use this connection`);
  expect(text).toContain(`hidden by index-url in ${site()}, line 2`);
  expect(text).toContain('-m pip config --site unset global.index-url');
  expect(text).not.toContain('Python (plain)');
  // Without a climb each kernel's own fix is printed; one that two kernels share, once.
  const double = { ...document, kernels: document.kernels!.flatMap(one => [one, { ...one, name: 'again' }]) };
  expect(printDocument(double, plain).split('--site unset')).toHaveLength(2);
});

test.each([
  ['no list', 7],
  ['no kernels', [null, 1, 'x', [], {}]],
  ['no absolute path', [{ name: 'k', executable: 'python' }]],
  ['no name', [{ executable: '/usr/bin/python' }]]
])('of a server that tells %s none is known', (_, given) => {
  expect(SettingsInputSchema.parse({ kernels: given }).kernels).toEqual([]);
});

test('a name cannot speak to the terminal', () => {
  const told = { name: 'k', displayName: '\u001b[2JPython\n3', executable: '/v/bin/python' };
  expect(SettingsInputSchema.parse({ kernels: [told] }).kernels?.[0].displayName).toBe('[2JPython 3');
});

test('what is missing in a kernel gets its neutral value', () => {
  const told = { name: 'k', executable: '/v/bin/python', env: { A: 'x', B: 7 }, file: null, more: true };
  expect(SettingsInputSchema.parse({ kernels: [told] }).kernels).toEqual([
    { name: 'k', displayName: 'k', executable: '/v/bin/python', env: { A: 'x' } }
  ]);
});
