"""Holds a TCP port so that connects hang or are refused. Usage: black-hole.py HOST PORT hole|refused

hole:    listens with the smallest accept queue, fills it itself and never accepts; the kernel then drops every further
         SYN, which is what a security group or a missing endpoint looks like from inside. Node cannot do this: its
         servers always accept.
refused: binds and does not listen, so that nobody else gets the port meanwhile.

Says "ready" when it holds; ends when stdin ends, so that it never outlives the process that started it.
"""

import errno
import select
import socket
import sys
import time

HANDOVER_S = 3.0  # the former listener may still be closing
PROOF_S = 0.05  # a loopback connect that takes longer than this hangs
MOST_FILLERS = 16


def bind(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    deadline = time.monotonic() + HANDOVER_S
    while True:
        holder = socket.socket(family, socket.SOCK_STREAM)
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind((host, port))
            return holder
        except OSError as error:
            holder.close()
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def fill(holder, host, port):
    fillers = []
    while len(fillers) < MOST_FILLERS:
        filler = socket.socket(holder.family, socket.SOCK_STREAM)
        filler.setblocking(False)
        filler.connect_ex((host, port))
        fillers.append(filler)
        if not select.select([], [filler], [], PROOF_S)[1]:
            filler.close()
            return fillers
    raise SystemExit("the accept queue does not fill on this system")


def main():
    host, port, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    holder = bind(host, port)
    fillers = []
    if mode == "hole":
        holder.listen(0)
        fillers = fill(holder, host, port)
    print("ready", flush=True)
    sys.stdin.buffer.read()
    for filler in fillers:
        filler.close()
    holder.close()


if __name__ == "__main__":
    main()
