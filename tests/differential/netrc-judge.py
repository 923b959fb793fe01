"""Python's own netrc module: one JSON list of files (base64) a line in, one list of what it finds out."""

import base64
import io
import json
import netrc
import sys


class Reader(netrc.netrc):
    """The reader without its detour over a file's name."""

    def __init__(self, stream):
        self.hosts = {}
        self.macros = {}
        self._parse("netrc", stream, False)


def read(data):
    try:
        parsed = Reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    except netrc.NetrcParseError:
        return None
    # requests wants a user, else an account, and a password; 3.10 keeps None where nothing stands.
    hosts = {
        host: [login or "", account or "", password or ""] for host, (login, account, password) in parsed.hosts.items()
    }
    return {"hosts": hosts, "macros": {name: "".join(lines) for name, lines in parsed.macros.items()}}


for line in sys.stdin:
    answers = [read(base64.b64decode(data)) for data in json.loads(line)]
    sys.stdout.write(json.dumps(answers) + "\n")
    sys.stdout.flush()
