"""Stands in for `aws` while a printed snippet runs: notes the arguments, answers from a small world.

WORLD (a JSON file) holds "answers": {"ec2 describe-vpcs": {...}} and "errors": {"...": "text"}.
LOG takes one JSON list of arguments a line, with the contents of file:// arguments in their place.
"""

import itertools
import json
import os
import sys

import jmespath

arguments = sys.argv[1:]
with open(os.environ["WORLD"]) as file:
    world = json.load(file)


def contents(argument):
    if argument.startswith("file://"):
        with open(argument[len("file://") :]) as file:
            return file.read()
    return argument


with open(os.environ["LOG"], "a") as log:
    log.write(json.dumps([contents(a) for a in arguments]) + "\n")

name = " ".join(arguments[:2])
if name in world["errors"]:
    print(world["errors"][name], file=sys.stderr)
    sys.exit(254)

answer = world["answers"].get(name, {})
options = dict(itertools.pairwise(arguments))
if "--query" in options:
    answer = jmespath.search(options["--query"], answer)


def text(value):
    """As the CLI writes text: a row a line, and Python's words for truth and nothing."""
    if isinstance(value, list):
        rows = any(isinstance(v, list) for v in value)
        return ("\n" if rows else "\t").join(text(v) for v in value)
    return (
        value
        if isinstance(value, str)
        else str(value)
        if value is None or value in (True, False)
        else json.dumps(value)
    )


print(text(answer) if options.get("--output") == "text" else json.dumps(answer))
