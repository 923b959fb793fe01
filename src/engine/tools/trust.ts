import type { Tool } from '../../protocol/file';
import { npmLayers, isOn, pathOf, strongest } from './npm/configuration';
import { absolute } from './pip/os-path';
import { SOURCE } from './poetry/auth-edit';
import { poetryFiles, tableOf } from './poetry/configuration';
import { decodeUtf8 } from './text/decode';
import type { ToolsDeps } from './tools-deps';
import { twineCertificates } from './twine/shadows';
import { strongest as strongestOfUv, uvFiles } from './uv/configuration';
import { switchOf } from './uv/variables';

/** Whose certificates one tool takes, as its files and variables say. pip's own are in `pip/network.ts`. */
export interface ToolTrust {
  readonly tool: Tool;
  /** Authorities (PEM); absent: those that the tool brings along. */
  readonly pem?: readonly string[];
  /** Beside those that it brings along, and not in their place. */
  readonly beside?: true;
  /** Those of the machine as well. */
  readonly system?: true;
  /** What says so. */
  readonly by?: string;
  /** Hosts, or `host:port`, whose certificate it does not check; `true`: none is checked. */
  readonly unchecked: readonly string[] | true;
}

/** Of every chosen tool but pip. */
export function toolTrusts(deps: ToolsDeps, tools: readonly Tool[]): Promise<ToolTrust[]> {
  return Promise.all(
    tools.flatMap(tool => (tool === 'pip' ? [] : [READ[tool](deps).then(trust => ({ tool, ...trust }))]))
  );
}

type Read = (deps: ToolsDeps) => Promise<Omit<ToolTrust, 'tool'>>;

const READ: Readonly<Record<Exclude<Tool, 'pip'>, Read>> = { uv, twine, npm, poetry };

/** The certificates in a file; none where it is not there or holds none. */
async function pemOf(deps: ToolsDeps, named: string): Promise<readonly string[]> {
  const path = absolute(deps, named);
  const read = path === null ? null : await deps.disk.read(path);
  const text = read?.ok && read.value.file ? decodeUtf8(read.value.file.bytes) : null;
  return text?.ok && text.value.includes('-----BEGIN CERTIFICATE-----') ? [text.value] : [];
}

/** A file that a variable names, in place of the tool's own; a folder of certificates is taken for the machine's. */
async function named(deps: ToolsDeps, by: string, path: string): Promise<Omit<ToolTrust, 'tool'>> {
  const folder = absolute(deps, path);
  return folder !== null && (await deps.disk.isFolder(folder))
    ? { beside: true, system: true, by, unchecked: [] }
    : { pem: await pemOf(deps, path), by, unchecked: [] };
}

/** https://docs.astral.sh/uv/concepts/authentication/certificates/ : a file that is not there is passed over. */
async function uv(deps: ToolsDeps): Promise<Omit<ToolTrust, 'tool'>> {
  const { env } = deps.runtime;
  const files = await uvFiles(deps);
  const listed = strongestOfUv(files, 'allow-insecure-host', false, true)?.value;
  const unchecked = [
    ...(env['UV_INSECURE_HOST'] ?? '').split(/[\s,]+/).filter(host => host !== ''),
    ...(Array.isArray(listed) ? listed.map(String) : [])
  ].map(host => host.toLowerCase());
  if (env['SSL_CERT_FILE']) {
    const given = await named(deps, 'SSL_CERT_FILE', env['SSL_CERT_FILE']);
    if (given.pem?.length !== 0) {
      return { ...given, unchecked };
    }
  }
  if (env['SSL_CERT_DIR']) {
    return { beside: true, system: true, by: 'SSL_CERT_DIR', unchecked };
  }
  const system =
    switchOf(env['UV_SYSTEM_CERTS']) ??
    switchOf(env['UV_NATIVE_TLS']) ??
    ['system-certs', 'native-tls'].some(key => strongestOfUv(files, key, false, true)?.value === true);
  return system ? { pem: [], system: true, by: 'system-certs', unchecked } : { unchecked };
}

// requests takes these before what the program itself was told (sessions.py, `merge_environment_settings`).
const OF_REQUESTS = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'] as const;

async function ofRequests(deps: ToolsDeps): Promise<Omit<ToolTrust, 'tool'> | undefined> {
  const variable = OF_REQUESTS.find(name => deps.runtime.env[name]);
  return variable && named(deps, variable, deps.runtime.env[variable]!);
}

async function twine(deps: ToolsDeps): Promise<Omit<ToolTrust, 'tool'>> {
  const own = await twineCertificates(deps);
  return (await ofRequests(deps)) ?? (own ? await named(deps, own.by, own.path) : { unchecked: [] });
}

/**
 * https://docs.npmjs.com/cli/v11/using-npm/config#cafile : what it names takes the place of Node.js's own. Node's own
 * variables, NODE_EXTRA_CA_CERTS among them, are not handed to the engine (engine_environment.py).
 */
async function npm(deps: ToolsDeps): Promise<Omit<ToolTrust, 'tool'>> {
  const layers = await npmLayers(deps);
  const strict = strongest(layers, 'strict-ssl');
  const unchecked = strict && !isOn(strict) ? (true as const) : [];
  const cafile = strongest(layers, 'cafile')?.value;
  const inFile = typeof cafile === 'string' && cafile ? await pemOf(deps, pathOf(cafile, deps)) : [];
  if (inFile.length > 0) {
    return { pem: inFile, by: 'cafile', unchecked };
  }
  const ca = [strongest(layers, 'ca')?.value].flat().filter(one => typeof one === 'string' && one !== '');
  if (ca.length > 0) {
    return { pem: ca as string[], by: 'ca', unchecked };
  }
  return { unchecked };
}

/** https://python-poetry.org/docs/repositories/#custom-certificate-authority-and-mutual-tls-authentication */
async function poetry(deps: ToolsDeps): Promise<Omit<ToolTrust, 'tool'>> {
  const variable = `POETRY_CERTIFICATES_${SOURCE.toUpperCase()}_CERT`;
  const { settings } = await poetryFiles(deps);
  const inFiles = settings
    .map(({ data }) => tableOf(tableOf(data['certificates'])?.[SOURCE])?.['cert'])
    .find(value => value !== undefined);
  const cert = deps.runtime.env[variable] ?? inFiles;
  if (cert === false || cert === 'false') {
    return { unchecked: true };
  }
  return typeof cert === 'string' && cert !== '' && cert !== 'true'
    ? named(deps, `certificates.${SOURCE}.cert`, cert)
    : ((await ofRequests(deps)) ?? { unchecked: [] });
}
