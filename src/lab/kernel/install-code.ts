import { pythonText, pythonValue } from './python-text';

/*
 * pip itself, as `%pip` would start it (the kernel's Python, the kernel's environment), downloads into a folder
 * that is gone afterwards. Each line goes out as JSON, and no user info of a URL with it: a token that stands
 * in pip.conf must not reach the browser. The child leads a process group of its own: what it started ends with it.
 */
const SOURCE = `
import json, os, re, shutil, signal, subprocess, sys, tempfile, time

def say(kind, value):
    print(json.dumps([kind, value]), flush=True)

def clean(text):
    return re.sub("//[^/\\\\s]*@", "//", text)

def version_of(name):
    try:
        from importlib.metadata import version
        return version(name)
    except Exception:
        return ""

def end(child):
    try:
        os.killpg(child.pid, signal.SIGKILL) if hasattr(os, "killpg") else child.kill()
    except OSError:
        pass
    child.wait()

def source_of(lines):
    indexes, taken = [], ""
    for line in lines:
        match = re.match("(Looking in (?:indexes|links): |\\\\s+Downloading |Processing )(.*)", line)
        if match and match[1].startswith("Looking in indexes"):
            indexes = match[2].split(", ")
        elif match and "://" in match[2]:
            taken = match[2].split()[0]
        elif match:
            taken = taken or match[2].split()[0]
    host = "/".join(taken.split("/")[:3])
    same = [index for index in indexes if "://" in taken and index.startswith(host + "/")]
    # pip names its index only when it is another one than its own.
    return same[0] if same else host if "://" in taken else taken or (indexes or ["https://pypi.org/simple"])[0]

def run(requirement):
    began, folder, child, lines = time.monotonic(), None, None, []
    try:
        folder = tempfile.mkdtemp(prefix="codeartifact-test-")
        target, scratch = os.path.join(folder, "got"), os.path.join(folder, "tmp")
        os.mkdir(target)
        os.mkdir(scratch)
        say("began", True)
        child = subprocess.Popen(
            [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--disable-pip-version-check",
             "--no-input", "--no-color", "--progress-bar", "off", "--retries", "1", "--timeout", "10",
             "-d", target, "--", requirement],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=scratch, start_new_session=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8", "TMPDIR": scratch, "TEMP": scratch, "TMP": scratch},
        )
        for raw in child.stdout:
            line = clean(raw.decode("utf-8", "replace").rstrip()).replace(folder + os.sep, "")
            lines.append(line)
            say("line", line)
        code = child.wait()
        got = sorted(os.listdir(target))
        parts = re.sub("\\\\.(whl|zip|tar\\\\.gz)$", "", got[0]).split("-") if got else []
        if got and not got[0].endswith(".whl"):
            parts = ["-".join(parts[:-1]), parts[-1]]
        errors = [line for line in lines if line.startswith("ERROR: ")] or [line for line in lines if line.strip()]
        say("end", {
            "ok": code == 0 and len(parts) > 1,
            "name": parts[0] if parts else "",
            "version": parts[1] if len(parts) > 1 else "",
            "source": source_of(lines),
            "error": "" if code == 0 else re.sub("^ERROR: ", "", errors[-1]) if errors else "",
            "pip": version_of("pip"),
            "python": "%d.%d" % sys.version_info[:2],
            "seconds": time.monotonic() - began,
        })
    except KeyboardInterrupt:
        say("cancelled", True)
    except Exception as error:
        say("failed", clean("%s: %s" % (type(error).__name__, error)))
    finally:
        if child:
            if child.poll() is None:
                end(child)
            child.stdout.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

run(requirement)
`;

/** The code to run in a kernel. It works in a dictionary of its own: no name of it is left in the user's. */
export const installCode = (requirement: string): string =>
  `__import__("builtins").exec(${pythonText(SOURCE)}, {"__name__": "codeartifact", "requirement": ${pythonValue(requirement)}})`;
