import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

/**
 * A schema with its titles and descriptions in the page's language. JupyterLab's server translates those of its own
 * plugins, but not those of prebuilt extensions in the list that a page loads
 * (https://github.com/jupyterlab/jupyterlab_server/blob/v2.28.0/jupyterlab_server/settings_utils.py, `_list_settings`).
 * Language packs have them in two contexts: the schema's own, and those of its settings.
 */
export const inLanguage = <T extends ISettingRegistry.ISchema>(schema: T, trans: TranslationBundle): T =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    // The literals are in the schema; testing/translation/catalogue.ts finds them there.
    typeof value === 'string' && /(title|description|label)$/.test(key)
      ? // eslint-disable-next-line jupyter/no-dynamic-translation
        trans._p('schema', trans._p('settings', value))
      : value
  ) as T;
