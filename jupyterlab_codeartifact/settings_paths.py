"""Where settings files are: JupyterLab's own folders, found without importing JupyterLab.

Importing jupyterlab or jupyter_server costs half a second; the command line has 150 ms.
tests/python/test_settings.py compares each answer with JupyterLab's own.
"""

from __future__ import annotations

import os
import site
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from jupyter_core import paths

from .protocol import PLUGIN_ID

#: jupyter_core's SYSTEM_CONFIG_PATH and SYSTEM_JUPYTER_PATH, without the variable that can move them.
SYSTEM_CONFIG = ["/usr/local/etc/jupyter", "/etc/jupyter"] if os.name == "posix" else []
SYSTEM_DATA = ["/usr/local/share/jupyter", "/usr/share/jupyter"] if os.name == "posix" else []


class SettingsPaths(NamedTuple):
    """The folders and files that hold settings: found once by a server, whose variables do not change."""

    #: (kind, folder), the one that wins last.
    values: tuple[tuple[str, str], ...]
    #: (kind, folder) of pins, the one that wins first.
    pins: tuple[tuple[str, str], ...]
    user_file: str
    data_dir: str
    #: One name for folders that links make the same.
    real: dict[str, str]

    @staticmethod
    def find(app_settings: str | None = None, user_settings: str | None = None) -> SettingsPaths:
        """The two folders are for a server whose LabApp was configured with others; None: the usual ones."""
        values = [("settings", app_settings or app_settings_dir())]
        values += [("labconfig", folder) for folder in reversed(labconfig_dirs())]
        pins = system_dirs()
        return SettingsPaths(
            tuple(values),
            tuple(pins),
            user_settings_file(user_settings or user_settings_dir()),
            paths.jupyter_data_dir(),
            {folder: os.path.realpath(folder) for _, folder in [*values, *pins]},
        )


def app_settings_dir() -> str:
    """The folder of overrides.json, as `jupyterlab.commands.get_app_dir()` finds its parent."""
    if os.environ.get("JUPYTERLAB_DIR"):
        return os.path.join(str(Path(os.environ["JUPYTERLAB_DIR"]).resolve()), "settings")
    app_dir = os.path.join(sys.prefix, "share", "jupyter", "lab")
    spec = find_spec("jupyterlab")  # looks, does not import
    here = os.path.dirname(spec.origin) if spec and spec.origin else ""
    user_base = site.getuserbase()
    if here and user_base and here.startswith(user_base) and not app_dir.startswith(user_base):
        app_dir = os.path.join(user_base, "share", "jupyter", "lab")
    elif (
        sys.prefix.startswith("/usr") and not os.path.exists(app_dir) and os.path.exists("/usr/local/share/jupyter/lab")
    ):
        app_dir = "/usr/local/share/jupyter/lab"
    elif here and not os.path.exists(app_dir):
        beside = os.path.join(here, *[os.pardir] * 4, "share", "jupyter", "lab")
        if os.path.exists(beside):
            app_dir = beside
    return os.path.join(str(Path(app_dir).resolve()), "settings")


def user_settings_dir() -> str:
    """The folder of user settings, as `jupyterlab.commands.get_user_settings_dir()` answers."""
    configured = os.environ.get("JUPYTERLAB_SETTINGS_DIR")
    return os.path.abspath(configured or os.path.join(paths.jupyter_config_dir(), "lab", "user-settings"))


def user_settings_file(settings_dir: str) -> str:
    package, plugin = PLUGIN_ID.split(":")
    return os.path.join(settings_dir, package, plugin + ".jupyterlab-settings")


def labconfig_dirs() -> list[str]:
    """Folders of default_setting_overrides.json, the one that wins first."""
    return [os.path.join(p, "labconfig") for p in paths.jupyter_config_path()]


def system_dirs() -> list[tuple[str, str]]:
    """Folders that pins are read from, the one that wins first: (kind, folder).

    Only an administrator's folders: the system's (/etc/jupyter, /usr/local/share/jupyter, ...) and the
    environment's own (sys.prefix). Not the user's ~/.jupyter or ~/.local, and nothing that a variable
    (JUPYTERLAB_DIR, JUPYTER_CONFIG_DIR, JUPYTER_CONFIG_PATH, JUPYTER_PATH, JUPYTER_PLATFORM_DIRS) can move:
    a user who types the command sets those. For values Jupyter lets the environment win over
    the system; for pins it is the other way round, because a conda environment may lie in the user's home
    (SageMaker's JupyterSystemEnv does), while /etc is always the administrator's.
    The environment still counts: on such an instance it is the only place a lifecycle script has.
    Pins are guard rails. Who has the role's credentials can call AWS without us; IAM is the wall.
    """
    prefix_config = os.path.join(sys.prefix, "etc", "jupyter")
    prefix_data = os.path.join(sys.prefix, "share", "jupyter")
    return [
        *(("labconfig", os.path.join(p, "labconfig")) for p in SYSTEM_CONFIG),
        *(("settings", os.path.join(p, "lab", "settings")) for p in SYSTEM_DATA),
        ("labconfig", os.path.join(prefix_config, "labconfig")),
        ("settings", os.path.join(prefix_data, "lab", "settings")),
    ]
