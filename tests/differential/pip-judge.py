"""pip itself, asked what it would do with a configuration: one JSON list of cases a line in, one list of answers out.

Run by the Python of an environment that holds the pip to ask. Everything up to the network is pip's own code, in this
one process: its main parser, its command, its Configuration and options, its session with authentication, its finder.
Only the transport is replaced: a table says what each host would answer.
"""

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
import sysconfig
import tempfile
import types
import warnings
from pathlib import Path
from urllib.parse import urlsplit

from pip._internal.cli import base_command, cmdoptions
from pip._internal.cli.main_parser import create_main_parser, parse_command
from pip._internal.commands import create_command
from pip._internal.exceptions import HashMissing
from pip._internal.models import target_python
from pip._internal.utils import appdirs
from pip._vendor import requests
from pip._vendor.requests.adapters import HTTPAdapter, TimeoutSauce
from pip._vendor.requests.utils import select_proxy
from pip._vendor.urllib3.connectionpool import HTTPConnectionPool
from pip._vendor.urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError
from pip._vendor.urllib3.response import HTTPResponse

PACKAGE = "six"
FILES = (f"{PACKAGE}-1.0-py3-none-any.whl", f"{PACKAGE}-1.0.tar.gz")
LINKS = "".join(f'<a href="{name}">{name}</a>' for name in FILES)
PAGE = f"<!DOCTYPE html><html><body>{LINKS}</body></html>".encode()
ROOT = Path(tempfile.mkdtemp(prefix="pip-judge-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
# pip makes and removes half a dozen folders a run.
tempfile.tempdir = str(ROOT / "tmp")
CWD = os.getcwd()
VENV = "ROOT/prefix/pyvenv.cfg"


class Transport(HTTPAdapter):
    """What the hosts of the table would answer; certificates are checked by the adapter that pip had mounted."""

    def __init__(self, own: HTTPAdapter, hosts: dict, asked: list) -> None:
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
        if proxy:
            # Refuses addresses, and the SOCKS for which pip has no library.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.own.get_connection(url, proxies)
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
plain_tags = functools.lru_cache(maxsize=None)(target_python.get_supported)


def supported(version=None, platforms=None, impl=None, abis=None):
    """The tags of this Python, once; those of a platform that a case names are pip's own to find."""
    return plain_tags(version) if not (platforms or impl or abis) else own_tags(version, platforms, impl, abis)


own_tags = target_python.get_supported
target_python.get_supported = supported
base_command.setup_logging = lambda **_: logging.CRITICAL

site_config_dirs = appdirs.site_config_dirs


def moved_dirs(name: str) -> list:
    """The machine-wide folders, with /etc inside the folder of the case."""
    return [f"{ROOT}{path}" if path.startswith("/etc") else path for path in site_config_dirs(name)]


appdirs.site_config_dirs = moved_dirs

STDLIB = f"ROOT/prefix/lib/python{sys.version_info[0]}.{sys.version_info[1]}"
get_path = sysconfig.get_path


def moved_path(name, *args, **kwargs):
    """Python's own folder, inside the folder of the case."""
    return STDLIB.replace("ROOT", str(ROOT)) if name == "stdlib" else get_path(name, *args, **kwargs)


sysconfig.get_path = moved_path


def prepare(case: dict) -> None:
    shutil.rmtree(ROOT, ignore_errors=True)
    for folder in ("home", "prefix", "work", "tmp"):
        (ROOT / folder).mkdir(parents=True)
    for path, text in case["files"].items():
        target = Path(path.replace("ROOT/prefix/lib/pythonX", STDLIB).replace("ROOT", str(ROOT)))
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            target.mkdir()
        else:
            target.write_bytes(text.replace("ROOT", str(ROOT)).encode(errors="surrogateescape"))
    sys.prefix = str(ROOT / "prefix")
    sys.base_prefix = str(ROOT / "base") if case["venv"] else sys.prefix
    site.ENABLE_USER_SITE = "include-system-site-packages = false" not in case["files"].get(VENV, "")
    os.chdir(ROOT / "work")


class Resolver:
    """In the place of pip's own: what its finder finds for the package, and whether it would be taken."""

    def __init__(self, finder, options, seen) -> None:
        self.finder = finder
        self.options = options
        self.seen = seen

    def resolve(self, requirements, *_: object, **__: object) -> None:
        seen = self.seen
        seen["index"] = self.options.index_url
        seen["extra"] = list(self.options.extra_index_urls)
        seen["found"] = sorted({c.link.url for c in self.finder.find_all_candidates(PACKAGE)})
        if self.options.require_hashes:
            # req/req_install.py, `hashes`: a requirement without any takes none.
            raise HashMissing("a")
        seen["done"] = True
        raise KeyboardInterrupt


# Lists that one run of pip fills for good: each of its runs is a process of its own.
PARTIALS = [option.keywords for option in vars(cmdoptions).values() if isinstance(option, functools.partial)]
LISTS = [words["default"] for words in PARTIALS if isinstance(words.get("default"), (list, set))]


def ask(case: dict, command_name: str) -> dict:
    """What this command comes to: an error of pip's, or what its finder finds and which hosts it asks."""
    asked: list = []
    seen: dict = {"found": []}
    for filled in LISTS:
        filled.clear()
    # pip leaves variables to itself, such as PIP_NO_INPUT, which the next command would find.
    os.environ.clear()
    os.environ.update({name: value.replace("ROOT", str(ROOT)) for name, value in case["env"].items()})
    try:
        name, rest = parse_command([command_name, PACKAGE])
        command = create_command(name)
        own_session = command.get_default_session

        def get_session(options):
            fresh = not hasattr(command, "mounted")
            session = own_session(options)
            if fresh:
                command.mounted = True
                for prefix, adapter in list(session.adapters.items()):
                    if prefix.startswith("http"):
                        session.adapters[prefix] = Transport(adapter, case["hosts"], asked)
            return session

        command.get_default_session = get_session
        command.make_resolver = lambda preparer, finder, options, **_: Resolver(finder, options, seen)
        command.pip_version_check = lambda *_: contextlib.suppress(ValueError)
        command.handle_pip_version_check = lambda *_: None
        with command.main_context():
            code = command._main(rest)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        seen["exit"] = code
    except BaseException as error:
        code = 1
        seen["exit"] = repr(error)
    seen["code"] = 0 if seen.pop("done", False) else code or 1
    seen["asked"] = asked
    return seen


def judge(case: dict) -> dict:
    prepare(case)
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        answers = {name: ask(case, name) for name in case["commands"]}
    text = quiet.getvalue()
    return {**answers, "said": text[-600:]} if case.get("loud") else answers


def options() -> dict:
    """Every long option of this pip, with the commands that have it and where its value goes."""
    found: dict = {}
    parsers = {name: create_command(name).parser for name in ("install", "download", "wheel")}
    for name, parser in {**parsers, "pip": create_main_parser()}.items():
        for option in parser.option_list_all:
            for word in option._long_opts:
                entry = found.setdefault(word[2:], {"commands": [], "dest": option.dest})
                entry["commands"].append(name)
    return found


if __name__ == "__main__":
    out = sys.stdout
    logging.raiseExceptions = False
    try:
        for line in sys.stdin:
            answers = [options() if case == "options" else judge(case) for case in json.loads(line)]
            out.write(json.dumps({"root": str(ROOT), "answers": answers}) + "\n")
            out.flush()
    finally:
        os.chdir(CWD)
        shutil.rmtree(ROOT, ignore_errors=True)
