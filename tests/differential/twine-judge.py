"""twine itself, asked where `twine upload -r codeartifact` would send what: one JSON list of cases a line in.

twine's own parser, settings and authentication, in this process; nothing is sent. Paths begin with ROOT.
"""

import argparse
import builtins
import contextlib
import getpass
import io
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from twine.settings import Settings

ROOT = Path(tempfile.mkdtemp(prefix="twine-judge-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))


class NoNetwork(HTTPAdapter):
    """Looks for the certificates as the real one does, and sends nothing."""

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        self.get_connection_with_tls_context(request, verify, cert=cert)
        self.cert_verify(self.get_connection_with_tls_context(request, verify, cert=cert), request.url, verify, cert)
        response = requests.Response()
        response.status_code = 200
        response.request = request
        return response


def no_terminal(*_: object, **__: object) -> str:
    raise EOFError


builtins.input = no_terminal
getpass.getpass = no_terminal


def judge(case: dict) -> dict:
    shutil.rmtree(ROOT, ignore_errors=True)
    (ROOT / "home").mkdir(parents=True)
    for path, text in case["files"].items():
        Path(path.replace("ROOT", str(ROOT))).write_text(text.replace("ROOT", str(ROOT)))
    os.environ.clear()
    os.environ.update({name: value.replace("ROOT", str(ROOT)) for name, value in case["env"].items()})
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    quiet = io.StringIO()
    try:
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            parser = argparse.ArgumentParser()
            Settings.register_argparse_arguments(parser)
            settings = Settings.from_argparse(parser.parse_args(["-r", "codeartifact"]))
            repository = settings.create_repository()
            repository.session.mount("https://", NoNetwork())
            repository.session.mount("http://", NoNetwork())
            # Those that twine 7 sends with; earlier ones put the pair into the session.
            auth = getattr(settings.auth, "authenticator", None) or repository.session.auth
            request = repository.session.get(repository.url, auth=auth).request
        return {"url": repository.url, "authorization": request.headers.get("Authorization"), "error": ""}
    except BaseException as error:
        return {"url": "", "authorization": None, "error": repr(error)[:300]}


if __name__ == "__main__":
    try:
        for line in sys.stdin:
            answers = [judge(case) for case in json.loads(line)]
            sys.stdout.write(json.dumps(answers) + "\n")
            sys.stdout.flush()
    finally:
        shutil.rmtree(ROOT, ignore_errors=True)
