"""What runs, for other commands: a file with process numbers, and the lock that lets one supervisor run per home."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from rapport.errors import StartError

STATE_FILE = "state.json"
LOCK_FILE = "lock"


def write_state(folder: Path, state: Mapping[str, Any]) -> None:
    """Replace the state file in one step: a reader sees the old or the new one, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{STATE_FILE}.{os.getpid()}"
    beside.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
    beside.replace(folder / STATE_FILE)


def read_state(folder: Path) -> dict[str, Any] | None:
    """Give what the running supervisor wrote; None when none runs in this home."""
    try:
        state = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
        supervisor = state["supervisor"]
        running = is_running(int(supervisor["pid"]), float(supervisor["created"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return state if running else None


def remove_state(folder: Path) -> None:
    """Forget what ran."""
    with suppress(FileNotFoundError):
        (folder / STATE_FILE).unlink()


def created(pid: int) -> float:
    """Give when a process was created (seconds since 1970), by which a reused process number is told apart."""
    return psutil.Process(pid).create_time()


def is_running(pid: int, created_at: float) -> bool:
    """Whether the very process that was noted is alive."""
    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - created_at) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of this home; the kernel lets go of it when the process ends, in whatever way.

    Raises
    ------
    StartError
        Another supervisor holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = read_state(folder)
            who = f" (pid {running['supervisor']['pid']})" if running else ""
            raise StartError(
                f"Rapport already runs in {folder.parent}{who}: stop it with Ctrl-C or `kill`, "
                "or give this one a folder of its own with RAPPORT_HOME."
            ) from None
        yield
