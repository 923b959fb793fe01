"""Runs in a subshell of a user's kernel: stays until no cell runs.

The end of a request in a subshell is told to everybody as "idle", also while a cell runs in the main shell. The Jupyter
server would then cull the kernel (MappingKernelManager.cull_idle_timeout), and JupyterLab would show it as idle.
"""

import time


def main(_):
    try:
        from IPython import get_ipython

        # The lock that ipykernel 7 holds while the main shell works. Nothing public tells it.
        lock = get_ipython().kernel._main_asyncio_lock
    except Exception:
        return
    free = 0
    # Between two cells that wait one after the other it is free for a moment.
    while free < 2:
        free = 0 if lock.locked() else free + 1
        time.sleep(0.1 if free < 2 else 0)
