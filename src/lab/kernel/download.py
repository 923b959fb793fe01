"""Runs in a user's kernel (Python 3.6 or newer): pip downloads one package into a folder that is removed afterwards.

It is pip as `%pip` starts it: the kernel's Python and environment. Progress is printed as JSON, a line for each event.
A token in pip.conf must not reach the browser, so user info is removed from all URLs. pip leads a process group of its
own, so that whatever it started ends with it.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time


def say(kind, value):
    print(json.dumps([kind, value]), flush=True)


def redact(text):
    return re.sub(r"//[^/\s]*@", "//", text)


def version_of(name):
    try:
        from importlib.metadata import version

        return version(name)
    except Exception:
        return ""


def end(child):
    try:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    except OSError:
        pass
    child.wait()


def source_of(lines):
    indexes, taken = [], ""
    for line in lines:
        match = re.match(r"(Looking in (?:indexes|links): |\s+Downloading |Processing )(.*)", line)
        if match and match[1].startswith("Looking in indexes"):
            indexes = match[2].split(", ")
        elif match and "://" in match[2]:
            taken = match[2].split()[0]
        elif match:
            taken = taken or match[2].split()[0]
    host = "/".join(taken.split("/")[:3])
    same = [index for index in indexes if "://" in taken and index.startswith(host + "/")]
    if same:
        return same[0]
    if "://" in taken:
        return host
    # pip names its index only when it is not PyPI.
    return taken or (indexes or ["https://pypi.org/simple"])[0]


def result(code, files, lines, seconds):
    parts = re.sub(r"\.(whl|zip|tar\.gz)$", "", files[0]).split("-") if files else []
    if files and not files[0].endswith(".whl"):
        parts = ["-".join(parts[:-1]), parts[-1]]
    errors = [line for line in lines if line.startswith("ERROR: ")] or [line for line in lines if line.strip()]
    return {
        "ok": code == 0 and len(parts) > 1,
        "name": parts[0] if parts else "",
        "version": parts[1] if len(parts) > 1 else "",
        "source": source_of(lines),
        "error": re.sub("^ERROR: ", "", errors[-1]) if code != 0 and errors else "",
        "pip": version_of("pip"),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "seconds": seconds,
    }


def main(wanted):
    """`wanted` has `requirement`, and `key`, by which cancel.py finds this test."""
    began, folder, child, lines = time.monotonic(), None, None, []
    cancelled, this = threading.Event(), threading.current_thread()

    def cancel():
        cancelled.set()
        if child:
            end(child)

    this.codeartifact_test = (wanted["key"], cancel)
    try:
        folder = tempfile.mkdtemp(prefix="codeartifact-test-")
        target, scratch = os.path.join(folder, "got"), os.path.join(folder, "tmp")
        os.mkdir(target)
        os.mkdir(scratch)
        say("began", True)
        options = ["--no-deps", "--no-cache-dir", "--disable-pip-version-check", "--no-input", "--no-color"]
        limits = ["--progress-bar", "off", "--retries", "1", "--timeout", "10"]
        temporary = {"TMPDIR": scratch, "TEMP": scratch, "TMP": scratch}
        child = subprocess.Popen(
            [sys.executable, "-m", "pip", "download", *options, *limits, "-d", target, "--", wanted["requirement"]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=scratch,
            start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", **temporary},
        )
        if cancelled.is_set():
            end(child)
        for raw in child.stdout:
            line = redact(raw.decode("utf-8", "replace").rstrip()).replace(folder + os.sep, "")
            lines.append(line)
            say("line", line)
        code = child.wait()
        last = "end", result(code, sorted(os.listdir(target)), lines, time.monotonic() - began)
    except KeyboardInterrupt:
        cancelled.set()
    except Exception as error:
        last = "failed", redact(f"{type(error).__name__}: {error}")
    finally:
        del this.codeartifact_test
        if child:
            if child.poll() is None:
                end(child)
            child.stdout.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
    say(*("cancelled", True) if cancelled.is_set() else last)
