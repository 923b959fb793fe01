"""CodeArtifact for JupyterLab: the thin server part between the panel and the engine.

Kept light on purpose: the command line imports this package on every call, so nothing of
jupyter_server or jupyterlab may be imported here at module level.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes 5 ms to import, which every command would wait for
if TYPE_CHECKING:
    from typing import Any

try:
    from ._version import __version__
except ImportError:
    # A checkout that was never installed has no _version.py: the build writes it from package.json.
    __version__ = "0.0.0.dev0"

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where JupyterLab finds the front end (`jupyter labextension develop` reads this)."""
    return [{"src": "labextension", "dest": "jupyterlab-codeartifact"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Where Jupyter Server finds the extension."""
    from .app import CodeArtifactApp

    return [{"module": "jupyterlab_codeartifact", "app": CodeArtifactApp}]
