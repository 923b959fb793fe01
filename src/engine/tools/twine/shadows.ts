import { Secret } from '../../core/secret/secret';
import { decodeUtf8 } from '../text/decode';
import { type Option, readIni } from '../text/ini';
import { readIndexUrl, redactUrl, sameIndex } from '../text/url-credentials';
import { pypircFile } from '../paths';
import { absolute, exists } from '../pip/os-path';
import type { Shadow } from '../shadow';
import type { ToolsDeps } from '../tools-deps';
import { trans } from '../../core/say';

/** What `twine upload -r codeartifact` takes from its file and variables. */
export interface TwineAnswer {
  readonly shadows: readonly Shadow[];
  /** What it sends, and what holds it; whether that is accepted, the repository decides. */
  readonly login?: { readonly user: string; readonly password: Secret; readonly shadow: Shadow };
}

interface Value {
  readonly text: string;
  readonly shadow: Shadow;
}

const SERVER = 'codeartifact';

/**
 * Asks as twine does: variables win over ~/.pypirc, and with TWINE_REPOSITORY_URL no section of it is read.
 * https://github.com/pypa/twine/blob/main/twine/utils.py (`EnvironmentDefault`, `get_repository_from_config`,
 * `get_userpass_value`) and auth.py
 */
export async function twineAnswer(deps: ToolsDeps, indexUrl: string): Promise<TwineAnswer> {
  const { TWINE_REPOSITORY_URL: url, TWINE_USERNAME: user, TWINE_PASSWORD: password } = deps.runtime.env;
  const config = url ? fromUrl(url) : await fromFile(deps);
  if ('by' in config) {
    return { shadows: [config] };
  }
  const shadows = repositoryShadows(config.repository, indexUrl);
  // twine takes a variable that is set but empty for a value.
  const chosen = {
    user: user === undefined ? config.user : ofVariable('TWINE_USERNAME', user),
    password: password === undefined ? config.password : ofVariable('TWINE_PASSWORD', password)
  };
  const lacking = [...(chosen.user ? [] : ['username']), ...(chosen.password ? [] : ['password'])];
  if (lacking.length > 0 && shadows.length === 0) {
    const { by, ...where } = config.place;
    shadows.push({
      by: where.variable
        ? by
        : lacking.length > 1
          ? trans.__('%1, which has no username and no password', by)
          : trans.__('%1, which has no %2', by, lacking[0]),
      ...where
    });
  }
  if (chosen.user && chosen.user.text !== 'aws') {
    const { by, ...where } = chosen.user.shadow;
    shadows.push({ by: trans.__('%1, which is not aws', by), ...where });
  }
  const { by, ...where }: Shadow = chosen.password?.shadow ?? { by: '' };
  if (chosen.password?.text === '') {
    shadows.push({ by: trans.__('%1, which is empty', by), ...where });
  } else if (where.variable === 'TWINE_PASSWORD' && shadows.length === 0) {
    shadows.push({ by: trans.__('%1, which twine takes in place of our token', by), ...where });
  }
  shadows.push(...(await missingCertificates(deps, config)));
  return shadows.length > 0 || !chosen.user || !chosen.password
    ? { shadows }
    : {
        shadows,
        login: {
          user: chosen.user.text,
          password: new Secret(chosen.password.text),
          shadow: chosen.password.shadow
        }
      };
}

const ofVariable = (variable: string, text: string): Value => ({
  text,
  shadow: { by: trans.__('the variable %1', variable), variable }
});

interface Config {
  /** Where the repository is said. */
  readonly place: Shadow;
  readonly repository?: Value;
  readonly user?: Value;
  readonly password?: Value;
  readonly certificates: readonly Value[];
}

