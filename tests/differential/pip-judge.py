"""pip itself, asked what it would do with a configuration: one JSON list of cases a line in, one list of answers out.

Run by the Python of an environment that holds the pip to ask. Everything up to the network is pip's own code, in this
one process: its main parser, its command, its Configuration and options, its session with authentication, its finder.
Only the transport is replaced: a table says what each host would answer.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import io
import json
import logging
import os
import shutil
import site
import sys
import tempfile
import types
from pathlib import Path
from urllib.parse import urlsplit

from pip._internal.cli import base_command, cmdoptions
from pip._internal.cli.main_parser import parse_command
from pip._internal.commands import create_command
from pip._internal.exceptions import CommandError
from pip._internal.models import target_python
from pip._internal.utils import appdirs
from pip._vendor import requests
from pip._vendor.requests.adapters import HTTPAdapter, TimeoutSauce
from pip._vendor.requests.utils import select_proxy
from pip._vendor.urllib3.connectionpool import HTTPConnectionPool
from pip._vendor.urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError
from pip._vendor.urllib3.response import HTTPResponse

PACKAGE = "six"
PAGE = f'<!DOCTYPE html><html><body><a href="{PACKAGE}-1.0-py3-none-any.whl">six</a></body></html>'.encode()
ROOT = Path(tempfile.mkdtemp(prefix="pip-judge-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
CWD = os.getcwd()
VENV = "ROOT/prefix/pyvenv.cfg"


class Transport(HTTPAdapter):
    """What the hosts of the table would answer; certificates are checked by the adapter that pip had mounted."""

    def __init__(self, own: HTTPAdapter, hosts: dict[str, str], asked: list[str]) -> None:
        super().__init__()
        self.own = own
        self.hosts = hosts
        self.asked = asked

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        url = request.url
        parts = urlsplit(url)
        stub = types.SimpleNamespace(
            ca_certs=None, ca_cert_dir=None, cert_file=None, key_file=None, host=parts.hostname, cert_reqs=None
        )
        self.own.cert_verify(stub, url, verify, cert)
        if not isinstance(timeout, tuple):
            TimeoutSauce(connect=timeout, read=timeout)
        proxy = select_proxy(url, proxies)
        place = urlsplit(proxy if "://" in proxy else f"http://{proxy}").hostname if proxy else parts.hostname
        says = self.hosts.get(place or "", "refused")
        if proxy and says == "open":
            place = parts.hostname
            says = self.hosts.get(place or "", "refused")
        self.asked.append(f"{place} {says}")
        pool = HTTPConnectionPool(place)
        if says == "silent":
            reason = ConnectTimeoutError(None, "timed out")
            raise requests.ConnectTimeout(MaxRetryError(pool, url, reason), request=request)
        if says == "refused":
            reason = NewConnectionError(pool, "refused")
            raise requests.ConnectionError(MaxRetryError(pool, url, reason), request=request)
        right = says == "open" or request.headers.get("Authorization") == says
        body = PAGE if right else b""
        raw = HTTPResponse(
            body=io.BytesIO(body),
            headers={"Content-Type": "text/html"},
            status=200 if right else 401,
            preload_content=False,
        )
        response = self.build_response(request, raw)
        response.connection = self
        return response


def no_terminal(*_: object, **__: object) -> str:
    raise EOFError


builtins.input = no_terminal

# Two thirds of pip's time go into these: a list of some thousand tags that never changes, and a console for log lines.
plain_tags = functools.cache(target_python.get_supported)


def supported(version=None, platforms=None, impl=None, abis=None):
    """The tags of this Python, once; those of a platform that a case names are pip's own to find."""
    return plain_tags(version) if not (platforms or impl or abis) else own_tags(version, platforms, impl, abis)


own_tags = target_python.get_supported
target_python.get_supported = supported
base_command.setup_logging = lambda **_: logging.CRITICAL

site_config_dirs = appdirs.site_config_dirs


def moved_dirs(name: str) -> list[str]:
    """The machine-wide folders, with /etc inside the folder of the case."""
    return [f"{ROOT}{path}" if path.startswith("/etc") else path for path in site_config_dirs(name)]


appdirs.site_config_dirs = moved_dirs


def prepare(case: dict) -> None:
    shutil.rmtree(ROOT, ignore_errors=True)
    for folder in ("home", "prefix", "work"):
        (ROOT / folder).mkdir(parents=True)
    for path, text in case["files"].items():
        target = Path(path.replace("ROOT", str(ROOT)))
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            target.mkdir()
        else:
            target.write_bytes(text.replace("ROOT", str(ROOT)).encode())
    os.environ.clear()
    os.environ.update({name: value.replace("ROOT", str(ROOT)) for name, value in case["env"].items()})
    sys.prefix = str(ROOT / "prefix")
    sys.base_prefix = str(ROOT / "base") if case["venv"] else sys.prefix
    site.ENABLE_USER_SITE = "include-system-site-packages = false" not in case["files"].get(VENV, "")
    os.chdir(ROOT / "work")


def ask(case: dict, command_name: str) -> dict:
    """What this command comes to: an error of pip's, or what its finder finds and which hosts it asks."""
    asked: list[str] = []
    seen: dict = {}

    def run(options, args) -> int:
        if command_name == "download":
            options.editables = []
        check(command, options)
        session = command.get_default_session(options)
        for prefix, adapter in list(session.adapters.items()):
            if prefix.startswith("http"):
                session.adapters[prefix] = Transport(adapter, case["hosts"], asked)
        target = cmdoptions.make_target_python(options) if command_name != "wheel" else None
        finder = command._build_package_finder(options=options, session=session, target_python=target)
        command.get_requirements(args, options, finder, session)
        seen["index"] = options.index_url
        seen["extra"] = list(options.extra_index_urls)
        seen["noIndex"] = bool(options.no_index)
        seen["found"] = sorted({c.link.url for c in finder.find_all_candidates(PACKAGE)})
        return 0

    try:
        name, rest = parse_command([command_name, PACKAGE])
        command = create_command(name)
        command.run = run
        command.pip_version_check = lambda *_: contextlib.nullcontext()
        command.handle_pip_version_check = lambda *_: None
        with command.main_context():
            code = command._main(rest)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        seen["exit"] = code
    except BaseException as error:
        code = 1
        seen["exit"] = repr(error)
    seen["code"] = code
    seen["asked"] = asked
    return seen


def check(command, options) -> None:
    """What the commands check before they ask an index (commands/install.py, download.py)."""
    if command.name == "install":
        if options.use_user_site and options.target_dir is not None:
            raise CommandError("user and target")
        cmdoptions.check_dist_restriction(options, check_target=True)
        from pip._internal.commands.install import decide_user_install

        decide_user_install(
            options.use_user_site,
            prefix_path=options.prefix_path,
            target_dir=options.target_dir,
            root_path=options.root_path,
            isolated_mode=options.isolated_mode,
        )
    elif command.name == "download":
        cmdoptions.check_dist_restriction(options)


def judge(case: dict) -> dict:
    prepare(case)
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        answers = {name: ask(case, name) for name in case["commands"]}
    text = quiet.getvalue()
    return {**answers, "said": text[-600:]} if case.get("loud") else answers


if __name__ == "__main__":
    out = sys.stdout
    logging.raiseExceptions = False
    try:
        for line in sys.stdin:
            answers = [judge(case) for case in json.loads(line)]
            out.write(json.dumps({"root": str(ROOT), "answers": answers}) + "\n")
            out.flush()
    finally:
        os.chdir(CWD)
        shutil.rmtree(ROOT, ignore_errors=True)
