import { type CredentialsOptions, findCredentials } from '../credentials';
import { aWorld, never, noFiles } from './a-world';
import { type Loopback, loopback } from './loopback';

/** A secret that no answer may show. */
export const SECRET = 'canary/secret';

export const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: SECRET };

export const later = (ms = 3_600_000): string => new Date(Date.now() + ms).toISOString();

/** What a metadata service answers. */
export const keysDocument = (more = {}) => ({
  AccessKeyId: 'ASIAX',
  SecretAccessKey: SECRET,
  Token: 'canary-token',
  Expiration: later(),
  ...more
});

/** A section of ~/.aws/credentials. */
export const keysSection = (name: string, id: string): string =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`;

export const find = (
  env: Record<string, string>,
  options: Partial<CredentialsOptions> = {},
  world = aWorld(env)
) => findCredentials(world, { profile: '', region: 'us-east-1', readText: noFiles, ...options }, never());

/** Whose keys were found, or which failure. */
export async function identity(result: Awaited<ReturnType<typeof find>>): Promise<string> {
  return result.ok
    ? `${result.value.source}: ${(await result.value.provider()).accessKeyId}`
    : `${result.failure.verdict}/${result.failure.cause}`;
}

const open: Loopback[] = [];

export async function serve(...args: Parameters<typeof loopback>): Promise<Loopback> {
  const server = await loopback(...args);
  open.push(server);
  return server;
}

export const closeServers = (): Promise<unknown> => Promise.all(open.splice(0).map(server => server.close()));
