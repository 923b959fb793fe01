import type { SettingsInput } from '../../../protocol/request';
import { mergeFlags } from './pins';

const FILE = '/etc/jupyter/labconfig/overrides.json';
const input = (settings: object, pins: Record<string, unknown> = {}): SettingsInput => ({
  settings: settings as SettingsInput['settings'],
  pins: Object.fromEntries(Object.entries(pins).map(([name, value]) => [name, { value, file: FILE }])),
  sources: {},
  notes: ['as it was'],
  allowedEndpointHosts: [],
  dataDir: '/data'
});

it('a flag stands over the settings', () => {
  expect(mergeFlags(input({ domain: 'one', repository: 'r1' }), { domain: 'two' })).toEqual({
    ok: true,
    value: { settings: { domain: 'two', repository: 'r1' }, notes: ['as it was'] }
  });
});

it('a flag that is not given changes nothing, one that is empty does', () => {
  expect(mergeFlags(input({ domain: 'one' }), { domain: undefined })).toMatchObject({
    value: { settings: { domain: 'one' } }
  });
  expect(mergeFlags(input({ domain: 'one' }), { domain: '' })).toMatchObject({
    value: { settings: { domain: '' } }
  });
});

it('a pin beats the settings, whoever made the request', () => {
  expect(mergeFlags(input({ domain: 'evil' }, { domain: 'corp' }), {})).toMatchObject({
    ok: true,
    value: { settings: { domain: 'corp' } }
  });
});

it('a flag that agrees with its pin is no trouble', () => {
  expect(
    mergeFlags(input({}, { tools: ['pip', 'uv'], durationSeconds: 900 }), {
      tools: ['uv', 'pip'],
      durationSeconds: 900
    })
  ).toMatchObject({ ok: true });
});

it('a flag that differs from a pin is told with the pin and its file', () => {
  const result = mergeFlags(input({}, { domain: 'corp', tools: ['pip'] }), {
    domain: 'mine',
    tools: ['pip', 'uv'],
    repository: 'r1'
  });
  expect(result).toMatchObject({
    ok: false,
    failure: {
      verdict: 'invalid_settings',
      summary: `--domain may not be "mine": an administrator has fixed domain to "corp" in ${FILE}. --tools may not be a list: an administrator has fixed tools to pip in ${FILE}.`,
      evidence: { problems: [{ setting: 'domain' }, { setting: 'tools' }] }
    }
  });
});

it.each(['__proto__', 'constructor', 'toString'])('an input that names %s pins nothing', name => {
  const crafted = {
    ...input({ domain: 'one' }),
    pins: JSON.parse(`{"${name}": {"value": "x", "file": "f"}}`) as SettingsInput['pins']
  };
  expect(mergeFlags(crafted, {})).toMatchObject({ ok: true, value: { settings: { domain: 'one' } } });
});
