// A stand-in for the engine: speaks its protocol and misbehaves on request.
// What it does is steered by FAKE_ENGINE (JSON) and by the method's params.
const fs = require('node:fs');
const orders = JSON.parse(process.env.FAKE_ENGINE || '{}');
const print = message => process.stdout.write(JSON.stringify(message) + '\n');
const note = text => orders.log && fs.appendFileSync(orders.log, text + '\n');

const document = (state, more = {}) => ({
  schema: 1,
  verdict: 'ok',
  summary: 'All is well.',
  rungs: [],
  files: [],
  connection:
    state === 'disconnected'
      ? null
      : { state, domain: 'corp', domainOwner: '111122223333', repository: 'team', region: 'eu-west-1' },
  ...more
});

if (process.argv[2] !== 'stdio') {
  // As a command: say what was given, by a pipe to one that was started early.
  const pipe = process.env.JUPYTERLAB_CODEARTIFACT_PIPE;
  const given = pipe ? fs.readFileSync(Number(pipe), 'utf8') : null;
  const handed = given
    ? JSON.parse(given)
    : { input: JSON.parse(process.env.JUPYTERLAB_CODEARTIFACT_INPUT || 'null') };
  if (handed.exit !== undefined) {
    process.exit(handed.exit);
  }
  print({
    argv: process.argv.slice(2),
    input: handed.input,
    home: process.env.HOME,
    uid: process.getuid(),
    pid: process.pid,
    cwd: process.cwd(),
    env: Object.keys(process.env)
  });
  process.exit(orders.exit ?? 0);
}

note(`start ${process.pid}`);
if (orders.crashAtStart) {
  process.stderr.write('boom https://aws:s3cr3t-token@host/\n');
  process.exit(1);
}
if (orders.deaf) {
  process.on('SIGTERM', () => note('ignored SIGTERM'));
  setInterval(() => {}, 1000);
}

let state = 'disconnected';
const held = [];
const answer = ({ id, method, params }) => {
  note(`${method} ${JSON.stringify(params)}`);
  const done = result => print({ jsonrpc: '2.0', id, result });
  const fail = message => print({ jsonrpc: '2.0', id, error: { code: -32603, message } });
  if (method === 'ping') {
    if (orders.oldEngine) {
      return print({ jsonrpc: '2.0', id, error: { code: -32601, message: 'There is no method "ping".' } });
    }
    return done({});
  }
  if (orders.failing && method !== 'shutdown') {
    return fail('Something unexpected happened (TypeError).');
  }
  if (method === 'state') {
    // One after the other, when there are some.
    const outage = orders.outages?.shift();
    return done(document(state, { input: params, ...(outage && { outage }) }));
  }
  if (method === 'refresh' && orders.hold) {
    return held.push(done);
  }
  if (method === 'cancel') {
    for (const release of held.splice(0)) {
      release(document('disconnected', { verdict: 'cancelled' }));
    }
    return done(document(state));
  }
  if (method === 'connect') {
    state = 'connecting';
    print({ jsonrpc: '2.0', method: 'changed', params: { state, token: 's3cr3t-token' } });
    state = 'connected';
    print({ jsonrpc: '2.0', method: 'changed', params: { state } });
    return done(document(state, { input: params }));
  }
  if (method === 'diagnose') {
    if (params.rung === 'die') {
      process.kill(process.pid, 'SIGKILL');
    }
    if (params.rung === 'exit') {
      process.stderr.write('Authorization: Basic YXdzOnMzY3IzdA==\nlast word\n');
      process.exit(7);
    }
    if (params.rung === 'hang') {
      return;
    }
    if (params.rung === 'spin') {
      for (;;) {
        // Blocks the event loop, so that no answer and no heartbeat can come.
      }
    }
    if (params.rung === 'huge') {
      return done({ ...document(state), summary: 'x'.repeat(params.size ?? 4e6) });
    }
    if (params.rung === 'noise') {
      process.stdout.write('not JSON\n[]\n{"id":"x"}\n{"id":99999,"result":1}\n\n');
    }
    if (params.rung === 'wrong') {
      return print({ jsonrpc: '2.0', id, error: { code: -32602, message: 'no such rung' } });
    }
    if (params.rung === 'bug') {
      return print({ jsonrpc: '2.0', id, error: { code: -32603, message: 'password=hunter2 broke' } });
    }
    if (orders.lookingOn !== undefined) {
      print({ jsonrpc: '2.0', method: 'changed', params: { state, lookingOn: orders.lookingOn } });
    }
    return done(document(state, { input: params }));
  }
  if (method === 'disconnect') {
    state = 'disconnected';
    return done(document(state));
  }
  if (method === 'shutdown') {
    done({});
    if (!orders.deaf) {
      process.exit(0);
    }
    return;
  }
  done({
    schema: 1,
    verdict: 'ok',
    summary: method,
    input: params,
    packages: [],
    repositories: [],
    domains: []
  });
};

let rest = '';
process.stdin.on('data', piece => {
  const lines = (rest + piece).split('\n');
  rest = lines.pop();
  lines.forEach(line => answer(JSON.parse(line)));
});
process.stdin.on('end', () => {
  note(`end ${process.pid}`);
  if (!orders.deaf) {
    process.exit(0);
  }
});
