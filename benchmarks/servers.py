"""Starting the servers under test: free ports, a wait for health, memory, and a sure end."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, how long it took to answer its health question, its process."""

    url: str
    ready_seconds: float
    process: psutil.Process

    def rss_mib(self) -> float:
        """Resident memory of the process and its children, MiB."""
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(member.memory_info().rss for member in family)) / 2**20


def free_port() -> int:
    """Give a TCP port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def running(
    command: Sequence[str],
    *,
    port: int,
    health: str,
    env: Mapping[str, str],
    log: Path,
    headers: Mapping[str, str] | None = None,
    patience: float = 180.0,
) -> AsyncIterator[Server]:
    """Run `command` until the block ends; enter it once `health` answers 200.

    Raises
    ------
    RuntimeError
        The process ended, or was not healthy within `patience` seconds; the message names the log.
    """
    began = time.perf_counter()
    with log.open("ab") as sink:
        process = subprocess.Popen(
            list(command), env={**os.environ, **env}, stdout=sink, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        await _wait_healthy(process, f"http://127.0.0.1:{port}{health}", headers or {}, patience, log)
        ready = time.perf_counter() - began
        yield Server(f"http://127.0.0.1:{port}", ready, psutil.Process(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _wait_healthy(
    process: subprocess.Popen[bytes], url: str, headers: Mapping[str, str], patience: float, log: Path
) -> None:
    deadline = time.perf_counter() + patience
    async with aiohttp.ClientSession(headers=dict(headers), timeout=aiohttp.ClientTimeout(total=5)) as session:
        while time.perf_counter() < deadline:
            if process.poll() is not None:
                raise RuntimeError(
                    f"{url}: the server ended with code {process.returncode} before it answered; see {log}"
                )
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.05)
    raise RuntimeError(f"{url}: not healthy after {patience:.0f} s; see {log}")
