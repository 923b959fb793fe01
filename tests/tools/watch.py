"""What any user of the machine can see of a program while it runs: its command lines, by /proc."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from .room import TOKEN


class Watch:
    """Command lines of the processes that one room starts, read from /proc as any user of the machine could."""

    def __init__(self, home: Path) -> None:
        self.home, self.seen, self.stop = str(home).encode(), [], threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self) -> None:
        while not self.stop.is_set():
            for entry in os.listdir("/proc"):
                if entry.isdigit():
                    try:
                        environ = Path(f"/proc/{entry}/environ").read_bytes()
                        if b"HOME=" + self.home in environ:
                            self.seen.append(Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace"))
                    except OSError:
                        continue

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def token(self) -> bool:
        return any(TOKEN.search(word.partition("@")[0]) for line in self.seen for word in line.split("\0"))
