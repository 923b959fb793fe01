"""Whose files the command may touch: `--user NAME`, and what root may not do without it.

A lifecycle script runs as root, the notebook's files belong to somebody else. What NAME can write could be a link to
any file of the system, or a profile whose credential_process is any program: root neither follows nor runs it.
"""

from __future__ import annotations

import os
import shlex
import site
import stat
import sys
from collections.abc import Iterator, Sequence

from .say import together, trans

#: What belongs to root's own session and would lead NAME's process into root's folders.
_ROOTS_OWN = (
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

#: Variables that name files or folders which the command, the engine or a program of theirs reads or writes.
_PATH_VARIABLES = (
    "HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_DIR",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "PIP_CONFIG_FILE",
    "UV_CONFIG_FILE",
    "NETRC",
)


class CannotSwitchUser(Exception):
    """The command cannot or may not go on as the user that it runs as; the text says what to do."""


def switch_to_user(name: str) -> None:
    """Go on as NAME for good, with NAME's home; nothing when we are NAME already. Raises CannotSwitchUser.

    Privileges are dropped before a single settings file is read or the engine is started: what NAME
    may not read or write, root does not read or write for them, and every file is NAME's from its first byte.
    """
    import pwd

    try:
        entry = pwd.getpwnam(name)
    except (KeyError, ValueError):
        raise CannotSwitchUser(f"There is no user {name!r} on this machine.") from None
    if os.geteuid() != entry.pw_uid:
        if os.geteuid() != 0:
            raise CannotSwitchUser(f"Only root can act for another user; run this as {name}, without --user.")
        os.initgroups(name, entry.pw_gid)
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
        for variable in _ROOTS_OWN:
            os.environ.pop(variable, None)
        os.umask(0o077)
    os.environ.update(HOME=entry.pw_dir, USER=name, LOGNAME=name, SHELL=entry.pw_shell or "/bin/sh")
    # Python worked these out from root's home when it started; jupyter_core asks for them.
    site.USER_BASE = site.USER_SITE = None
    try:
        os.chdir(entry.pw_dir)
    except OSError:
        os.chdir("/")


def check_home() -> None:
    """Raises CannotSwitchUser where no home folder is known: nothing could be read or written then."""
    import pwd

    if os.environ.get("HOME"):
        return
    os.environ.pop("HOME", None)  # set and empty would mean the root folder
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise CannotSwitchUser(
            f"No home folder is known: HOME is not set, and user {os.geteuid()} is not in the system's user "
            "database. Set HOME to a folder that this user may write."
        ) from None


def refuse_files_of_others(argv: Sequence[str]) -> None:
    """Raises CannotSwitchUser when root would use another user's files; the text has the command that may be run.

    Nothing of the user's has been opened by then: owners are looked at (lstat), and no more.
    """
    for sentence, owner in _files_of_others([*_path_variables(), ("Python", sys.prefix)]):
        raise CannotSwitchUser(f"{sentence} {_instead(owner, argv)}")


def refuse_files_of_others_to_server() -> None:
    """The same for a Jupyter Server that root runs with a user's home, as `sudo jupyter lab` does.

    The environment that it runs from is left out: root has run it by then.
    """
    for sentence, owner in _files_of_others(_path_variables()):
        name = _name_of(owner)
        raise CannotSwitchUser(
            together(
                sentence,
                trans.__(
                    "Start Jupyter Server as `%1`, or with HOME and the like set to folders of root’s own.",
                    name or owner,
                ),
            )
        )


def is_in_hands_of_others(path: str) -> bool:
    """Whether root may not run this: somebody else can put another file in its place."""
    return os.geteuid() == 0 and any(_owner(part) not in (None, 0) or _is_open_to_all(part) for part in _way_to(path))


def _path_variables() -> list[tuple[str, str]]:
    return [(name, os.environ.get(name, "")) for name in _PATH_VARIABLES]


def _files_of_others(places: Sequence[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """A sentence and the owner for each place that root may not use; nothing for who is not root."""
    if os.geteuid() != 0:
        return
    for what, path in places:
        if not os.path.isabs(path):
            continue
        for part in _way_to(path):
            owner = _owner(part)
            if owner not in (None, 0):
                yield _belongs(what, path, part, owner), owner


def _way_to(path: str) -> Iterator[str]:
    """Every folder and link that is passed on the way to the file: whoever owns one decides where the way leads."""
    for whole in (path, os.path.realpath(path)):
        part = os.path.normpath(whole)
        while True:
            yield part
            above = os.path.dirname(part)
            if above == part:
                break
            part = above


def _owner(path: str) -> int | None:
    """The user id of the owner; None for what is not there."""
    try:
        return os.lstat(path).st_uid
    except OSError:
        return None


def _is_open_to_all(path: str) -> bool:
    """Whether every user may write it, or put other files in the place of those that are in it."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


def _name_of(owner: int) -> str | None:
    import pwd

    try:
        return pwd.getpwuid(owner).pw_name
    except (KeyError, OverflowError):
        return None


def _belongs(what: str, path: str, part: str, owner: int) -> str:
    name = _name_of(owner)
    who = name or trans.__("user %1, whom this system does not know", owner)
    if part == path:
        return trans.__("`%1` is `%2` and belongs to %3: root uses no files of others.", what, path, who)
    return trans.__("`%1` is `%2`, in `%3`, and belongs to %4: root uses no files of others.", what, path, part, who)


def _instead(owner: int, argv: Sequence[str]) -> str:
    name = _name_of(owner)
    if name is None:
        return "Set HOME and the like to folders of root's own."
    return f"Run instead: {shlex.join(['jupyter', 'codeartifact', *argv, '--user', name])}"
