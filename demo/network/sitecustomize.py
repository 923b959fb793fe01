"""The demo's network for Python: pip, the AWS CLI and the kernel load it at their start, by PYTHONPATH.

The same as preload.cjs does for the engine, and demo/README.md tells what it is for: names are looked up at the
emulator's DNS server, a connection to an address of the emulated VPC goes to the loopback port that stands for it,
and any other address is silent.
"""

import ipaddress
import json
import os
import secrets
import socket
import struct

with open(os.environ["CODEARTIFACT_DEMO_NETWORK"], encoding="utf-8") as _file:
    NETWORK = json.load(_file)

_getaddrinfo = socket.getaddrinfo
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex

TYPE_A, CLASS_IN, NAME_ERROR = 1, 1, 3


def on_this_machine(name):
    if isinstance(name, bytes):
        name = name.decode()
    if name is None or "." not in name or name == socket.gethostname():
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def ask(name):
    """The resolver's A records (RFC 1035, section 4): at most two attempts of a second each, as a notebook's."""
    number = secrets.randbits(16)
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split("."))
    question = labels + b"\0" + struct.pack("!HH", TYPE_A, CLASS_IN)
    host, port = NETWORK["resolver"].split(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.settimeout(1)
        _connect(udp, (host, int(port)))
        for _ in range(2):
            udp.send(struct.pack("!HHHHHH", number, 0x0100, 1, 0, 0, 0) + question)
            try:
                return read_answer(udp.recv(4096), 12 + len(question))
            except TimeoutError:
                continue
    raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")


def read_answer(message, start):
    flags, _, count = struct.unpack_from("!HHH", message, 2)
    if flags & 15 and flags & 15 != NAME_ERROR:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    found = []
    for _ in range(count):
        while message[start] and message[start] < 192:  # labels, up to the end or a pointer
            start += 1 + message[start]
        start += 2 if message[start] else 1
        kind, _, _, length = struct.unpack_from("!HHIH", message, start)
        start += 10
        if kind == TYPE_A:
            found.append(socket.inet_ntoa(message[start : start + length]))
        start += length
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return found


def getaddrinfo(host, *more, **named):
    if on_this_machine(host):
        return _getaddrinfo(host, *more, **named)
    name = host.decode() if isinstance(host, bytes) else host
    known = name.lower().endswith(tuple(NETWORK["aws"]))
    addresses = ask(name) if known else [NETWORK["silent"]]
    return [each for address in addresses for each in _getaddrinfo(address, *more, **named)]


def route(sock, address):
    if sock.family != socket.AF_INET or not sock.type & socket.SOCK_STREAM or address[0].startswith("127."):
        return address
    if on_this_machine(address[0]) and not address[0][:1].isdigit():
        return address  # localhost, or this machine's own name
    host, port = address
    routes = NETWORK["routes"]
    host, port = routes.get(f"{host}:{port}", routes["*"]).split(":")
    return host, int(port)


def connect(self, address):
    return _connect(self, route(self, address))


def connect_ex(self, address):
    return _connect_ex(self, route(self, address))


socket.getaddrinfo = getaddrinfo
socket.socket.connect = connect
socket.socket.connect_ex = connect_ex
