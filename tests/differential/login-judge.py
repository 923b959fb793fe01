"""What bash and IPython really do with a text: which words `aws` gets, what is printed, and if it is well formed."""

import io
import json
import os
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout

os.environ["IPYTHONDIR"] = tempfile.mkdtemp()
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

CONFIG = Config()
CONFIG.HistoryManager.enabled = False
SHELL = InteractiveShell.instance(config=CONFIG)
# What an expression comes to, and how long a cell takes.
SHOWN = ("Out[", "CPU times", "Wall time")


def system(command):
    """As IPython's own, without a terminal, which takes long to open."""
    expanded = SHELL.var_expand(command, depth=1)
    done = subprocess.run(["/bin/bash", "-c", expanded], capture_output=True, text=True)
    print(done.stdout, end="")
    SHELL.user_ns["_exit_code"] = done.returncode


SHELL.system = system
STUB = '#!/bin/bash\n{ printf "%s\\x1f" "$@"; printf "\\x1e"; } >> "$AWS_RECORD"\n'


def calls(record):
    if not os.path.exists(record):
        return []
    with open(record) as file:
        text = file.read()
    os.remove(record)
    return [call.split("\x1f")[:-1] for call in text.split("\x1e")[:-1]]


def in_bash(text, env, record):
    done = subprocess.run(["bash"], input=text, env=env, capture_output=True, text=True, timeout=20)
    return {
        "calls": calls(record),
        "printed": done.stdout,
        "good": done.returncode == 0 and "syntax error" not in done.stderr,
        "said": done.stderr[:300],
    }


def in_ipython(text, record):
    SHELL.reset(new_session=False)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        result = SHELL.run_cell(text, store_history=False)
    return {
        "calls": calls(record),
        "printed": "\n".join(line for line in out.getvalue().split("\n") if not line.startswith(SHOWN))
        if result.success
        else "",
        "good": result.success,
        "said": repr(result.error_before_exec or result.error_in_exec) + out.getvalue()[-200:],
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        stub = os.path.join(folder, "aws")
        with open(stub, "w") as file:
            file.write(STUB)
        os.chmod(stub, 0o755)
        record = os.path.join(folder, "record")
        env = {
            "PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin",
            "AWS_RECORD": record,
            "HOME": folder,
            "LC_ALL": "C.UTF-8",
        }
        os.environ.clear()
        os.environ.update({**env, "IPYTHONDIR": folder})
        answers = sys.stdout
        for line in sys.stdin:
            asked = json.loads(line)
            answer = [
                in_bash(one["text"], env, record) if one["kind"] == "bash" else in_ipython(one["text"], record)
                for one in asked
            ]
            os.environ.clear()
            os.environ.update({**env, "IPYTHONDIR": folder})
            print(json.dumps(answer), file=answers, flush=True)


main()
