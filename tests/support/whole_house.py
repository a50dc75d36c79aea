"""The whole product as a newcomer starts it: `rapport demo` in a home of its own, and a customer who chats with it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Self

import aiohttp

from rapport.paths import PROJECT
from rapport.supervision.state import read_state
from tests.support.programs import free_port

#: Preparing the shop takes one idle core four minutes; CI's are shared with the dialogues and the unit tests.
START_SECONDS = 600
PROCESSES = ("actions", "rasa", "gateway", "worker")


class WholeHouse:
    """`rapport demo`, its processes, and where they are."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
        self._environment = inherited | {
            "RAPPORT_HOME": str(home),
            "RAPPORT_PORT": str(self.port),
            "RAPPORT_RASA_PORT": str(free_port()),
            "RAPPORT_ACTIONS_PORT": str(free_port()),
            "RAPPORT_MESSAGES_PER_SECOND": "100",
            "NO_COLOR": "1",
        }
        self.log = home / "demo.log"
        #: Every socket that a customer opened: one left open is a warning, and so a failure, at the very end.
        self.sockets: list[aiohttp.ClientWebSocketResponse] = []
        self._demo: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run `rapport demo` until it says that all processes are well."""
        with self.log.open("ab") as log:
            self._demo = subprocess.Popen(
                [sys.executable, "-m", "rapport", "demo"],
                cwd=PROJECT, env=self._environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        give_up = time.monotonic() + START_SECONDS
        while not (read_state(self.home / "run") or {}).get("ready"):
            if self._demo.poll() is not None or time.monotonic() > give_up:
                raise AssertionError(f"the demo did not start:\n{self.told()[-3000:]}")
            time.sleep(0.2)

    def stop(self) -> int:
        """Press Ctrl-C; give the exit code."""
        assert self._demo is not None
        if self._demo.poll() is None:
            self._demo.send_signal(signal.SIGINT)
        try:
            return self._demo.wait(60)
        finally:
            self._demo.kill()

    def told(self) -> str:
        """Everything the demo printed."""
        return self.log.read_text(errors="replace")

    def pid(self, name: str) -> int | None:
        """Give the process number of one of the four, as of now; None while it is being started again."""
        state = read_state(self.home / "run")
        assert state is not None, "the supervisor is gone"
        pid = state["processes"][name]["pid"]
        return None if pid is None else int(pid)

    async def hang_up(self) -> None:
        """Close what customers opened, lost connections too."""
        while self.sockets:
            await self.sockets.pop().close()

    def kill(self, name: str) -> None:
        """`kill -9` one of the four; the supervisor is to start it again."""
        pid = self.pid(name)
        assert pid is not None, f"{name} does not run"
        os.kill(pid, signal.SIGKILL)


class Customer:
    """A customer's widget: it reconnects, asks for what it missed, and repeats what was not acknowledged."""

    def __init__(self, house: WholeHouse, session: aiohttp.ClientSession) -> None:
        self._house = house
        self._session = session
        self._hello: dict[str, Any] = {"type": "hello", "v": 1, "token": None, "identity": None, "after": 0}
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        #: Every message of the conversation by its place, and how often each was delivered.
        self.transcript: dict[int, dict[str, Any]] = {}
        self.acknowledged: dict[str, int] = {}

    async def sign_in(self, customer_id: str) -> Self:
        """Become one of the demo shop's households."""
        async with self._session.post(f"{self._house.url}/demo/sign-in", json={"customer_id": customer_id}) as answer:
            self._hello["identity"] = (await answer.json())["data"]["identity"]
        return self

    async def say(self, text: str, patience: float = 90) -> list[str]:
        """Say something, repeat it until it is acknowledged, and wait for the answer; give the answer's texts."""
        client_id = str(uuid.uuid4())
        async with asyncio.timeout(patience):
            while client_id not in self.acknowledged:
                await self._attempt({"type": "send", "id": client_id, "text": text})
            seq = self.acknowledged[client_id]
            while not self._answers(seq):
                await self._attempt(None)
        return self._answers(seq)

    def _answers(self, seq: int) -> list[str]:
        return [m["text"] for place, m in sorted(self.transcript.items()) if place > seq and m["author"] == "bot"]

    async def _attempt(self, frame: dict[str, Any] | None) -> None:
        """Send a frame, then listen until something tells us more; a lost connection is opened again."""
        try:
            socket = self._socket or await self._open()
            if frame is not None:
                await socket.send_json(frame)
            async with asyncio.timeout(2):
                while True:
                    received = await socket.receive()
                    if received.type is not aiohttp.WSMsgType.TEXT:
                        raise ConnectionResetError("the socket was closed")
                    if self._take(json.loads(received.data)):
                        return
        except TimeoutError:
            return
        except (aiohttp.ClientError, ConnectionError):
            self._socket = None
            await asyncio.sleep(0.3)

    async def _open(self) -> aiohttp.ClientWebSocketResponse:
        self._socket = await self._session.ws_connect(
            f"{self._house.url}/v1/chat", timeout=aiohttp.ClientWSTimeout(ws_close=5)
        )
        self._house.sockets.append(self._socket)
        await self._socket.send_json(self._hello | {"after": max(self.transcript, default=0)})
        return self._socket

    def _take(self, frame: dict[str, Any]) -> bool:
        """Note a frame; True for one that says something about what was sent or answered."""
        if frame["type"] == "message":
            self.transcript[frame["seq"]] = frame
            return bool(frame["author"] == "bot")
        if frame["type"] == "ack":
            self.acknowledged[frame["id"]] = frame["seq"]
            return True
        assert frame["type"] != "error", frame
        return False
