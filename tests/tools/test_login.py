"""`jupyter codeartifact login` takes the place of `aws codeartifact login`: same words, same index afterwards."""

from __future__ import annotations

import os
import stat

import pytest

from .distributions import wheel
from .environments import with_pip
from .room import BIN, TOKEN, Room
from .watch import Watch

OPTIONS = ["--domain", "analytics", "--domain-owner", "111122223333", "--repository", "isolatedsm"]
MORE = ["--region", "us-east-1", "--duration-seconds", "3600"]
PIP = ".config/pip/pip.conf"


@pytest.fixture(scope="module")
def pair(world, tmp_path_factory):
    """The same home twice: one where the AWS CLI logged in for pip and twine, one where we did."""
    rooms = {}
    for name, program in {"aws": [BIN / "aws", "codeartifact"], "ours": [BIN / "jupyter-codeartifact"]}.items():
        room = Room(tmp_path_factory.mktemp(name) / "home", world)
        room.heal()
        # The AWS CLI takes the first pip of PATH.
        room.env["PATH"] = f"{with_pip('newest') / 'bin'}{os.pathsep}{room.env['PATH']}"
        room.write(PIP, "# the team's proxy\n[global]\ntimeout = 7\n")
        with Watch(room.home) as watch:
            for tool in ("pip", "twine"):
                room.run(*program, "login", "--tool", tool, *OPTIONS, *MORE)
        rooms[name] = (room, watch)
    return rooms


@pytest.mark.parametrize("name", ["aws", "ours"])
def test_the_same_index_works(pair, tmp_path, name):
    room, _ = pair[name]
    done = room.pip(with_pip("newest"), "download", "--no-input", "-d", str(tmp_path), "demo-report")
    assert not TOKEN.search(done.stdout)
    assert len(list(tmp_path.glob("*.whl"))) == 4
    file, content = wheel(f"from-{name}", "1.0")
    (tmp_path / file).write_bytes(content)
    room.run(BIN / "twine", "upload", "--non-interactive", "-r", "codeartifact", tmp_path / file)


def test_the_same_settings_as_the_cli(pair):
    texts = {name: room.path(".pypirc").read_text() for name, (room, _) in pair.items()}
    lines = {name: {" ".join(line.split()) for line in text.splitlines()} for name, text in texts.items()}
    for wanted in ("[codeartifact]", "username = aws"):
        assert all(wanted in found for found in lines.values())
    repositories = {next(line for line in found if line.startswith("repository")) for found in lines.values()}
    assert len(repositories) == 1


def test_ours_keeps_what_the_cli_loses(pair):
    aws, ours = pair["aws"][0].path(PIP), pair["ours"][0].path(PIP)
    assert "# the team's proxy" not in aws.read_text()
    assert ours.read_text().startswith("# the team's proxy\n[global]\ntimeout = 7\n")
    assert stat.S_IMODE(pair["ours"][0].path(".netrc").stat().st_mode) == 0o600
    assert stat.S_IMODE(aws.stat().st_mode) == 0o644


def test_no_token_in_a_command_line(pair):
    assert pair["aws"][1].token(), "the watch must see what the AWS CLI shows, or it proves nothing"
    assert pair["ours"][1].seen
    assert not pair["ours"][1].token()


def test_dry_run_changes_nothing_and_shows_no_token(room):
    before = room.snapshot()
    done = room.run(BIN / "jupyter-codeartifact", "login", "--tool", "pip", *OPTIONS, "--dry-run")
    assert room.snapshot() == before
    assert not TOKEN.search(done.stdout + done.stderr)


def test_the_clis_other_options_are_understood(room):
    """`--endpoint-url` is our `apiEndpoint`; a plain http host is for the administrator's environment to name."""
    argv = ["login", "--tool", "pip", *OPTIONS, "--endpoint-type", "ipv4"]
    given = room.world["env"]["AWS_ENDPOINT_URL_CODEARTIFACT"]
    assert room.ours(*argv, "--endpoint-url", given)["verdict"] == "ok"
    refused = room.ours(*argv, "--endpoint-url", given, env={"AWS_ENDPOINT_URL_CODEARTIFACT": ""}, code=2)
    assert refused["verdict"] == "invalid_settings"
    assert "https://" in refused["summary"]


def test_what_names_a_profile_that_is_nowhere_is_told(room):
    by_option = room.ours("login", "--tool", "pip", *OPTIONS, "--profile", "nope", code=5)
    assert "The profile nope, which the option --profile names," in by_option["summary"]
    by_variable = room.ours("login", "--tool", "pip", *OPTIONS, env={"AWS_PROFILE": "nope"}, code=5)
    assert "The profile nope, which the variable AWS_PROFILE names," in by_variable["summary"]


def test_another_repository_takes_the_place_of_the_first(room):
    """One connection: `login` for a second repository leaves no tool on the first."""
    room.ours("login", "--tool", "pip", *OPTIONS)
    room.ours("login", "--tool", "twine", *OPTIONS[:-1], "scratch")
    assert "scratch" in room.path(".pypirc").read_text()
    assert not room.path(PIP).exists()


def test_diagnose_takes_the_token_that_is_there(room):
    """Chosen on the command line or in the settings: for which tools it was written makes no difference to a token."""
    room.ours("connect", "--tools", "pip,twine", "--credentials", "inline")
    minted = room.control("GET", "/tokens")
    assert room.ours("diagnose")["verdict"] == "ok"
    assert room.control("GET", "/tokens") == minted
