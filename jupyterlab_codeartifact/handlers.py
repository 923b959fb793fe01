"""REST: who may ask, what may be asked, and nothing else. api/openapi.yaml describes it."""

from __future__ import annotations

import json
import re
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from tornado import web

from .problem import InvalidParams, Problem

BASE = "/jupyterlab-codeartifact/api/v1"
#: Our largest body is `{"rung": "..."}`; the server's own limit is 512 MB.
LARGEST_BODY = 4096
#: A package's name or a part of it: https://packaging.python.org/en/latest/specifications/name-normalization/
LONGEST_QUERY = 200
RUNG = re.compile(r"[a-z0-9]{1,20}(\.[a-z]{1,20})?\Z")


class CodeArtifactHandler(ExtensionHandlerMixin, APIHandler):
    """What all have in common. Settings are never taken from a request: the server reads them from disk."""

    auth_resource = "codeartifact"

    async def answer(self, method: str, params: dict[str, Any] | None = None) -> None:
        try:
            document = await self.extensionapp.ask(method, params)
        except InvalidParams as e:
            raise web.HTTPError(400, str(e)) from None
        except Problem as e:
            self.set_status(503)
            document = e.body()
        # A document tells the state of a moment, and who may see it.
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(document))

    def body(self, allowed: tuple[str, ...] = ()) -> dict[str, Any]:
        """The JSON body, `{}` when empty; 400 when it is not an object or has other keys than `allowed`."""
        if len(self.request.body) > LARGEST_BODY:
            raise web.HTTPError(400, f"The body is longer than {LARGEST_BODY} bytes.")
        try:
            given = json.loads(self.request.body.strip() or b"{}")
        except (ValueError, RecursionError):
            raise web.HTTPError(400, "The body is not JSON.") from None
        if not isinstance(given, dict):
            raise web.HTTPError(400, "The body must be a JSON object.")
        unknown = sorted(set(given) - set(allowed))
        if unknown:
            names = ", ".join(unknown)[:200]
            raise web.HTTPError(
                400,
                f"The body has {names}, which cannot be given here: settings are read from JupyterLab's own files.",
            )
        return given


class ReadHandler(CodeArtifactHandler):
    """Polls: they must not keep an idle server or a SageMaker space alive."""

    _track_activity = False


class StateHandler(ReadHandler):
    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self.answer("state")


class RepositoriesHandler(ReadHandler):
    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self.answer("repositories")


class PackagesHandler(ReadHandler):
    @web.authenticated
    @authorized
    async def get(self) -> None:
        given = {name: self.get_query_argument(name, "") for name in ("query", "package")}
        for name, value in given.items():
            if len(value) > LONGEST_QUERY:
                raise web.HTTPError(400, f"{name} is longer than {LONGEST_QUERY} characters.")
        await self.answer("packages", {name: value for name, value in given.items() if value})


class ConnectHandler(CodeArtifactHandler):
    @web.authenticated
    @authorized
    async def post(self) -> None:
        self.body()
        await self.answer("connect")


class RefreshHandler(CodeArtifactHandler):
    @web.authenticated
    @authorized
    async def post(self) -> None:
        self.body()
        await self.answer("refresh")


class DisconnectHandler(CodeArtifactHandler):
    @web.authenticated
    @authorized
    async def post(self) -> None:
        self.body()
        await self.answer("disconnect")


class PreviewHandler(CodeArtifactHandler):
    """What Connect would change. A POST, because it asks AWS where the repository is."""

    @web.authenticated
    @authorized
    async def post(self) -> None:
        self.body()
        await self.answer("preview")


class CancelHandler(CodeArtifactHandler):
    @web.authenticated
    @authorized
    async def post(self) -> None:
        self.body()
        await self.answer("cancel")


class DiagnoseHandler(CodeArtifactHandler):
    @web.authenticated
    @authorized
    async def post(self) -> None:
        given = self.body(allowed=("rung",))
        rung = given.get("rung")
        if rung is not None and not (isinstance(rung, str) and RUNG.match(rung)):
            raise web.HTTPError(400, "rung must be the id of a rung, such as dns.api.")
        await self.answer("diagnose", given if rung else None)


HANDLERS: list[tuple[str, type[CodeArtifactHandler]]] = [
    (f"{BASE}/state/?", StateHandler),
    (f"{BASE}/repositories/?", RepositoriesHandler),
    (f"{BASE}/packages/?", PackagesHandler),
    (f"{BASE}/connect/?", ConnectHandler),
    (f"{BASE}/refresh/?", RefreshHandler),
    (f"{BASE}/disconnect/?", DisconnectHandler),
    (f"{BASE}/diagnose/?", DiagnoseHandler),
    (f"{BASE}/preview/?", PreviewHandler),
    (f"{BASE}/cancel/?", CancelHandler),
]
