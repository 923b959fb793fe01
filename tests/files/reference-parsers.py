"""The real readers, for tests: one JSON list of [kind, base64] a line in, one list of views out."""

import base64
import configparser
import io
import json
import netrc
import sys

try:
    import tomllib
except ImportError:  # Python 3.10
    tomllib = None


def pip(data):
    """What pip sees (pip/_internal/configuration.py), and what its parser holds."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_file(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    except UnicodeDecodeError:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            return {"refused": data[: error.start].count(b"\n") + 1}
    except configparser.MissingSectionHeaderError as error:
        return {"refused": error.lineno}
    except configparser.ParsingError as error:
        return {"refused": error.errors[0][0]}
    except configparser.Error as error:
        return {"refused": error.lineno}
    view = {}
    for section in parser.sections():
        for name, value in parser.items(section):
            name = name.lower().replace("_", "-")
            view[section + "." + (name[2:] if name.startswith("--") else name)] = value
    raw = {"DEFAULT": dict(parser.defaults())}
    for section in parser.sections():
        raw[section] = dict(parser._sections[section])
    return {"view": view, "raw": raw}


class _Reader(netrc.netrc):
    """The reader without its detour over a file's name."""

    def __init__(self, stream):
        self.hosts = {}
        self.macros = {}
        self._parse("netrc", stream, False)


def read_netrc(data):
    try:
        parsed = _Reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    except (netrc.NetrcParseError, UnicodeDecodeError):
        return {"refused": 0}
    return {"view": {"hosts": parsed.hosts, "macros": parsed.macros}}


def toml(data):
    try:
        # uv lets a byte-order mark pass; tomllib does not.
        text = data.decode("utf-8").removeprefix("\ufeff")
        return {"view": json.loads(json.dumps(tomllib.loads(text), default=str))}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {"refused": 0}


READERS = {"pip": pip, "netrc": read_netrc, "toml": toml}

if __name__ == "__main__":
    if sys.argv[1:] == ["--readers"]:
        # The Python before 3.11 read netrc by other rules, and had no tomllib.
        print(json.dumps(["pip"] if tomllib is None else ["pip", "netrc", "toml"]))
        sys.exit()
    for line in sys.stdin:
        answers = [READERS[kind](base64.b64decode(data)) for kind, data in json.loads(line)]
        sys.stdout.write(json.dumps(answers) + "\n")
        sys.stdout.flush()
