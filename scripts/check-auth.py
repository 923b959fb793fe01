"""Fails when a REST verb could be called by somebody who may not: run in CI, tested by tests/python/test_check_auth.py.

Read from the source, not at run time: a decorator that is removed, reordered or shadowed must be seen even in a
handler that no test calls.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

VERBS = {"get", "head", "post", "put", "patch", "delete"}
#: The order matters: who is not logged in must get no further than the first.
NEEDED = ["authenticated", "authorized"]
PACKAGE = Path(__file__).resolve().parents[1] / "jupyterlab_codeartifact"


def faults(source: str, where: str) -> list[str]:
    """What is wrong in one file, a sentence each."""
    tree = ast.parse(source)
    classes = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    found = []
    for node in classes.values():
        verbs = [m for m in node.body if isinstance(m, (ast.FunctionDef, ast.AsyncFunctionDef)) and m.name in VERBS]
        for verb in verbs:
            place = f"{where}:{verb.lineno}: {node.name}.{verb.name}"
            if [_name(d) for d in verb.decorator_list] != NEEDED:
                found.append(f"{place} needs exactly @authenticated, then @authorized")
            if _inherited(node, classes, "auth_resource") != "codeartifact":
                found.append(f'{place}: auth_resource is not "codeartifact"')
            if verb.name == "get" and _inherited(node, classes, "_track_activity") is not False:
                found.append(f"{place} counts as activity: a poll would keep an idle server alive")
        if _inherited(node, classes, "check_xsrf_cookie", method=True):
            found.append(f"{where}:{node.lineno}: {node.name} changes the XSRF check")
        decorators = {_name(d) for m in node.body if hasattr(m, "decorator_list") for d in m.decorator_list}
        if "allow_unauthenticated" in decorators:
            found.append(f"{where}:{node.lineno}: {node.name} lets anybody in")
    return found


def _name(decorator: ast.expr) -> str:
    if isinstance(decorator, ast.Attribute):
        return decorator.attr
    return decorator.id if isinstance(decorator, ast.Name) else ast.unparse(decorator)


def _inherited(node: ast.ClassDef, classes: dict[str, ast.ClassDef], name: str, *, method: bool = False) -> object:
    """The class attribute's literal value here or in a base of this file; None when there is none."""
    for item in node.body:
        if method and isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name == name:
            return True
        if isinstance(item, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in item.targets):
            return item.value.value if isinstance(item.value, ast.Constant) else ast.unparse(item.value)
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            found = _inherited(classes[base.id], classes, name, method=method)
            if found is not None:
                return found
    return None


def main() -> int:
    found, verbs = [], 0
    for path in sorted(PACKAGE.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        found += faults(source, path.name)
        tree = ast.walk(ast.parse(source))
        verbs += sum(n.name in VERBS and bool(n.decorator_list) for n in tree if isinstance(n, ast.AsyncFunctionDef))
    if not verbs:
        found.append("no verb was found: the check looks in the wrong place")
    print("\n".join(found) or f"{verbs} verbs, each authenticated and authorized.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
