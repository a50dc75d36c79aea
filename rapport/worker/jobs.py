"""Running one job at a time, in a process of its own: its memory goes back at its end, its crash is its own."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from rapport.paths import PROJECT
from rapport.supervision.child import describe_exit

#: In this order: segments are found in features, the recommender knows the favourites of segments, the report
#: tells of all.
REFRESH = ("features", "segments", "recommender", "predictions", "report")
#: Segments are looked at each time and found anew only where that is due.
_OPTIONS = {"segments": ("--when-due",)}
_GUARD = PROJECT / "rapport/supervision/guard.py"


class JobFailedError(Exception):
    """A job ended badly; the message is its last line."""


def command_of(job: str) -> tuple[str, ...]:
    """Give the command line of a job: the same that a person would type, but behind the conversations in the queue."""
    return ("nice", "-n", "10", sys.executable, "-m", "rapport", job, *_OPTIONS.get(job, ()), "--json")


def update_command() -> tuple[str, ...]:
    """Give the command line of the hourly job that moves segments with their customers."""
    return ("nice", "-n", "10", sys.executable, "-m", "rapport", "segments", "--update", "--json")


async def run_job(command: tuple[str, ...], folder: Path = PROJECT) -> None:
    """Run a command to its end; when this is cancelled, the command is ended first.

    Raises
    ------
    JobFailedError
        It ended with another code than 0.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", str(_GUARD), str(os.getpid()), *command,
        cwd=folder,
        # Two threads of K-Means that wait for each other on a busy machine are slower than one.
        env={"OMP_NUM_THREADS": "1", **os.environ},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        _, errors = await process.communicate()
    except asyncio.CancelledError:
        # A job may die at any point: it writes in transactions and puts files in place by renaming.
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        lines = [line for line in errors.decode(errors="replace").splitlines() if line.strip()]
        raise JobFailedError(lines[-1].strip() if lines else describe_exit(process.returncode or 0))
