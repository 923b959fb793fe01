"""The names of our settings and what they are when nobody has set anything.

The table is src/protocol/settings.ts, from which schema/plugin.json is made too. This copy exists because
the command line must know it within milliseconds and may not search for a schema file first;
tests/python/test_defaults.py fails when the three differ.
"""

from __future__ import annotations

from typing import Any

PLUGIN_ID = "jupyterlab-codeartifact:plugin"

DEFAULTS: dict[str, Any] = {
    "domain": "",
    "domainOwner": "",
    "repository": "",
    "region": "",
    "profile": "",
    "apiEndpoint": "",
    "repositoriesEndpoint": "",
    "endpointType": "ipv4",
    "durationSeconds": 43200,
    "tools": ["pip"],
    "scope": "user",
    "indexMode": "index-url",
    "credentials": "netrc",
    "autoConnect": False,
    "autoRefresh": True,
    "offerOnLoginCells": True,
    "fleetSize": 0,
}
