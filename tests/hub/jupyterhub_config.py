"""The hub of tests/hub: its values come from hub.py, as JSON in TEST_HUB. Everything listens on loopback."""

import json
import os

from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner

given = json.loads(os.environ["TEST_HUB"])
c = get_config()  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{given['port']}{given['base_url']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{given['hub_port']}"
c.JupyterHub.cookie_secret = bytes.fromhex(given["cookie_secret"])
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.last_activity_interval = given["last_activity_interval"]
c.ConfigurableHTTPProxy.command = given["proxy_command"]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{given['proxy_api_port']}"
c.ConfigurableHTTPProxy.auth_token = given["proxy_token"]

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = given["password"]
c.Authenticator.allowed_users = set(given["users"])

# As root each server runs as the user of that name; otherwise all run as one user, with homes of their own.
if given["homes"] is None:
    c.JupyterHub.spawner_class = LocalProcessSpawner
else:
    c.JupyterHub.spawner_class = SimpleLocalProcessSpawner
    c.SimpleLocalProcessSpawner.home_dir_template = given["homes"]
c.Spawner.cmd = [given["singleuser"]]
c.Spawner.environment = given["environment"]
c.Spawner.http_timeout = c.Spawner.start_timeout = 60

c.JupyterHub.services = [{"name": "tests", "api_token": given["token"]}]
c.JupyterHub.load_roles = [
    {"name": "tests", "services": ["tests"], "scopes": ["admin:users", "admin:servers", "tokens", "access:servers"]}
]
