"""What botocore makes of configurations: a JSON list of them a line in, a list of answers out. Asks no network."""

import json
import os
import shlex
import sys
import tempfile

import botocore.credentials as credentials
import botocore.exceptions as exceptions
import botocore.loaders as loaders
import botocore.session as sessions
import botocore.utils as utils

LOADER = loaders.create_loader()
KEYS = {"AccessKeyId": "CONTAINER", "SecretAccessKey": "s", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}


def stand_in():
    """The services and programs behind a source answer at once, so that only the choice is judged."""
    utils.ContainerMetadataFetcher.retrieve_full_uri = lambda *_, **__: KEYS
    credentials.ContainerMetadataFetcher.retrieve_full_uri = lambda *_, **__: KEYS
    credentials.InstanceMetadataFetcher.retrieve_iam_role_credentials = lambda self: {
        "role_name": "r",
        "access_key": "INSTANCE",
        "secret_key": "s",
        "token": "t",
        "expiry_time": "2099-01-01T00:00:00Z",
    }

    def process(_, command):
        return {"access_key": json.dumps(shlex.split(command)), "secret_key": "s"}

    credentials.ProcessProvider._retrieve_credentials_using = process

    def login(self):
        profile = self._load_config().get("profiles", {}).get(self._profile_name, {})
        if "login_session" in profile:
            return credentials.Credentials(profile["login_session"], "s", method="login")

    credentials.LoginProvider.load = login
    # A bearer token, which no service of ours is asked with, though botocore looks for it with every client.
    sessions.Session.get_auth_token = lambda *_, **__: None


def fetcher_of(found):
    refresh = found._refresh_using
    if not hasattr(refresh, "__self__"):  # create_mfa_serial_refresher
        refresh = refresh._refresh
    return refresh.__self__


def told(found):
    if found is None:
        return {"kind": "none"}
    kind = found.method
    if kind == "assume-role":
        fetcher = fetcher_of(found)
        asked = fetcher._assume_kwargs
        return {
            "kind": "role",
            "roleArn": asked["RoleArn"],
            "externalId": asked.get("ExternalId"),
            "durationSeconds": asked.get("DurationSeconds"),
            "mfa": asked.get("SerialNumber") is not None,
            "sessionName": None if fetcher._using_default_session_name else asked["RoleSessionName"],
            "from": told(fetcher._source_credentials),
        }
    if kind == "assume-role-with-web-identity":
        fetcher = fetcher_of(found)
        asked = fetcher._assume_kwargs
        return {
            "kind": "web-identity",
            "roleArn": asked["RoleArn"],
            "sessionName": None if fetcher._using_default_session_name else asked["RoleSessionName"],
            "tokenFile": fetcher._web_identity_token_loader._web_identity_token_path,
        }
    if kind == "sso":
        fetcher = fetcher_of(found)
        return {
            "kind": "sso",
            "accountId": fetcher._account_id,
            "roleName": fetcher._role_name,
            "startUrl": fetcher._start_url,
            "region": fetcher._sso_region,
            "session": fetcher._sso_session_name,
        }
    if kind == "custom-process":
        return {"kind": "process", "words": json.loads(found.access_key)}
    if kind == "login":
        return {"kind": "login", "session": found.access_key}
    if kind in ("env", "shared-credentials-file", "config-file"):
        return {
            "kind": "environment" if kind == "env" else "keys",
            "key": found.access_key,
            "secret": found.secret_key,
            "token": found.token or None,
        }
    return {"kind": {"iam-role": "instance", "container-role": "container"}[kind]}


SAID = [
    ("contains both", "role_two_sources"),
    ("The source_profile", "source_profile_missing"),
    ("must have credentials", "source_profile_empty"),
    ("The credential source", "role_source_unknown"),
    ("No credentials found in credential_source", "role_source_empty"),
    ("source_profile or credential_source", "role_no_source"),
    ("Infinite loop", "role_loop"),
    ("sso-session does not exist", "sso_session_missing"),
    ("is inconsistent between", "sso_conflict"),
    ("missing required configuration", "sso_incomplete"),
    ("no role ARN", "role_missing"),
    ("services configuration does not exist", "services_missing"),
    ("Partial credentials", "secret_key_missing"),
    ("No closing quotation", "process_unreadable"),
    ("No escaped character", "process_unreadable"),
]


def attempt(work):
    try:
        return work()
    except exceptions.ConfigParseError:
        return {"broken": "unparsable"}
    except exceptions.ProfileNotFound:
        return {"broken": "profile"}
    except Exception as error:
        text = str(error)
        known = next((name for words, name in SAID if words in text), None)
        return {"broken": known or f"{type(error).__name__}: {text}"}


def judge(case, home):
    os.environ.clear()
    os.environ.update({"HOME": home, "PATH": "/usr/bin:/bin"})
    os.environ.update({k: v.replace("@", home) if k.endswith("FILE") else v for k, v in case["env"].items()})
    for name in ("config", "credentials"):
        path = os.path.join(home, ".aws", name)
        if case[name] is None:
            if os.path.exists(path):
                os.remove(path)
        else:
            with open(path, "w", newline="") as file:
                file.write(case[name])

    first = sessions.Session(profile=case["profile"] or None)
    first.register_component("data_loader", LOADER)
    broken = attempt(lambda: first.get_scoped_config() and None)
    if broken:
        return broken
    region = first.get_config_variable("region") or None

    def endpoint(service, operation, params, where):
        client = first.create_client(service, region_name=where, aws_access_key_id="a", aws_secret_access_key="b")
        model = client.meta.service_model.operation_model(operation)
        return client._resolve_endpoint_ruleset(model, params, {"client_config": client.meta.config})[0]

    where = region or "eu-west-1"
    answer = {
        "region": region,
        "endpoint": attempt(lambda: endpoint("codeartifact", "GetAuthorizationToken", {"domain": "d"}, where)),
        "credentials": attempt(lambda: told(first.get_credentials())),
        "caBundle": attempt(lambda: first.get_config_variable("ca_bundle") or None),
    }
    if answer["credentials"].get("kind") in ("role", "web-identity"):
        answer["sts"] = attempt(lambda: endpoint("sts", "GetCallerIdentity", {}, where))
    sso = answer["credentials"]
    while isinstance(sso.get("from"), dict):
        sso = sso["from"]
    if sso.get("kind") == "sso":
        answer["sso"] = attempt(
            lambda: endpoint(
                "sso", "GetRoleCredentials", {"roleName": "r", "accountId": "a", "accessToken": "t"}, sso["region"]
            )
        )
    return answer


def main():
    stand_in()
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(os.path.join(home, ".aws"))
        for line in sys.stdin:
            print(json.dumps([judge(case, home) for case in json.loads(line)]), flush=True)


main()
