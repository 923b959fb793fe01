"""`make demo` without a screen: goes the demo's way in headless Chromium and saves a picture of each state."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / ".demo" / "screens"


def main() -> int:
    env = {**os.environ, "CODEARTIFACT_SCREENS": str(SCREENS), "CODEARTIFACT_REPORT": "build/reports/demo.xml"}
    command = ["npx", "playwright", "test", "--config", "ui-tests/playwright.config.ts", "demo.spec.ts"]
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    if code == 0:
        print(f"The demo works. Pictures of each state: {SCREENS.relative_to(ROOT)}")
    else:
        print("The demo does not work; what failed is said above.", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
