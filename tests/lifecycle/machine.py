"""A notebook's machine around a lifecycle script: mount and PID namespaces laid out as SageMaker lays them out.

The script runs as root (notebook instance) or as the user (Studio space), with the paths that it has there. What it
writes stays in a folder of the test. Two programs are stand-ins: `aws`, which copies from a local folder for S3 and
knows nothing else, and the two commands that restart Jupyter, which write down that they were called.
Layouts: https://docs.aws.amazon.com/sagemaker/latest/dg/nbi.html, and the start scripts of
https://github.com/aws/sagemaker-distribution
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: What a lifecycle script gets: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
PATH = "/usr/local/sbin:/usr/local/bin:/usr/bin:/usr/sbin:/sbin:/bin"
ARN = "arn:aws:sagemaker:eu-central-1:111122223333"
UID = 4321

#: What programs need of /etc. Not all of it: another suite may be adding a user at the same moment.
ETC = (
    *("alternatives", "default", "environment", "hosts", "host.conf", "ld.so.cache", "ld.so.conf", "ld.so.conf.d"),
    *("localtime", "login.defs", "nsswitch.conf", "pam.d", "python3.11", "security"),
)

AWS = """#!/bin/sh
echo "$(id -un) aws $*" >> /srv/calls
[ "$1" != --cli-connect-timeout ] || shift 2
case "$*" in
  's3 cp --only-show-errors s3://wheels/'*' -') exec cat "/srv/s3/${4#s3://wheels/}" ;;
  's3 cp --only-show-errors '*' s3://wheels/'*)
    to="/srv/s3/${5#s3://wheels/}"
    mkdir -p "$(dirname "$to")"
    exec cp "$4" "$to" ;;
esac
echo "fatal error: Could not connect to the endpoint URL" >&2
exit 1
"""
NOTE = '#!/bin/sh\necho "$(id -un) $(basename "$0") $*" >> /srv/calls\n'

#: Mounts first, /tmp last: the test's own folder lies below it. Then the script, then until its connecting has ended.
INSIDE = r"""
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs /srv && mkdir /srv/bin-before && mount --bind /usr/local/bin /srv/bin-before
mkdir /srv/s3 && mount --bind "$MACHINE/s3" /srv/s3
: > /srv/script && mount --bind "$MACHINE/script" /srv/script
: > /srv/calls && mount --bind "$MACHINE/calls" /srv/calls
mount --bind "$MACHINE/etc" /etc
mount --bind "$MACHINE/log" /var/log
mount --bind "$MACHINE/bin" /usr/local/bin
mount -t tmpfs tmpfs /opt && mkdir -p /opt/ml/metadata /opt/conda
mount --bind "$MACHINE/metadata" /opt/ml/metadata
mount -t tmpfs tmpfs /home && mkdir "/home/$NOTEBOOK_USER" && mount --bind "$MACHINE/home" "/home/$NOTEBOOK_USER"
if [ "$LAYOUT" = space ]; then mount --bind "$MACHINE/environment" /opt/conda
else mkdir -p "$ENVIRONMENT" && mount --bind "$MACHINE/environment" "$ENVIRONMENT"; fi
exec 3>"$MACHINE/stdout" 4>"$MACHINE/stderr"
mount --bind "$MACHINE/tmp" /tmp
[ -z "$TMP_SIZE" ] || mount -t tmpfs -o "size=$TMP_SIZE,mode=1777" tmpfs /tmp
cd /
ended() { grep -s 'codeartifact: ends' "$LOG" | wc -l; }
before=$(ended)
code=0
if [ "$LAYOUT" = space ]; then
  set -- runuser -u "$NOTEBOOK_USER" -- env -i PATH="/opt/conda/bin:$PATH" HOME="/home/$NOTEBOOK_USER" "$@"
else set -- env -i PATH="$PATH" HOME=/root "$@"; fi
begun=$(date +%s%N)
setsid "$@" /bin/bash /srv/script >&3 2>&4 &
script=$!
wait "$script" || code=$?
echo "$(($(date +%s%N) - begun))"
# SageMaker may end what the script left in its process group.
kill -KILL -- "-$script" 2>/dev/null || true
if grep -q 'connects in the background; what comes of it is in /var' /proc/self/fd/3; then
  for _ in $(seq 3000); do [ "$(ended)" = "$before" ] || break; sleep 0.02; done
