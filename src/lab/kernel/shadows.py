"""Runs in a user's kernel (Python 3.6 or newer): which variables override pip's configuration files? kernel-code.ts"""

import os
import re

TRUE = ("1", "y", "yes", "t", "true", "on")


def without_user(url):
    return re.sub("//[^/?#]*@", "//", url).rstrip("/")


def read(path):
    try:
        with open(os.path.expanduser(path), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def main(wanted):
    """`wanted` has `index`, `mode` and `netrc` as in IWantedIndex of kernel-code.ts; returns names, space-separated."""
    index, netrc = wanted["index"], wanted["netrc"]
    # Without a token file, an index in a variable has no token.
    ours = without_user(index) if netrc else None

    def other_index(urls):
        return any(url.rstrip("/") != ours for url in urls.split())

    def other_config(path):
        if path == os.devnull:
            return True
        key = wanted["mode"].replace("-", "[-_]")
        found = re.findall(rf"(?mi)^[ \t]*(?:{key})[ \t]*[=:][ \t]*(.*)$", read(path))
        return any(without_user(url) != without_user(index) for url in " ".join(found).split())

    def other_netrc(path):
        if not netrc:
            return False
        host = re.split("[:/]", index.split("//", 1)[-1], maxsplit=1)[0]
        same = os.path.realpath(os.path.expanduser(path)) == os.path.realpath(os.path.expanduser(netrc))
        return not same and host not in read(path)

    overrides = {
        "PIP_" + wanted["mode"].upper().replace("-", "_"): other_index,
        "PIP_NO_INDEX": lambda value: value.lower() in TRUE,
        "PIP_CONFIG_FILE": other_config,
        "NETRC": other_netrc,
    }
    values = {name: os.environ.get(name, "").strip() for name in overrides}
    return " ".join(name for name, is_override in overrides.items() if values[name] and is_override(values[name]))
