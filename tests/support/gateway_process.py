"""Running, killing and restarting a real gateway process, and talkers that keep talking to it all the while."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp

_ROOT = Path(__file__).resolve().parents[2]


class GatewayProcess:
    """One gateway after another on the same database; each on a port of its own."""

    def __init__(self, database_url: str, rasa_url: str, *options: str) -> None:
        self._command = [sys.executable, "-m", "tests.support.run_gateway", database_url, rasa_url, *options]
        self._process: asyncio.subprocess.Process | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    async def start(self, *without: str) -> None:
        """Start a process and wait until it serves; `without` are options to leave out."""
        command = [part for part in self._command if part not in without]
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=_ROOT, stdout=asyncio.subprocess.PIPE, stderr=None, limit=2**20
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(30):
            while not (line := (await self._process.stdout.readline()).decode()).startswith("serves "):
                assert line, "the gateway ended before it served"
        self.url = f"http://127.0.0.1:{line.split()[1]}"
        self._drain = asyncio.create_task(self._process.stdout.read())

    async def kill(self) -> None:
        """kill -9, and wait for the end."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)
        await self.ended()

    def terminate(self) -> None:
        """Ask politely."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    async def ended(self) -> None:
        """Wait until the process has ended, whoever killed it."""
        if self._process is not None:
            await self._process.wait()
            await self._drain
            self._process = None


@dataclass
class KeenTalker:
    """A widget as it should be: keeps token and seq, comes back after a loss, sends again what was not acknowledged."""

    name: str
    #: Client id → text, not acknowledged yet, oldest first.
    unsent: dict[str, str] = field(default_factory=dict)
    #: Client id → seq, as acknowledged.
    acked: dict[str, int] = field(default_factory=dict)
    #: Seq → (author, text), as seen.
    seen: dict[int, tuple[str, str]] = field(default_factory=dict)
    #: What came out of order or twice: must stay empty.
    surprises: list[str] = field(default_factory=list)
    token: str | None = None
    conversation_id: str = ""
    _count: int = 0

    async def talk(self, gateway: GatewayProcess, pause: float, stop: asyncio.Event) -> None:
        """Write a message every `pause` seconds, until stopped and everything is acknowledged."""
        async with aiohttp.ClientSession() as session:
            while not stop.is_set() or self.unsent:
                try:
                    await self._connected(session, gateway.url, pause, stop)
                except (aiohttp.ClientError, ConnectionError, TimeoutError, TypeError):
                    await asyncio.sleep(random.uniform(0.02, 0.1))

    async def _connected(self, session: aiohttp.ClientSession, url: str, pause: float, stop: asyncio.Event) -> None:
        async with session.ws_connect(f"{url}/v1/chat", timeout=aiohttp.ClientWSTimeout(ws_close=1.0)) as socket:
            hello = {"type": "hello", "v": 1, "token": self.token, "after": max(self.seen, default=0)}
            await socket.send_json(hello)
            welcome = await socket.receive_json(timeout=10)
            self.token, self.conversation_id = welcome["token"], welcome["conversation_id"]
            for client_id, text in self.unsent.items():
                await socket.send_json({"type": "send", "id": client_id, "text": text})
            writing = asyncio.create_task(self._write(socket, pause, stop))
            try:
                while not (stop.is_set() and not self.unsent):
                    self._take(await socket.receive_json(timeout=1.0))
            finally:
                writing.cancel()
                await asyncio.gather(writing, return_exceptions=True)

    async def _write(self, socket: aiohttp.ClientWebSocketResponse, pause: float, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await asyncio.sleep(random.uniform(0.5, 1.5) * pause)
            self._count += 1
            client_id, text = f"{self.name}-{self._count:06}", f"{self.name} says {self._count}"
            self.unsent[client_id] = text
            await socket.send_json({"type": "send", "id": client_id, "text": text})

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "ack":
            self.unsent.pop(frame["id"], None)
            if self.acked.setdefault(frame["id"], frame["seq"]) != frame["seq"]:
                self.surprises.append(f"{frame['id']} was acknowledged under two seqs")
        elif frame["type"] == "message":
            if frame["seq"] != max(self.seen, default=0) + 1:
                self.surprises.append(f"seq {frame['seq']} came after {max(self.seen, default=0)}")
            self.seen[frame["seq"]] = (frame["author"], frame["text"])