fi
echo "$(($(date +%s%N) - begun))"
ls -A /tmp > /srv/calls.tmp
echo "left in /tmp: $(tr '\n' ' ' < /srv/calls.tmp)" >> /srv/calls
exit "$code"
"""


@dataclass
class Started:
    """What a start left: the lifecycle log, and what was called by whom."""

    code: int
    stdout: str
    stderr: str
    log: str
    calls: list[str]
    #: Seconds until the script had ended, and until its connecting had.
    seconds: tuple[float, float]


@dataclass
class Machine:
    """One notebook; `start` may be called again, as after a stop."""

    root: Path
    layout: str
    environment_template: Path
    tmp_size: str = ""
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.user = "sagemaker-user" if self.layout == "space" else "ec2-user"
        self.home = self.root / "home"
        self.environment = self.root / "environment"
        self.s3 = self.root / "s3"
        self.etc = self.root / "etc"
        for name in ("home", "s3", "log", "log/studio", "bin", "metadata", "tmp"):
            (self.root / name).mkdir(parents=True)
        (self.root / "tmp").chmod(0o1777)
        (self.root / "calls").touch()
        (self.root / "calls").chmod(0o666)
        self.etc.mkdir()
        for name in ETC:
            if (source := Path("/etc") / name).is_dir():
                shutil.copytree(source, self.etc / name, symlinks=True)
            elif source.exists():
                shutil.copy2(source, self.etc / name, follow_symlinks=False)
        people = f"root:x:0:0:root:/root:/bin/bash\n{self.user}:x:{UID}:{UID}::/home/{self.user}:/bin/bash\n"
        (self.etc / "passwd").write_text(people)
        (self.etc / "group").write_text(f"root:x:0:\n{self.user}:x:{UID}:\n")
        resource = "app/d-0123456789ab/JupyterLab/default" if self.layout == "space" else "notebook-instance/team"
        (self.root / "metadata" / "resource-metadata.json").write_text(
            json.dumps({"AppType": "JupyterLab", "ResourceArn": f"{ARN}:{resource}", "ResourceName": "team"})
        )
        for name in os.listdir("/usr/local/bin"):
            (self.root / "bin" / name).symlink_to(f"/srv/bin-before/{name}")
        for name, text in (("aws", AWS), ("systemctl", NOTE), ("restart-jupyter-server", NOTE)):
            self.program(self.root / "bin" / name, text)
        # Copied as hard links would be shared with the other tests.
        subprocess.run(["cp", "-a", f"{self.environment_template}/.", str(self.environment)], check=True)
        self.own(self.home, self.environment, self.root / "log" / "studio")

    def own(self, *paths: Path) -> None:
        subprocess.run(["chown", "-R", f"{UID}:{UID}", *map(str, paths)], check=True)

    def program(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    @property
    def labconfig(self) -> Path:
        """Where the pins go."""
        base = self.environment / "etc" if self.layout == "space" else self.etc
        return base / "jupyter/labconfig/default_setting_overrides.d/jupyterlab-codeartifact.json"

    @property
    def log(self) -> Path:
        return self.root / "log" / ("studio" if self.layout == "space" else ".") / "jupyterlab-codeartifact.log"

    def start(self, script: str | Path, **variables: str) -> Started:
        text = script.read_text() if isinstance(script, Path) else script
        (self.root / "script").write_text(text)
        (self.root / "calls").write_text("")
        given = [f"{name}={value}" for name, value in {**self.variables, **variables}.items()]
        inside = {
            "PATH": PATH,
            "MACHINE": str(self.root),
            "LAYOUT": self.layout,
            "NOTEBOOK_USER": self.user,
            "ENVIRONMENT": "/home/ec2-user/anaconda3/envs/JupyterSystemEnv",
            "TMP_SIZE": self.tmp_size,
            "LOG": "/var/log/" + str(self.log.relative_to(self.root / "log")),
        }
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        done = subprocess.run(
            [*command, "bash", "-c", INSIDE, "inside", *given],
            env=inside,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.stderr == "", done.stderr
        ended, connected = (int(line) / 1e9 for line in done.stdout.split())
        return Started(
            done.returncode,
            (self.root / "stdout").read_text(),
            (self.root / "stderr").read_text(),
            self.log.read_text() if self.log.is_file() else "",
            (self.root / "calls").read_text().splitlines(),
            (ended, connected),
        )
