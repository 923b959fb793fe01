"""Makes one animated picture of a folder of pictures named ORDER-MILLISECONDS.png; scripts/demo-film.mjs takes them.

python scripts/film.py FOLDER OUT.webp
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image


def main() -> None:
    paths = sorted(Path(sys.argv[1]).glob("*.png"))
    first, *others = [Image.open(path).convert("RGB") for path in paths]
    times = [int(path.stem.split("-")[1]) for path in paths]
    out = Path(sys.argv[2])
    first.save(out, save_all=True, append_images=others, duration=times, loop=0, quality=80, method=6)
    print(f"{out}: {out.stat().st_size:,} bytes, {len(paths)} pictures")


if __name__ == "__main__":
    main()
