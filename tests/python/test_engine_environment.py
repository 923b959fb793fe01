"""What the engine sees of the server's environment, and what is told when it does not see something."""

from __future__ import annotations

import logging
import sys

import pytest

from jupyterlab_codeartifact.engine_environment import advice, engine_environment, notable_names

HANDED_ON = [
    *("AWS_PROFILE", "AWS_CA_BUNDLE", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_ENDPOINT_URL_CODEARTIFACT"),
    *(
        "PIP_INDEX_URL",
        "PIP_CONFIG_FILE",
        "UV_INDEX",
        "TWINE_REPOSITORY_URL",
        "npm_config_registry",
        "npm_config_//host/:_authToken",
        "NETRC",
    ),
    *("HTTPS_PROXY", "https_proxy", "no_proxy", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "XDG_CONFIG_HOME"),
    *("VIRTUAL_ENV", "CONDA_PREFIX", "HOME", "PATH", "LC_ALL", "TZ", "TMPDIR", "SSH_AUTH_SOCK"),
]
DANGEROUS = [
    *("NODE_OPTIONS", "NODE_DEBUG", "NODE_DEBUG_NATIVE", "NODE_TLS_REJECT_UNAUTHORIZED", "NODE_PATH"),
    *("NODE_EXTRA_CA_CERTS", "NODE_V8_COVERAGE", "NODE_REPL_HISTORY", "NODE_REPL_EXTERNAL_MODULE"),
    *("SSLKEYLOGFILE", "OPENSSL_CONF", "OPENSSL_MODULES", "LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH"),
    *("DYLD_INSERT_LIBRARIES", "UV_THREADPOOL_SIZE", "GLIBC_TUNABLES"),
]


@pytest.fixture(autouse=True)
def nothing_notable_of_this_machine(monkeypatch):
    for name in notable_names():
        monkeypatch.delenv(name)


JUPYTERS = ["JUPYTER_TOKEN", "JUPYTERHUB_API_TOKEN", "JPY_API_TOKEN", "JPY_PARENT_PID", "CONFIGPROXY_AUTH_TOKEN"]


def test_what_aws_and_the_package_tools_read_is_handed_on(monkeypatch):
    for name in HANDED_ON:
        monkeypatch.setenv(name, "x")
    seen = engine_environment()
    assert set(HANDED_ON) <= set(seen)
    assert seen["JUPYTERLAB_CODEARTIFACT_PREFIX"] == sys.prefix
    assert notable_names() == []


@pytest.mark.parametrize("name", [*DANGEROUS, *JUPYTERS, "DATABASE_PASSWORD", "GITHUB_TOKEN", "PYTHONPATH"])
def test_nothing_else_is(monkeypatch, name):
    monkeypatch.setenv(name, "x")
    assert name not in engine_environment()


def test_an_administrator_may_add_names_but_not_those_that_weaken_tls_or_print_secrets(monkeypatch):
    for name in ("VAULT_ADDR", "LD_LIBRARY_PATH", *DANGEROUS, *JUPYTERS):
        monkeypatch.setenv(name, "x")
    seen = engine_environment(["VAULT_ADDR", "LD_LIBRARY_PATH", *DANGEROUS, *JUPYTERS])
    assert {"VAULT_ADDR", "LD_LIBRARY_PATH"} <= set(seen)
    never = ("NODE_OPTIONS", "NODE_DEBUG", "NODE_TLS_REJECT_UNAUTHORIZED", "SSLKEYLOGFILE", *JUPYTERS)
    assert not set(never) & set(seen)


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_notable_variable_is_told_by_name_only(monkeypatch, name):
    monkeypatch.setenv(name, "s3cr3t-value")
    assert notable_names() == [name]
    assert name in advice([name])
    assert "s3cr3t-value" not in advice([name])


def test_a_certificate_authority_of_nodes_is_no_authority_of_awss():
    assert "AWS_CA_BUNDLE" in advice(["NODE_EXTRA_CA_CERTS"])


async def test_the_server_tells_it_once(extension, api, monkeypatch, caplog):
    monkeypatch.setenv("NODE_DEBUG", "http")
    with caplog.at_level(logging.WARNING):
        await api("state")
        await api("diagnose", "POST", {"rung": "exit"})
        await api("state")
    assert extension.engine.starts == 2
    told = [r.getMessage() for r in caplog.records if "NODE_DEBUG" in r.getMessage()]
    assert told == ["codeartifact: Not handed to the engine: NODE_DEBUG."]
