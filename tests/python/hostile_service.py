"""What answers in the place of AWS or of the index, and tries to fill the engine's memory or to keep it for ever."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

GIGABYTE = 1 << 30
PIECE = b"x" * (1 << 20)
#: One megabyte of it unfolds to a gigabyte.
BOMB = gzip.compress(bytes(1 << 26), 6)
TOKEN = {"authorizationToken": "eyJ" + "t" * 1400, "expiration": time.time() + 43200}


def head(*headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode()


def whole(document: object, *headers: str, status: str = "200 OK") -> bytes:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return head("Content-Type: application/json", f"Content-Length: {len(body)}", *headers, status=status) + body


def plain() -> Iterator[bytes]:
    yield head("Content-Type: application/json", f"Content-Length: {GIGABYTE}")
    for _ in range(1024):
        yield PIECE


def chunked() -> Iterator[bytes]:
    yield head("Content-Type: application/json", "Transfer-Encoding: chunked")
    for _ in range(1024):
        yield b"100000\r\n" + PIECE + b"\r\n"


def compressed() -> Iterator[bytes]:
    yield head("Content-Type: application/json", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    for _ in range(64):
        yield f"{len(BOMB):x}\r\n".encode() + BOMB + b"\r\n"


def dripping() -> Iterator[bytes]:
    yield head("Content-Type: application/json", f"Content-Length: {GIGABYTE}")
    while True:
        yield b" "
        time.sleep(0.05)


def headers_without_end() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(10_000_000):
        yield f"X-{number}: ".encode() + b"y" * 1000 + b"\r\n"


def one_endless_header() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    for _ in range(1024):
        yield PIECE


def informed_without_end() -> Iterator[bytes]:
    for _ in range(10_000_000):
        yield b"HTTP/1.1 100 Continue\r\n\r\n" * 1000


def no_status_line() -> Iterator[bytes]:
    for _ in range(1024):
        yield PIECE


def redirected() -> Iterator[bytes]:
    yield head("Location: /again", "Content-Length: 0", status="301 Moved Permanently")


def deep() -> Iterator[bytes]:
    yield whole(b"[" * 4_000_000)


def many_values() -> Iterator[bytes]:
    """Just below the limit of an answer, and the most objects that fit into it."""
    yield whole(b'{"repositories":[' + b"{}," * 1_380_000 + b"{}]}")


def many_keys() -> Iterator[bytes]:
    yield whole(b"{" + b",".join(b'"%x":0' % number for number in range(330_000)) + b"}")


def long_refusal() -> Iterator[bytes]:
    message = "User: arn:aws:sts::111122223333:assumed-role/" + "a" * 3_900_000
    yield whole({"message": message}, "x-amzn-errortype: AccessDeniedException", status="403 Forbidden")


def huge_endpoint() -> Iterator[bytes]:
    yield whole({"repositoryEndpoint": "https://" + "a." * 1_950_000 + "amazonaws.com/pypi/r/"})


def huge_token() -> Iterator[bytes]:
    yield whole({**TOKEN, "authorizationToken": "t" * 4_100_000})


#: By what they do; `Behaviour` writes until the other side hangs up.
Behaviour = Callable[[], Iterator[bytes]]
EVERYWHERE: dict[str, Behaviour] = {
    "one gigabyte, its length told": plain,
    "one gigabyte in chunks": chunked,
    "a compressed gigabyte": compressed,
    "a byte now and then": dripping,
    "headers without end": headers_without_end,
    "one header without end": one_endless_header,
    "100 Continue without end": informed_without_end,
    "a gigabyte and no status line": no_status_line,
    "a redirect to itself": redirected,
    "four megabytes of [": deep,
}
#: What only an API can send.
FROM_THE_API: dict[str, Behaviour] = {
    "a list of 1.4 million repositories": many_values,
    "an object of 330,000 keys": many_keys,
    "a refusal of 3.9 MB": long_refusal,
    "an endpoint of 3.9 MB": huge_endpoint,
    "a token of 4.1 MB": huge_token,
}


class Service:
    """Answers each request by `api` or, below /pypi/, by `index`; None: as AWS would."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.url = "http://{}:{}".format(*listener.getsockname())
        self.api: Behaviour | None = None
        self.index: Behaviour | None = None
        self.asked = {"api": 0, "index": 0}

    def serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(peer,), daemon=True).start()

    def _answer(self, peer: socket.socket) -> None:
        with peer, suppress(OSError):
            peer.settimeout(30)
            asked = b""
            while b"\r\n\r\n" not in asked:
                if not (piece := peer.recv(65536)):
                    return
                asked += piece
            path = asked.split(b" ", 2)[1].decode()
            self.asked["index" if path.startswith("/pypi/") else "api"] += 1
            for piece in self._says(path):
                peer.sendall(piece)

    def _says(self, path: str) -> Iterator[bytes]:
        if path.startswith("/pypi/"):
            return self.index() if self.index else iter([whole(b"<html></html>")])
        if self.api:
            return self.api()
        if path.startswith("/v1/authorization-token"):
            return iter([whole(TOKEN)])
        return iter([whole({"repositoryEndpoint": f"{self.url}/pypi/r/"})])


@contextmanager
def hostile_service() -> Iterator[Service]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        service = Service(listener)
        threading.Thread(target=service.serve, daemon=True).start()
        try:
            yield service
        finally:
            listener.shutdown(socket.SHUT_RDWR)
