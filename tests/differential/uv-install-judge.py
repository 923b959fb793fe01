"""uv itself, asked to install: one JSON list of cases a line in, one list of answers out.

Every host of a case is played by a proxy in this process, which a table tells what to answer. UV names the program.
"""

import base64
import contextlib
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from judging import serve

BASE = Path(tempfile.mkdtemp(prefix="uv-install-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
NAME = "six-1.0-py3-none-any.whl"


def wheel() -> bytes:
    info = "six-1.0.dist-info"
    files = {
        "six.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: six\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: judge\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},"
        for name, text in files.items()
    ]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]) + "\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


WHEEL = wheel()


class Hosts(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # uv that has failed leaves at once
            super().handle()

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        says = self.server.hosts.get(url.hostname, "refused")
        given = self.headers.get("Authorization")
        if says == "refused":
            self.close_connection = True
            self.connection.close()
            return
        if says.isdigit():
            self.answer(int(says), b"", "text/plain")
        elif says not in ("open", "empty") and given != says:
            self.server.asked.append(f"{url.hostname} 401")
            self.answer(401, b"", "text/plain")
        elif says == "empty" or "/other/" in url.path or not (url.path.endswith("/six/") or url.path.endswith(NAME)):
            self.answer(404, b"", "text/plain")
        elif url.path.endswith(NAME):
            self.server.taken.append(url.hostname)
            self.answer(200, WHEEL, "application/octet-stream")
        else:
            self.server.asked.append(f"{url.hostname} 200")
            self.answer(200, f'<html><body><a href="{NAME}">{NAME}</a></body></html>'.encode(), "text/html")

    do_HEAD = do_GET

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="judge"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def start() -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hosts)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


local = threading.local()


def primed() -> Path:
    """A cache that knows the interpreter alone: asking it takes uv five times as long as all the rest."""
    cache = BASE / "primed"
    env = {"HOME": str(BASE), "PATH": "/usr/bin:/bin", "UV_CACHE_DIR": str(cache), "UV_PYTHON": sys.executable}
    command = [os.environ["UV"], "pip", "install", "--offline", "--target", str(BASE / "target"), "six"]
    subprocess.run(command, env=env, cwd=BASE, capture_output=True, timeout=60)
    for folder in cache.glob("*"):
        if folder.is_dir() and not folder.name.startswith("interpreter-"):
            shutil.rmtree(folder)
    return cache


PRIMED = primed()


def judge(numbered) -> dict:
    number, case = numbered
    if not hasattr(local, "server"):
        local.server = start()
    server = local.server
    server.hosts, server.asked, server.taken = case["hosts"], [], []
    root = BASE / str(number)
    for folder in ("home", "project/deep"):
        (root / folder).mkdir(parents=True)
    shutil.copytree(PRIMED, root / "cache")
    for path, text in case["files"].items():
        target = Path(path.replace("ROOT", str(root)))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("ROOT", str(root)))
    proxy = f"http://127.0.0.1:{server.server_address[1]}"
    own = {
        "HTTP_PROXY": proxy,
        "UV_HTTP_RETRIES": "0",
        "UV_CACHE_DIR": str(root / "cache"),
        "UV_PYTHON": sys.executable,
    }
    env = {**own, **{name: value.replace("ROOT", str(root)) for name, value in case["env"].items()}}
    command = [os.environ["UV"], "pip", "install", "--target", str(root / "target"), "six"]
    done = subprocess.run(command, env=env, cwd=root / "project/deep", capture_output=True, text=True, timeout=60)
    shutil.rmtree(root, ignore_errors=True)
    return {
        "code": done.returncode,
        "error": done.stderr[-700:].replace(str(root), "ROOT") if done.returncode else "",
        "asked": server.asked,
        "taken": server.taken,
    }


if __name__ == "__main__":
    serve(judge, BASE)
