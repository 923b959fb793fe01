"""Where the engine's compiled code is kept, so that the next start of a command does not compile it again.

src/engine/runtime/start.ts reads and writes it, one file for each verb; here is decided where that may be: what lies in
the folder is run.
"""

from __future__ import annotations

import os
import stat

from .run_as_user import is_in_hands_of_others

#: How the engine is told the folder (src/engine/runtime/start.ts).
VARIABLE = "JUPYTERLAB_CODEARTIFACT_CODE_CACHE"


def code_cache(version: str) -> str | None:
    """The folder of this version of the engine, made on the first call, which removes the folders of other versions.

    None where there is no home, or where the folder is not this user's alone: what lies in it is run.
    """
    base = os.path.join(cache_home(), "jupyterlab-codeartifact", "engine")
    # Asked before anything is made: for root a link of a user's may lead anywhere.
    if is_in_hands_of_others(base):
        return None
    folder = os.path.join(base, version)
    try:
        if not os.path.isdir(folder):
            import shutil  # 3 ms, once for each version

            os.makedirs(folder, mode=0o700, exist_ok=True)
            for other in os.listdir(base):
                if other != version:
                    shutil.rmtree(os.path.join(base, other), ignore_errors=True)
        return folder if all(_only_mine(path) for path in (folder, base, os.path.dirname(base))) else None
    except OSError:
        return None


def cache_home() -> str:
    """The user's cache folder; root's own whatever its variables say."""
    # Root's variables may name a place of somebody else's (sudo -E); its home is checked before.
    named = os.environ.get("XDG_CACHE_HOME", "") if os.geteuid() else ""
    # The specification says to ignore a relative path: https://specifications.freedesktop.org/basedir/latest/
    return named if os.path.isabs(named) else os.path.join(os.path.expanduser("~"), ".cache")


def _only_mine(path: str) -> bool:
    try:
        seen = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.geteuid() and not seen.st_mode & 0o022
