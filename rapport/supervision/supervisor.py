"""Starts programs in order, waits until all are well, keeps them so, and stops them in order."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from rapport.errors import StartError
from rapport.supervision.child import Child
from rapport.supervision.output import LogStream
from rapport.supervision.ports import taken_ports
from rapport.supervision.program import Pace, Program
from rapport.supervision.state import created, remove_state, write_state

#: A program that ends so often before it was ever healthy will not get better by waiting.
_HOPELESS = 3


class Supervisor:
    """Runs a set of programs from `start` to `stop`.

    Parameters
    ----------
    programs : in the order in which they are started; `Program.needs` may hold one back until others are healthy.
    stop_order : names, in the order in which they are stopped; one not named is stopped last.
    output : where the programs' lines go.
    run_folder : where the state file is kept.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        stop_order: Sequence[str],
        output: LogStream,
        run_folder: Path,
        pace: Pace | None = None,
    ) -> None:
        self._pace = pace or Pace()
        self._output = output
        self._folder = run_folder
        self._ready = False
        self._began = datetime.now(UTC)
        self.children = {p.name: Child(p, output, self._pace, self._write_state) for p in programs}
        rank = {name: number for number, name in enumerate(stop_order)}
        self._stop_order = sorted(self.children, key=lambda name: rank.get(name, len(rank)))

    async def start(self) -> None:
        """Start all programs and return when all are healthy.

        Raises
        ------
        StartError
            A port is taken, or a program did not get healthy in time. What was started still runs: call `stop`.
        """
        taken = taken_ports(child.program for child in self.children.values())
        if taken:
            raise StartError("\n".join(taken))
        for child in self.children.values():
            await self._all_healthy([self.children[name] for name in child.program.needs])
            child.start()
        await self._all_healthy(list(self.children.values()))
        self._ready = True
        self._write_state()

    async def watch(self) -> None:
        """Ask each program for its health, for ever; one that answers nothing for long is started again."""
        await asyncio.gather(*(self._watch_one(child) for child in self.children.values()))

    async def stop(self) -> None:
        """Stop all programs, one after the other."""
        self._ready = False
        for name in self._stop_order:
            await self.children[name].stop()
        remove_state(self._folder)

    def kill(self) -> None:
        """End everything at once, for a person who will not wait."""
        for child in self.children.values():
            child.kill()

    async def _all_healthy(self, children: list[Child]) -> None:
        """Wait for several at once; the first that fails ends the waiting."""
        waiting = [asyncio.create_task(self._until_healthy(child)) for child in children]
        try:
            await asyncio.gather(*waiting)
        finally:
            for task in waiting:
                task.cancel()

    async def _until_healthy(self, child: Child) -> None:
        began = time.monotonic()
        deadline = began + self._pace.start
        told = "it was not asked yet"
        while not child.healthy_once:
            if child.pid is not None:
                report = await child.program.health.ask()
                told, child.healthy_once = report.told, report.well
                if child.healthy_once:
                    child.say(f"is well after {time.monotonic() - began:.1f} s")
                    self._write_state()
                    return
            if child.exits >= _HOPELESS:
                raise StartError(self._failed(child, f"ended {child.exits} times before it was ready"))
            if time.monotonic() > deadline:
                raise StartError(self._failed(child, f"was not ready within {self._pace.start:g} s ({told})"))
            await asyncio.sleep(self._pace.ask_starting)

    def _failed(self, child: Child, why: str) -> str:
        """Word a failed start in one line; the last line that looks like a cause is repeated in it."""
        name = child.program.name
        lines = [line.strip() for line in self._output.last_lines(name) if line.strip()]
        last = f" Its last line: {lines[-1]}" if lines else ""
        return f"{name} {why}.{last} `rapport doctor` checks what it needs."

    async def _watch_one(self, child: Child) -> None:
        last_answer = time.monotonic()
        run = child.pid
        while True:
            await asyncio.sleep(self._pace.ask_running)
            report = await child.program.health.ask()
            if report.answered or child.pid is None or child.pid != run:
                # A new run gets its time to start up before silence counts against it.
                fresh = child.pid != run and not report.answered
                last_answer = time.monotonic() + (self._pace.start if fresh else 0)
                run = child.pid
            elif time.monotonic() - last_answer > self._pace.silent:
                child.say(f"answered nothing for {self._pace.silent:g} s ({report.told}); starting it again")
                child.kill()

    def _write_state(self) -> None:
        """Tell other commands what runs."""
        write_state(self._folder, self._state())

    def _state(self) -> dict[str, Any]:
        return {
            "supervisor": {"pid": os.getpid(), "created": created(os.getpid())},
            "started_at": self._began.isoformat(),
            "ready": self._ready,
            "processes": {
                name: {
                    "pid": child.pid,
                    "created": _created(child.pid),
                    "address": _address(child.program),
                    "restarts": child.exits,
                }
                for name, child in self.children.items()
            },
        }


def _created(pid: int | None) -> float | None:
    try:
        return None if pid is None else created(pid)
    except psutil.NoSuchProcess:
        return None


def _address(program: Program) -> str | None:
    listen = program.listen
    return None if listen is None else f"http://{listen.host}:{listen.port}"
