"""Rasa with its trained model and the real action server, before a fake analytics: whole dialogues, no mocks between.

The model is trained once and kept by the hash of everything it depends on, so that a second run starts at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

from aiohttp import web

from actions import wiring
from actions.server import SECRET_HEADER, create_app
from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.training.model import checked_model
from rapport.training.rasa import train
from tests.support.fake_analytics import FakeAnalytics
from tests.support.programs import free_port
from tests.support.talk import Talk

SECRET = "a secret of thirty-two characters"
START_SECONDS = 90


def house_settings(home: Path) -> Settings:
    """Settings of a house of its own, with the project's models."""
    return Settings(home=home, internal_secret=SECRET, identity_secret=SECRET, console_key=SECRET)


def trained_model(home: Path) -> Path:
    """Give the model of the present data, trained now where it is not there yet."""
    settings = house_settings(home)
    train(settings, lambda _line: None)
    return checked_model(settings.models)


class RasaHouse:
    """The two processes of a dialogue: the action server in a thread, Rasa as it is run in earnest."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.log = folder / "rasa.log"
        self.port = free_port()
        self._stopped = threading.Event()
        self.actions_port = self._serve_actions()
        environment = os.environ | {
            "RAPPORT_INTERNAL_SECRET": SECRET,
            "RAPPORT_ACTIONS_PORT": str(self.actions_port),
            "RAPPORT_RASA_DB": str(folder / "rasa.db"),
            "OMP_NUM_THREADS": "1",
        }
        command = [
            str(house_settings(folder).rasa_python), "-m", "bot.launch", "run", "--model", str(model),
            "--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--port", str(self.port),
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self._rasa = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def wait_until_ready(self) -> None:
        """Wait until Rasa understands a question."""
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up and self._rasa.poll() is None:
            try:
                self._request("health", None)
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError(f"Rasa did not get ready:\n{self.log.read_text(errors='replace')[-3000:]}")

    def talk(self, customer_id: str | None = None) -> Talk:
        """Begin a conversation with a known customer, or a visitor."""
        return Talk(self, customer_id)

    def meet(self, analytics: FakeAnalytics) -> None:
        """Put another shop behind the actions."""
        wiring.configure(analytics)

    def ask(self, **turn: Any) -> dict[str, Any]:
        """Send one turn as the gateway does."""
        return self._request("turn", json.dumps(turn).encode())

    def stop(self) -> None:
        """End both."""
        self._rasa.terminate()
        try:
            self._rasa.wait(10)
        except subprocess.TimeoutExpired:
            self._rasa.kill()
            self._rasa.wait()
        self._stopped.set()
        self._thread.join(10)

    def _request(self, route: str, body: bytes | None) -> dict[str, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/webhooks/gateway/{route}",
            data=body,
            headers={SECRET_HEADER: SECRET, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=15) as response:
            return dict(json.load(response))

    def _serve_actions(self) -> int:
        port = free_port()
        started = threading.Event()

        async def serve() -> None:
            runner = web.AppRunner(create_app(SECRET, FakeAnalytics()), access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            started.set()
            while not self._stopped.is_set():  # a thread's event: this loop cannot await it
                await asyncio.sleep(0.05)
            await runner.cleanup()

        self._thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
        self._thread.start()
        assert started.wait(10), "the action server did not start"
        return port
