"""Judges AWS CLI commands by the CLI's own parser, without a network and without running them.

stdin: JSON, a list of argument lists (without "aws"). stdout: JSON, a list of
{"service", "operation", "parameters", "query"} or {"error"}. The arguments pass the CLI's own
argument table, its shorthand and JSON readers and botocore's parameter validation; a --query is
compiled and asked of a skeleton of the operation's own output, so that a misspelt member shows.
"""

import contextlib
import io
import json
import sys

import jmespath
from awscli import clidriver
from awscli.botocore.utils import ArgumentGenerator
from awscli.botocore.validate import ParamValidator
from awscli.customizations import waiters

SEEN = []


def capture(self, service_name, operation_name, parameters, parsed_globals):
    model = self._session.get_service_model(service_name)
    operation = model.operation_model(operation_name)
    shape = operation.input_shape
    # botocore makes these up when the command is sent.
    filled = {**dict.fromkeys(operation.idempotent_members, "token"), **parameters}
    problems = ParamValidator().validate(filled, shape) if shape is not None else None
    if problems is not None and problems.has_errors():
        raise ValueError(problems.generate_report())
    SEEN.append(
        {
            "service": service_name,
            "operation": operation_name,
            "parameters": parameters,
            "query": asked(parsed_globals, operation),
        }
    )
    return 0


def asked(parsed_globals, operation):
    """What --query finds in a skeleton of the answer; an empty find is a mistake in the query."""
    query = getattr(parsed_globals, "query", None)
    if query is None:
        return None
    expression = query if hasattr(query, "search") else jmespath.compile(query)
    skeleton = ArgumentGenerator().generate_skeleton(operation.output_shape)
    found = expression.search(skeleton)
    if empty(found):
        raise ValueError(f"--query finds nothing in the output of {operation.name}")
    return getattr(expression, "expression", str(query))


def empty(found):
    if isinstance(found, dict):
        return any(empty(value) for value in found.values())
    if isinstance(found, list):
        return found == [] or any(empty(value) for value in found)
    return found is None


def wait(self, *arguments, **more):
    SEEN.append({"service": "", "operation": "wait", "parameters": {}, "query": None})
    return 0


clidriver.CLIOperationCaller.invoke = capture
waiters.WaiterCaller.invoke = wait

LOADER = clidriver.create_clidriver().session.get_component("data_loader")


def judge(arguments):
    del SEEN[:]
    # The CLI keeps state of the last command in its handlers: each command gets a driver of its
    # own, and all share the loader, which holds the parsed service models.
    driver = clidriver.create_clidriver()
    driver.session.register_component("data_loader", LOADER)
    said = io.StringIO()
    code = 0
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        try:
            code = driver.main(list(arguments))
        except SystemExit as stop:
            code = stop.code
    if code == 0 and len(SEEN) == 1:
        return SEEN[0]
    return {"error": said.getvalue()[-2000:] or f"ended with {code}, {len(SEEN)} calls"}


if __name__ == "__main__":
    json.dump([judge(arguments) for arguments in json.load(sys.stdin)], sys.stdout, default=str)