function fromUrl(url: string): Config | Shadow {
  const variable = 'TWINE_REPOSITORY_URL';
  const where = trans.__('the variable %1 (%2)', variable, redactUrl(url));
  const read = /^https?:\/\/[^/?#]/i.test(url) ? readIndexUrl(url) : null;
  if (!read) {
    return { by: trans.__('%1, at which twine stops: it is no http or https URL', where), variable };
  }
  const value = (text: string | null): Value | undefined =>
    text === null ? undefined : { text, shadow: { by: where, variable } };
  const place = {
    by: trans.__('%1, with which twine reads no user and no token from its file', where),
    variable
  };
  return {
    place,
    repository: { text: read.bare, shadow: { by: where, variable } },
    user: value(read.user || null),
    password: value(read.user ? read.password : null),
    certificates: []
  };
}

async function fromFile(deps: ToolsDeps): Promise<Config | Shadow> {
  const file = pypircFile(deps);
  if (!file.ok) {
    return { by: trans.__('a missing HOME: without it twine finds no .pypirc'), variable: 'HOME' };
  }
  const path = file.value;
  const read = await deps.disk.read(path);
  const text = read.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  const ini = text?.ok ? readIni(text.value) : null;
  if (text && !ini?.ok) {
    const problem = ini?.problem ?? (text.ok ? undefined : text.problem);
    return {
      by: trans.__('%1, which twine cannot read: on line %2, %3', path, problem?.line, problem?.what),
      path,
      line: problem?.line
    };
  }
  const sections = ini?.ok ? ini.value.sections : [];
  const option = (section: string, name: string): Option | undefined => {
    const found = sections.filter(one => one.name === section).flatMap(one => one.options);
    const inherited = sections.filter(one => one.name === 'DEFAULT').flatMap(one => one.options);
    return sections.some(one => one.name === section)
      ? (found.findLast(one => one.name === name) ?? inherited.findLast(one => one.name === name))
      : undefined;
  };
  const servers = option('distutils', 'index-servers');
  if (!(servers?.value.split(/\s+/) ?? []).includes(SERVER)) {
    const line = servers?.line.number;
    const by = trans.__('%1, whose index-servers do not name %2', path, SERVER);
    return { by, path, ...(line === undefined ? {} : { line }) };
  }
  const value = (name: string, section = SERVER): Value | undefined => {
    const found = option(section, name);
    return found && { text: found.value, shadow: shadowOf(path, section, found) };
  };
  return {
    place: { by: trans.__('[%1] in %2', SERVER, path), path },
    repository: value('repository'),
    // An obsolete section that twine still reads where the server's own says nothing.
    user: value('username') ?? value('username', 'server-login'),
    password: value('password') ?? value('password', 'server-login'),
    certificates: ['ca_cert', 'client_cert'].flatMap(name => value(name) ?? [])
  };
}

const shadowOf = (path: string, section: string, { name, line }: Option): Shadow => ({
  by: trans.__('%1 in [%2] in %3, line %4', name, section, path, line.number),
  path,
  line: line.number
});

function repositoryShadows(repository: Value | undefined, indexUrl: string): Shadow[] {
  if (repository === undefined) {
    return [{ by: trans.__('a .pypirc without a repository for %1', SERVER) }];
  }
  const { by, ...where } = repository.shadow;
  const told = where.variable ? by : trans.__('%1 (%2)', by, redactUrl(repository.text));
  return sameIndex(repository.text, indexUrl.replace(/simple\/$/, '')) ? [] : [{ by: told, ...where }];
}

/** requests stops at a certificate file that is not there; TWINE_CERT comes first. */
async function missingCertificates(deps: ToolsDeps, { repository, certificates }: Config): Promise<Shadow[]> {
  const own = deps.runtime.env['TWINE_CERT'];
  const authority =
    own === undefined
      ? certificates.filter(({ shadow }) => shadow.by.startsWith('ca_cert'))
      : [ofVariable('TWINE_CERT', own)];
  const client = certificates.filter(({ shadow }) => shadow.by.startsWith('client_cert'));
  const isChecked = /^https:/i.test(repository?.text ?? '');
  const found = [...(isChecked ? authority : []), ...(isChecked ? client : [])].map(
    async ({ text, shadow: { by, ...where } }) => {
      const path = text === '' ? null : absolute(deps, text);
      return path === null || (await exists(deps, path))
        ? []
        : [{ by: trans.__('%1, and there is no such file: twine stops', by), ...where }];
    }
  );
  return (await Promise.all(found)).flat();
}

/** The authorities that twine is told to trust: TWINE_CERT, else what its file says of the server. */
export async function twineCertificates(
  deps: ToolsDeps
): Promise<{ readonly by: string; readonly path: string } | undefined> {
  const { TWINE_REPOSITORY_URL: url, TWINE_CERT: cert } = deps.runtime.env;
  if (cert) {
    return { by: 'TWINE_CERT', path: cert };
  }
  const config = url ? fromUrl(url) : await fromFile(deps);
  const own =
    'by' in config ? undefined : config.certificates.find(({ shadow }) => shadow.by.startsWith('ca_cert '));
  return own && { by: own.shadow.by, path: own.text };
}
