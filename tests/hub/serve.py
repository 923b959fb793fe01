"""One user's JupyterHub for a browser, on the emulator: prints where it is as JSON. SIGTERM ends it.

python -m tests.hub.serve
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from tests.emulated import emulator

from .hub import people_with_homes, running_hub


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    # Not closed to the user whose home is below.
    folder.chmod(0o755)
    name = f"dan{os.getpid()}"
    try:
        with (
            emulator() as aws,
            people_with_homes(folder, [name]) as homes,
            running_hub(folder, homes, aws, last_activity_interval=0) as hub,
        ):
            where = {"url": hub.url, "user": name, "password": hub.given["password"]}
            where |= {"home": str(homes[name]), "control": aws["controlUrl"]}
            print(json.dumps(where), flush=True)
            # Whoever started it may end without a signal.
            select.select([sys.stdin], [], [])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
