"""REST: checks who may call and what is sent, and forwards it (api/openapi.yaml, protocol.json)."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import re
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from jupyter_server.utils import url_path_join
from tornado import web

from .errors import EngineError, EngineUnavailable, InvalidParams
from .protocol import VERBS, Verb
from .say import trans, with_phrases

BASE = "/jupyterlab-codeartifact/api/v1"
#: Our largest body is `{"rung": "..."}`; the server's own limit is 512 MB.
LARGEST_BODY = 4096
#: A package's name or a part of it: https://packaging.python.org/en/latest/specifications/name-normalization/
LONGEST_QUERY = 200
#: After these the state is what they answered; a diagnosis and a preview have a summary of their own.
SETTLING = ("connect", "refresh", "disconnect")
#: Bytes from which an answer is compressed, and how hard: a document of 9 kB takes a tenth of a millisecond.
WORTH_COMPRESSING = 1024
COMPRESSION = 3
RUNG = re.compile(r"[a-z0-9]{1,20}(\.[a-z]{1,20})?\Z")


class CodeArtifactHandler(ExtensionHandlerMixin, APIHandler):
    """What reads and actions have in common. Settings are never taken from a request: the server reads them."""

    auth_resource = "codeartifact"

    def initialize(self, *args: Any, verb: Verb, **kwargs: Any) -> None:
        super().initialize(*args, **kwargs)
        self.verb = verb

    async def document(self, params: dict[str, Any]) -> dict[str, Any]:
        """The engine's answer."""
        return await self.extensionapp.call_engine(self.verb.name, params)

    def params(self) -> dict[str, Any]:
        """What is asked for. Raises InvalidParams."""
        raise NotImplementedError

    async def answer(self) -> None:
        """Forward to the engine. A failure that the engine tells of is a 200, as design and OpenAPI have it."""
        try:
            document = await self.document(self.params())
        except InvalidParams as e:
            self.set_status(400)
            document = {"message": str(e), "reason": None}
        except EngineError as e:
            document = e.answer(self.verb)
        except EngineUnavailable as e:
            self.set_status(503)
            document = e.body()
        self.send(document)

    def send(self, document: dict[str, Any]) -> None:
        # It describes one moment, and may be seen only by who may call.
        self.set_header("Cache-Control", "no-store")
        self.set_header("Vary", "Accept-Encoding")
        body = json.dumps(with_phrases(document)).encode()
        # Jupyter Server compresses nothing by itself. An answer holds no secret whose length could tell of it.
        if len(body) >= WORTH_COMPRESSING and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            body = gzip.compress(body, COMPRESSION, mtime=0)
        self.finish(body)


def unchanging(document: dict[str, Any]) -> dict[str, Any]:
    """The document without the times that pass by themselves: when it was made, and when the next check is due."""
    kept = {key: value for key, value in document.items() if key != "at"}
    outage = kept.get("outage")
    if isinstance(outage, dict):
        kept["outage"] = {key: value for key, value in outage.items() if key != "nextCheckAt"}
    return kept


def tag_of(document: dict[str, Any]) -> str:
    """The document's ETag, whenever and by whichever verb it was asked for."""
    return f'"{hashlib.sha256(json.dumps(unchanging(document)).encode()).hexdigest()}"'


class ReadHandler(CodeArtifactHandler):
    """GET. Polls must not keep an idle server or a SageMaker space alive, so no read counts as activity."""

    _track_activity = False
    _tag: str | None = None

    def send(self, document: dict[str, Any]) -> None:
        self._tag = tag_of(document)
        super().send(document)

    def compute_etag(self) -> str | None:
        """Tornado answers 304 to a client that has the document already.

        JupyterHub's proxy counts an answer below 300 as activity, whatever the server says of it, and a 304 not:
        https://github.com/jupyterhub/configurable-http-proxy/blob/5.3.0/lib/configproxy.js#L655-L671
        """
        return super().compute_etag() if self._tag is None else self._tag

    def params(self) -> dict[str, Any]:
        """The verb's parameters of the query string that are not empty. Raises InvalidParams when one is too long."""
        given = {name: self.get_query_argument(name, "") for name in self.verb.query}
        for name, value in given.items():
            if len(value) > LONGEST_QUERY:
                raise InvalidParams(trans.__("`%1` is longer than %2 characters.", name, LONGEST_QUERY))
        return {name: value for name, value in given.items() if value}

    async def document(self, params: dict[str, Any]) -> dict[str, Any]:
        # A page that has just been loaded asks what is known: no engine is started for it.
        if self.verb.name == "state" and self.get_query_argument("known", "") and self.extensionapp.engine.pid is None:
            return await asyncio.get_running_loop().run_in_executor(None, self.extensionapp.remembered)
        return await super().document(params)

    @web.authenticated
    @authorized
    async def get(self) -> None:
        await self.answer()


class ActionHandler(CodeArtifactHandler):
    """POST: what somebody clicked, and counts as activity.

    What the front end does unasked (a check in the background) is sent with `?no_track_activity=1`, which
    jupyter_server's APIHandler.update_api_activity understands for every handler.
    """

    def params(self) -> dict[str, Any]:
        """The JSON body, `{}` when empty.

        Raises InvalidParams when it is not an object or has keys that the verb does not take.
        """
        if len(self.request.body) > LARGEST_BODY:
            raise InvalidParams(trans.__("The body is longer than %1 bytes.", LARGEST_BODY))
        try:
            given = json.loads(self.request.body.strip() or b"{}")
        except (ValueError, RecursionError):
            raise InvalidParams(trans.__("The body is not JSON.")) from None
        if not isinstance(given, dict):
            raise InvalidParams(trans.__("The body must be a JSON object."))
        unknown = sorted(set(given) - set(self.verb.body))
        if unknown:
            names = ", ".join(unknown)[:200]
            raise InvalidParams(
                trans.__(
                    "The body has %1, which cannot be given here: settings are read from JupyterLab’s own files.", names
                )
            )
        rung = given.get("rung")
        if rung is not None and not (isinstance(rung, str) and RUNG.match(rung)):
            raise InvalidParams(trans.__("`%1` must be the id of a rung, such as `%2`.", "rung", "dns.api"))
        return {name: value for name, value in given.items() if value is not None}

    def send(self, document: dict[str, Any]) -> None:
        if self.verb.name in SETTLING and self.get_status() == 200:
            # What GET state would say now: who reads the state next has it already
            # (https://www.rfc-editor.org/rfc/rfc9110#section-8.7).
            self.set_header("Content-Location", url_path_join(self.base_url, BASE, "state"))
            self.set_header("ETag", tag_of(document))
        super().send(document)

    @web.authenticated
    @authorized
    async def post(self) -> None:
        await self.answer()


HANDLERS: list[tuple[str, type[CodeArtifactHandler], dict[str, Verb]]] = [
    (f"{BASE}/{verb.name}/?", ReadHandler if verb.http_method == "GET" else ActionHandler, {"verb": verb})
    for verb in VERBS.values()
]
