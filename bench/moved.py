"""When a file was last moved into a folder: the moment at which a configuration is there (Linux's inotify)."""

from __future__ import annotations

import ctypes
import os
import struct
import threading
import time
from pathlib import Path

# https://man7.org/linux/man-pages/man7/inotify.7.html
IN_MOVED_TO = 0x80
HEADER = struct.Struct("iIII")


class Moved:
    """Watches one folder in a thread of its own; `at[name]` is `time.perf_counter()` of the last move to that name."""

    def __init__(self, folder: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self.at: dict[str, float] = {}
        self._fd = libc.inotify_init()
        if self._fd < 0 or libc.inotify_add_watch(self._fd, os.fsencode(folder), IN_MOVED_TO) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while data := os.read(self._fd, 4096):
            now = time.perf_counter()
            at = 0
            while at < len(data):
                length = HEADER.unpack_from(data, at)[3]
                at += HEADER.size
                self.at[data[at : at + length].rstrip(b"\0").decode()] = now
                at += length
