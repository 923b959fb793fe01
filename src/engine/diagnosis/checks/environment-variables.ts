type Env = Readonly<Record<string, string | undefined>>;

/** pip reads these before its files; each can take it to another index, or to none. */
const PIP =
  /^PIP_(INDEX_URL|EXTRA_INDEX_URL|CONFIG_FILE|NO_INDEX|FIND_LINKS|PROXY|CERT|KEYRING_PROVIDER|NO_INPUT|ISOLATED)$/;

/** The same for uv, which does not read pip's. */
const UV =
  /^UV_(INDEX|DEFAULT_INDEX|INDEX_URL|EXTRA_INDEX_URL|NO_INDEX|FIND_LINKS|CONFIG_FILE|NO_CONFIG|OFFLINE|NATIVE_TLS|INDEX_[A-Z0-9_]+_(USERNAME|PASSWORD))$/;

/** AWS_* decide which identity, Region and endpoint are taken. */
const AWS = /^AWS_[A-Z0-9_]+$/;

const REST = /^(NETRC|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE)$/;

/** Names only: the values may be secrets. */
export function shadowingVariables(env: Env): Record<string, readonly string[]> {
  const named = (pattern: RegExp) =>
    Object.keys(env)
      .filter(name => pattern.test(name) && env[name])
      .sort();
  const groups = {
    awsVariables: named(AWS),
    pipVariables: named(PIP),
    uvVariables: named(UV),
    otherVariables: named(REST)
  };
  return Object.fromEntries(Object.entries(groups).filter(([, names]) => names.length > 0));
}
