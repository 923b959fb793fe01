"""`--user NAME`: a lifecycle script runs as root, the notebook's files belong to somebody else."""

from __future__ import annotations

import os
import site

#: What belongs to root's own session and would lead NAME's process into root's folders.
_FOREIGN = (
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "PYTHONUSERBASE",
    "SUDO_USER",
    "SUDO_UID",
    "SUDO_GID",
    "SUDO_COMMAND",
    "MAIL",
)


class CannotBecome(Exception):
    """Becoming NAME is not possible; the text says why."""


def become(name: str) -> None:
    """Go on as NAME for good, with NAME's home; nothing when we are NAME already. Raises CannotBecome.

    Privileges are dropped before a single settings file is read or the engine is started: what NAME
    may not read or write, root does not read or write for them (a link in NAME's home could lead anywhere),
    and every file is NAME's from its first byte.
    """
    import pwd

    try:
        entry = pwd.getpwnam(name)
    except (KeyError, ValueError):
        raise CannotBecome(f"There is no user {name!r} on this machine.") from None
    if os.geteuid() != entry.pw_uid:
        if os.geteuid() != 0:
            raise CannotBecome(f"Only root can act for another user; run this as {name}, without --user.")
        os.initgroups(name, entry.pw_gid)
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        for variable in _FOREIGN:
            os.environ.pop(variable, None)
        os.umask(0o077)
    os.environ.update(HOME=entry.pw_dir, USER=name, LOGNAME=name, SHELL=entry.pw_shell or "/bin/sh")
    # Python worked these out from root's home when it started; jupyter_core asks for them.
    site.USER_BASE = site.USER_SITE = None
    try:
        os.chdir(entry.pw_dir)
    except OSError:
        os.chdir("/")
