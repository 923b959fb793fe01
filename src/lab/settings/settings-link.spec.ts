import { fakeRegistry } from '../../../testing/fixtures/lab/fake-service';
import { SettingsLink } from './settings-link';

const CHOICE = { domain: 'analytics', domainOwner: '', repository: 'isolatedsm', region: '' };

async function aLink(composite: Record<string, unknown>, pins = {}) {
  const fake = fakeRegistry(composite);
  const link = new SettingsLink({ registry: fake.registry, pins });
  await link.load();
  return { ...fake, link };
}

it('has the settings once they are loaded, and follows them', async () => {
  const { registry, settings } = fakeRegistry({ domain: 'a' });
  const link = new SettingsLink({ registry, pins: {} });
  const changed = jest.fn();
  link.changed.connect(changed);
  expect(link.values).toBeNull();
  await link.load();
  expect(link.values).toEqual({ domain: 'a' });
  settings.changed.emit();
  expect(changed).toHaveBeenCalledTimes(2);
  link.dispose();
  settings.changed.emit();
  expect(changed).toHaveBeenCalledTimes(2);
});

it('saves what differs, and leaves pinned keys alone', async () => {
  const pins = { repository: { value: 'pinned', file: '/etc/o.json' } };
  const { link, saved } = await aLink({ domain: 'analytics', profile: 'old' }, pins);
  await link.save({ domain: 'analytics', repository: 'mine', profile: 'new', offerOnLoginCells: false });
  expect(saved).toEqual([
    ['profile', 'new'],
    ['offerOnLoginCells', false]
  ]);
});

it('clears the owner that the choice does not name, but not the Region', async () => {
  const { link, saved } = await aLink({ domainOwner: '111122223333', region: 'eu-central-1' });
  await link.choose(CHOICE);
  expect(saved).toEqual([
    ['domain', 'analytics'],
    ['repository', 'isolatedsm'],
    ['domainOwner', '']
  ]);
});

it('without a registry, or with settings that cannot be loaded, has none', async () => {
  const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const none = new SettingsLink({ registry: null, pins: {} });
  await none.load();
  await none.save({ domain: 'a' });
  expect(none.values).toBeNull();
  const { registry } = fakeRegistry();
  Object.assign(registry, { load: () => Promise.reject(new Error('no transform')) });
  const broken = new SettingsLink({ registry, pins: {} });
  await broken.load();
  expect(broken.values).toBeNull();
  expect(warned).toHaveBeenCalledTimes(1);
});
