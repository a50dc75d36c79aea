"""One running program: started, restarted with growing pauses when it dies, stopped politely and then firmly."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rapport.supervision.output import LONGEST_LINE, LogStream
from rapport.supervision.program import Pace, Program

_GUARD = str(Path(__file__).with_name("guard.py"))
#: What a shell reports for a command that cannot be executed.
_NOT_STARTED = 127


class Child:
    """Keeps one program running from `start` to `stop`.

    Each run gets a process group of its own, so that a Ctrl-C in the terminal reaches the supervisor only and what a
    program left behind can be swept away with it.
    """

    def __init__(self, program: Program, output: LogStream, pace: Pace, changed: Callable[[], None]) -> None:
        self.program = program
        #: How often it ended without being told to.
        self.exits = 0
        self.healthy_once = False
        self._output = output
        self._pace = pace
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the present run; None between two runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    def start(self) -> None:
        """Start the program and keep it running."""
        self._keeper = asyncio.create_task(self._keep_running(), name=f"keep {self.program.name}")

    async def stop(self) -> None:
        """Ask the program to end; after `stop_seconds` make it."""
        self._stopping.set()
        if self._keeper is None:
            return
        self.signal(signal.SIGTERM)
        done, _ = await asyncio.wait({self._keeper}, timeout=self.program.stop_seconds)
        if not done:
            self.say(f"did not end within {self.program.stop_seconds:g} s and was killed")
            self.kill()
        await self._keeper

    def kill(self) -> None:
        """End the present run and everything it started, at once; it is restarted unless `stop` was called."""
        if self.pid is not None:
            _kill_group(self.pid)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program itself."""
        if self.pid is not None and self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)

    def say(self, text: str) -> None:
        """Put a line of the supervisor's own into the log stream."""
        self._output.write("rapport", f"{self.program.name} {text}")

    async def _keep_running(self) -> None:
        pause = self._pace.first_restart
        while not self._stopping.is_set():
            began = time.monotonic()
            code = await self._run_once()
            if self._stopping.is_set():
                return
            self.exits += 1
            if time.monotonic() - began >= self._pace.steady:
                pause = self._pace.first_restart
            self.say(f"ended ({describe_exit(code)}); starting it again in {pause:g} s")
            self._changed()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(pause * 2, self._pace.longest_restart)

    async def _run_once(self) -> int:
        """Run the program from start to end; gives its exit code."""
        # A pipe of our own and not asyncio's: its `wait` would last until the last heir of the pipe has closed it.
        ours, theirs = os.pipe()
        try:
            process = await self._spawn(theirs)
        except OSError as error:
            os.close(ours)
            self.say(f"could not be started: {error.strerror}")
            return _NOT_STARTED
        finally:
            os.close(theirs)
        self._process = process
        self._changed()
        if self._stopping.is_set():
            self.signal(signal.SIGTERM)
        reader = asyncio.create_task(self._pass_on(ours))
        code = await process.wait()
        # Whatever the program started must not live on without it, nor hold its output open.
        _kill_group(process.pid)
        with suppress(TimeoutError):
            await asyncio.wait_for(reader, 1)
        return code

    async def _spawn(self, output: int) -> asyncio.subprocess.Process:
        # The guard runs without site-packages and user settings; the program itself gets the environment as it is.
        return await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", _GUARD, str(os.getpid()), *self.program.command,
            cwd=self.program.folder,
            env=dict(self.program.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip

    async def _pass_on(self, output: int) -> None:
        """Pass the output on line by line, until its end."""
        lines = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), os.fdopen(output, "rb", buffering=0)
        )
        rest = b""
        try:
            while chunk := await lines.read(65536):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    self._output.write(self.program.name, line.decode(errors="replace").rstrip("\r"))
                rest = rest[-LONGEST_LINE:]
            if rest:
                self._output.write(self.program.name, rest.decode(errors="replace"))
        finally:
            transport.close()


def describe_exit(code: int) -> str:
    """Word an exit code: "exit code 3", "killed by SIGKILL"."""
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"


def _kill_group(pid: int) -> None:
    """Kill a process group that may be gone already."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
