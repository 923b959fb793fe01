"""A cable between two network namespaces that loses packets: netem is not in every kernel, a TUN device nearly is.

Usage: lossy-cable.py PID LOSS SEED ADDRESS_HERE ADDRESS_THERE

Started in one namespace, it makes a TUN device there and another one in the namespace of PID, and carries IP packets
between them, losing each with the probability LOSS (in both directions, each by itself). Says "ready"; ends when
standard input ends, and says how many packets it has carried and lost.
"""

import ctypes
import fcntl
import os
import random
import select
import stat
import struct
import subprocess
import sys
import tempfile

TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x1001
CLONE_NEWNET = 0x40000000
MTU = 1500


def device_file():
    """A container often lacks the file, not the driver behind it (Linux: Documentation/networking/tuntap.rst)."""
    path = "/dev/net/tun"
    if not os.path.exists(path):
        path = os.path.join(tempfile.mkdtemp(), "tun")
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(10, 200))
    return path


def tun(name, here, there):
    device = os.open(device_file(), os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN_NO_PI))
    for words in (f"address add {here} peer {there} dev {name}", f"link set {name} txqueuelen 10000 up"):
        subprocess.run(["ip", *words.split()], check=True)
    return device


def enter(pid):
    with open(f"/proc/{pid}/ns/net") as there:
        if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")


def main():
    pid, loss, seed, here, there = sys.argv[1:]
    chance = random.Random(int(seed))
    near = tun("lossy0", here, there)
    enter(pid)
    far = tun("lossy1", there, here)
    print("ready", flush=True)
    carried = lost = 0
    other = {near: far, far: near}
    while True:
        ready, _, _ = select.select([near, far, sys.stdin], [], [])
        if sys.stdin in ready:
            break
        for device in ready:
            for _ in range(64):
                try:
                    packet = os.read(device, MTU + 100)
                except BlockingIOError:
                    break
                if chance.random() < float(loss):
                    lost += 1
                    continue
                carried += 1
                try:
                    os.write(other[device], packet)
                except BlockingIOError:
                    carried, lost = carried - 1, lost + 1
    print(f"{carried} {lost}", flush=True)


if __name__ == "__main__":
    main()
