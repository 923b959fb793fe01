"""For every Python suite: pytest-jupyter's server, with authentication as in earnest."""

import pytest

pytest_plugins = ("pytest_jupyter.jupyter_server",)


@pytest.fixture
def jp_server_config(jp_server_config):
    jp_server_config.merge(
        {
            "ServerApp": {
                "jpserver_extensions": {"jupyterlab_codeartifact": True},
                # A handler that forgot @authenticated answers 403 instead of everybody.
                "allow_unauthenticated_access": False,
            }
        }
    )
    return jp_server_config
