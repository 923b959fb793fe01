// npm itself, asked what it would use: one JSON list of questions a line in, one list of answers out.
//
// NPM_ROOT is npm's own folder. A question is the text of an .npmrc (answer: what npm's reader makes of it, as far as
// it is no section), or a case of files and variables (answer: the registry and token of `npm view`, or what stops it).
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createInterface } = require('node:readline');

const npmPath = process.env.NPM_ROOT;
const of = name => require(require.resolve(name, { paths: [npmPath] }));
const Config = of('@npmcli/config');
const { definitions, flatten, nerfDarts, shorthands } = of('@npmcli/config/lib/definitions');
const ini = of('ini');
const getAuth = require(path.join(npmPath, 'node_modules/npm-registry-fetch/lib/auth.js'));

/** Whether npm can make its way to a URL; what it reads of the variables, it reads when it starts. */
function waysTo(uri, options, env) {
  const file = path.join(npmPath, 'node_modules/@npmcli/agent/lib/proxy.js');
  const proxies = name => /^(https?_|no_|)proxy$/i.test(name);
  for (const name of Object.keys(process.env).filter(proxies)) {
    delete process.env[name];
  }
  Object.assign(process.env, Object.fromEntries(Object.entries(env).filter(([name]) => proxies(name))));
  delete require.cache[file];
  const { getProxy, getProxyAgent } = require(file);
  // As npm-registry-fetch/lib/index.js and @npmcli/agent/lib/index.js.
  const proxy = getProxy(uri, { proxy: options.httpsProxy || options.proxy, noProxy: options.noProxy });
  if (proxy) {
    getProxyAgent(proxy);
  }
  return proxy && String(proxy);
}

const memory = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
const base = fs.mkdtempSync(path.join(memory, 'npm-judge-'));

function read(text) {
  try {
    const data = ini.parse(text);
    const sections = value => typeof value === 'object' && value !== null && !Array.isArray(value);
    return {
      view: Object.entries(data).filter(([, value]) => !sections(value) || Object.getPrototypeOf(value))
    };
  } catch (error) {
    return { error: String(error) };
  }
}

async function use({ env, files, cwd }, number) {
  const root = path.join(base, String(number));
  const placed = text => text.replaceAll('ROOT', root);
  for (const [name, text] of Object.entries(files)) {
    const target = placed(name);
    fs.mkdirSync(text === null ? target : path.dirname(target), { recursive: true });
    if (text !== null) {
      fs.writeFileSync(target, placed(text));
    }
  }
  fs.mkdirSync(placed(cwd), { recursive: true });
  // Relative paths are the process's own.
  process.chdir(placed(cwd));
  try {
    const config = new Config({
      npmPath,
      definitions,
      flatten,
      nerfDarts,
      shorthands,
      argv: ['node', 'npm', 'view', 'six'],
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, placed(value)])),
      cwd: placed(cwd),
      execPath: `${root}/node/bin/node`,
      warn: false
    });
    await config.load();
    // As npm.js: the options are made before they are checked (base-cmd.js).
    const options = config.flat;
    config.validate();
    const registry = options.registry || 'https://registry.npmjs.org/';
    const uri = `${registry.trim().replace(/\/?$/, '')}/six`;
    new URL(uri);
    const auth = getAuth(uri, options);
    return {
      registry: registry.replaceAll(root, 'ROOT'),
      token: auth.token,
      offline: Boolean(options.offline),
      proxy: waysTo(uri, options, env)
    };
  } catch (error) {
    return { error: String(error).replaceAll(root, 'ROOT') };
  } finally {
    process.chdir(base);
    fs.rmSync(root, { recursive: true, force: true });
  }
}

(async () => {
  for await (const asked of createInterface({ input: process.stdin })) {
    const answers = [];
    for (const [number, question] of JSON.parse(asked).entries()) {
      answers.push(typeof question === 'string' ? read(question) : await use(question, number));
    }
    // Node.js 24's readline takes U+2028 and U+2029 for ends of lines.
    const line = JSON.stringify(answers).replace(
      /[\u2028\u2029]/g,
      c => `\\u${c.charCodeAt(0).toString(16)}`
    );
    process.stdout.write(`${line}\n`);
  }
  fs.rmSync(base, { recursive: true, force: true });
})();
