"""The demo's own network: AWS's names and private addresses without root, in Python and in the engine's Node.js."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "demo"))

import demo  # noqa: E402

API = "codeartifact.us-east-1.amazonaws.com"
REPOSITORY = f"analytics-111122223333.d.{API}"

#: What a program sees: addresses of a name, or why there are none; and whether a connect is answered.
LOOK = """
import json, socket, sys
seen = {}
for name in sys.argv[1:]:
    try:
        seen[name] = sorted({each[4][0] for each in socket.getaddrinfo(name, 443)})
    except socket.gaierror as error:
        seen[name] = str(error.errno == socket.EAI_NONAME)
        continue
    try:
        socket.create_connection((name, 443), timeout=0.3).close()
        seen[name].append("answers")
    except TimeoutError:
        seen[name].append("silent")
print(json.dumps(seen))
"""
NODE_LOOK = """
const { lookup } = require('node:dns');
const { connect } = require('node:net');
const seen = {};
const look = name => new Promise(done => lookup(name, { all: true }, (error, found) => {
  if (error) return done(seen[name] = error.code);
  seen[name] = found.map(each => each.address).sort();
  const socket = connect({ host: found[0].address, port: 443, timeout: 300 });
  const end = what => { seen[name].push(what); socket.destroy(); done(); };
  socket.once('connect', () => end('answers')).once('timeout', () => end('silent'));
  socket.once('error', error => end(error.code));
}));
Promise.all(process.argv.slice(1).map(look)).then(() => console.log(JSON.stringify(seen)));
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    base = tmp_path_factory.mktemp("demo")
    env = demo.clean_environment(base)
    emulator, where = demo.start_emulator(env, *demo.VPC, "--ca-file", str(base / "ca.pem"))
    yield {**env, **where["env"], **demo.emulated_network(base, where, base / "ca.pem")}, where
    emulator.terminate()
    emulator.wait(10)


def look(env, *names):
    python = subprocess.run([sys.executable, "-c", LOOK, *names], env=env, capture_output=True, text=True, check=True)
    wrapper = env["JUPYTERLAB_CODEARTIFACT_NODE"]
    node = subprocess.run([wrapper, "-e", NODE_LOOK, *names], env=env, capture_output=True, text=True, check=True)
    return json.loads(python.stdout), json.loads(node.stdout)


def scenario(where, name):
    import urllib.request

    request = urllib.request.Request(
        f"{where['controlUrl']}/scenario", data=json.dumps({"scenario": name}).encode(), method="PUT"
    )
    urllib.request.urlopen(request, timeout=10).read()


def test_the_endpoints_answer_at_their_private_addresses(room):
    env, where = room
    scenario(where, "ok")
    for seen in look(env, API, REPOSITORY):
        assert seen == {
            API: ["10.0.1.10", "10.0.2.10", "answers"],
            REPOSITORY: ["10.0.1.20", "10.0.2.20", "answers"],
        }


def test_without_endpoints_the_names_lead_to_public_addresses_that_are_silent(room):
    env, where = room
    scenario(where, "no-endpoints")
    for seen in look(env, API):
        assert seen == {API: ["203.0.113.10", "silent"]}


def test_the_vpc_has_no_way_out(room):
    env, where = room
    scenario(where, "ok")
    for seen in look(env, "pypi.org"):
        assert seen == {"pypi.org": ["198.51.100.1", "silent"]}


def test_a_name_that_aws_does_not_have_is_not_found(room):
    python, node = look(room[0], f"other-111122223333.d.{API}")
    assert list(python.values()) == ["True"]
    assert list(node.values()) == ["ENOTFOUND"]


def test_the_environment_names_no_emulator(room):
    env, _ = room
    assert not [name for name in env if "ENDPOINT" in name or name.endswith("_PROXY")]
