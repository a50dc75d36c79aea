"""Turns into another program that dies with its supervisor: `python -I -S guard.py PARENT_PID program arguments…`.

The kernel is told to kill this process when its parent ends, in whatever way (PR_SET_PDEATHSIG, Linux); the order
survives the exec. A wrapper and not `preexec_fn`: code between fork and exec of a process with threads may dead-lock.
Started as a file without site-packages, so that it costs some 10 ms; it must import nothing of the project.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Bind this process to the parent's life, then become the program."""
    parent, program = int(arguments[0]), arguments[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            # The supervisor died between our start and the order to the kernel.
            sys.exit(1)
    try:
        os.execvp(program[0], program)  # noqa: S606 - the command comes from the settings, no shell is involved
    except OSError as error:
        sys.stderr.write(f"{program[0]} cannot be started: {error.strerror}\n")
        sys.exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
