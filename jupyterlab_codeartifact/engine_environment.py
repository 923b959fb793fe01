"""The environment of the engine: a list of what is handed on, and what is told when something is not.

A server's environment holds what was set for other programs. Of Node's own variables NODE_OPTIONS runs code,
NODE_DEBUG=http prints credentials, NODE_TLS_REJECT_UNAUTHORIZED=0 sends signed requests to anybody, SSLKEYLOGFILE
writes the keys of connections to a file (https://nodejs.org/api/cli.html#environment-variables). LD_PRELOAD and its
like do the same below Node (https://man7.org/linux/man-pages/man8/ld.so.8.html). Hence a list of what is taken
rather than of what is not.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable

from . import __version__
from .code_cache import VARIABLE as CODE_CACHE
from .code_cache import code_cache

#: Tells the engine which environment it was started from, whose pip.conf beats the user's (pip's "site" scope).
PREFIX_VARIABLE = "JUPYTERLAB_CODEARTIFACT_PREFIX"

#: One heap of glibc's instead of one for each of Node's threads: 4 MB.
#: https://man7.org/linux/man-pages/man3/mallopt.3.html
LEAN_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}

#: What is handed on, by what reads it.
HANDED_ON = re.compile(
    r"""
    # the AWS SDK's chain and the AWS CLI's conventions
      AWS_\w+
    # the package tools whose configuration is shown or written; their pip runs with the same variables
    | (PIP|TWINE|POETRY)_\w+ | UV_(?!THREADPOOL_SIZE$|USE_IO_URING$)\w+ | (?i:npm_config_[^=\s]+)
    | NETRC | VIRTUAL_ENV | CONDA_PREFIX
    # proxies and certificates as curl, Requests and the AWS CLI read them
    | (?i:(HTTP|HTTPS|ALL|NO)_PROXY) | REQUESTS_CA_BUNDLE | CURL_CA_BUNDLE | SSL_CERT_(FILE|DIR)
    # who and where we are
    | HOME | USER | LOGNAME | SHELL | PATH | HOSTNAME | PWD | TMPDIR | TMP | TEMP | XDG_\w+
    # how to print
    | LANG | LANGUAGE | LC_\w+ | TZ | TERM | COLUMNS | NO_COLOR
    # what helpers named by credential_process commonly need
    | SSH_AUTH_SOCK | KRB5CCNAME | KRB5_CONFIG | DBUS_SESSION_BUS_ADDRESS | GNUPGHOME | DISPLAY | WAYLAND_DISPLAY
    """,
    re.VERBOSE,
)

#: Not even when an administrator lists them: they weaken TLS, print or store secrets, or are Jupyter's own.
NEVER = re.compile(
    r"NODE_(OPTIONS|DEBUG|DEBUG_NATIVE|TLS_REJECT_UNAUTHORIZED|V8_COVERAGE|REPL_\w+|REDIRECT_WARNINGS)"
    r"|SSLKEYLOGFILE|JUPYTER_TOKEN|JPY_\w+|JUPYTERHUB_\w+|CONFIGPROXY_AUTH_TOKEN"
)

#: What people set on purpose to change how Node.js or a program under it behaves: told when it is not handed on.
NOTABLE = re.compile(r"NODE_\w+|SSLKEYLOGFILE|OPENSSL_\w+|LD_\w+|DYLD_\w+|UV_THREADPOOL_SIZE|GCONV_PATH|GLIBC_TUNABLES")

#: NODE_EXTRA_CA_CERTS is not handed on: neither pip nor the AWS CLI reads it, so the checks would be green with a
#: certificate authority that these refuse. The engine reads AWS_CA_BUNDLE and ca_bundle, as the AWS CLI does
#: (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html), and pip's own cert setting.
INSTEAD = {
    "NODE_EXTRA_CA_CERTS": "set AWS_CA_BUNDLE for AWS, and PIP_CERT for pip",
    "NODE_TLS_REJECT_UNAUTHORIZED": "certificates are always checked; set AWS_CA_BUNDLE to trust another authority",
}


def engine_environment(also: Iterable[str] = ()) -> dict[str, str]:
    """The variables for the engine; `also` are names that an administrator adds (CodeArtifactApp.engine_variables)."""
    names = set(also)
    kept = {
        name: value
        for name, value in os.environ.items()
        if (HANDED_ON.fullmatch(name) or name in names) and not NEVER.fullmatch(name)
    }
    cache = code_cache(__version__)
    return {**LEAN_ENVIRONMENT, **kept, PREFIX_VARIABLE: sys.prefix, **({CODE_CACHE: cache} if cache else {})}


def notable_names(also: Iterable[str] = ()) -> list[str]:
    """Names of the variables that are set, not handed on, and worth telling; never their values."""
    given = engine_environment(also)
    return sorted(name for name in os.environ if NOTABLE.fullmatch(name) and name not in given)


def advice(names: Iterable[str]) -> str:
    """A sentence about variables that are not handed on."""
    names = list(names)
    hints = [f"{name}: {INSTEAD[name]}" for name in names if name in INSTEAD]
    return f"Not handed to the engine: {', '.join(names)}." + (f" Instead of {'; '.join(hints)}." if hints else "")
