import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { readPins } from './pins';
import { pinTransform } from './pin-transform';

const trans = nullTranslator.load('');
const PINS = {
  domain: { value: 'corp', file: '/etc/jupyter/overrides.json', reason: 'Ask #data-platform.' }
};

const plugin = (raw: string, user: Record<string, unknown> = {}): ISettingRegistry.IPlugin =>
  ({
    id: 'jupyterlab-codeartifact:plugin',
    raw,
    version: '1',
    data: { user, composite: { domain: '', autoRefresh: true, ...user } },
    schema: {
      type: 'object',
      'jupyter.lab.transform': true,
      properties: {
        domain: { type: 'string', title: 'Domain', default: '', description: 'The CodeArtifact domain.' },
        autoRefresh: { type: 'boolean', default: true }
      }
    }
  }) as unknown as ISettingRegistry.IPlugin;

const ANNOTATED = `{
    // Domain
    // The CodeArtifact domain, such as "x // y".
    "domain": "evil",
    /* kept */
    "autoRefresh": false,
}`;

describe('pinned settings', () => {
  const { fetch, compose } = pinTransform(PINS, trans);

  it('are no setting by themselves: an overrides file makes one of each of its keys', () => {
    const overridden = plugin('{}', { pinned: ['domain'] });
    Object.assign(overridden.schema.properties as object, { pinned: { default: ['domain'] } });
    expect(Object.keys(fetch(overridden).schema.properties ?? {})).toEqual(['domain', 'autoRefresh']);
    expect(compose(overridden).data.composite).toEqual({ domain: 'corp', autoRefresh: true });
  });

  it('tell the file once', () => {
    const pin = (reason: string) => ({ domain: { value: 'corp', file: '/etc/o.json', reason } });
    const read = (reason: string) => readPins(JSON.stringify({ pinned: pin(reason) })).domain.reason;
    expect(read('Set by your administrator in /etc/o.json')).toBeUndefined();
    expect(read('Ask #data-platform.')).toBe('Ask #data-platform.');
  });

  it('are read-only in the settings editor, with the value, the reason and the file', () => {
    const { domain, autoRefresh } = fetch(plugin('{}')).schema.properties as Record<
      string,
      Record<string, unknown>
    >;
    expect(domain).toMatchObject({ readOnly: true, default: 'corp', title: 'Domain (locked)' });
    expect(domain.description).toBe(
      'The CodeArtifact domain.\nLocked by your administrator in /etc/jupyter/overrides.json.\nAsk #data-platform.'
    );
    expect(autoRefresh).not.toHaveProperty('readOnly');
  });

  it('never reach the user’s file, and leave the rest of it', () => {
    expect(JSON.parse(fetch(plugin(ANNOTATED)).raw)).toEqual({ autoRefresh: false });
  });

  it('say that a value of the user’s own is not used', () => {
    const { domain } = fetch(plugin(ANNOTATED)).schema.properties as Record<string, Record<string, unknown>>;
    expect(domain.description).toContain('Your own value, evil, is not used.');
  });

  it('leave a file without pinned keys byte for byte, comments too', () => {
    const raw = '{ // mine\n "autoRefresh": false }';
    expect(fetch(plugin(raw)).raw).toBe(raw);
  });

  it('leave a file that cannot be read as it is', () => {
    expect(fetch(plugin('{ domain: ')).raw).toBe('{ domain: ');
  });

  it('win over the user in what everybody reads', () => {
    const { user, composite } = compose(plugin('{}', { domain: 'evil', autoRefresh: false })).data;
    expect(composite).toEqual({ domain: 'corp', autoRefresh: false });
    expect(user).toEqual({ autoRefresh: false });
  });
});

it('the settings editor speaks the page’s language, in the two contexts of language packs', () => {
  const pack: Readonly<Record<string, string>> = {
    'schema CodeArtifact': 'le CodeArtifact',
    'schema Connects pip.': 'Connecte pip.',
    'settings The CodeArtifact domain.': 'Le domaine.',
    'settings Domain': 'Domaine',
    'settings The only index': 'Le seul'
  };
  const bundle = { ...trans, _p: (context: string, text: string) => pack[`${context} ${text}`] ?? text };
  const given = plugin('{}');
  Object.assign(given.schema, { title: 'CodeArtifact', description: 'Connects pip.' });
  const choices = { oneOf: [{ const: 'index-url', title: 'The only index' }] };
  Object.assign(given.schema.properties as object, { indexMode: choices, title: { default: 'Domain' } });
  const { schema } = pinTransform({}, bundle as never).fetch(given);
  expect(schema).toMatchObject({
    title: 'le CodeArtifact',
    description: 'Connecte pip.',
    properties: {
      domain: { title: 'Domaine', description: 'Le domaine.', default: '' },
      indexMode: { oneOf: [{ const: 'index-url', title: 'Le seul' }] },
      title: { default: 'Domain' }
    }
  });
  expect(given.schema.title).toBe('CodeArtifact');
});

it('without pins nothing is touched', () => {
  const { fetch, compose } = pinTransform({}, trans);
  const given = plugin(ANNOTATED, { domain: 'mine' });
  expect(fetch(given)).toEqual(given);
  expect(compose(given).data).toEqual(given.data);
});
