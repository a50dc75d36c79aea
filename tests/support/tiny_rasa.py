"""Rasa as it is run in earnest, on a model of five intents, before a fake action server."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support.programs import free_port

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = PROJECT / ".venv-rasa" / "bin" / "python"
TINY_BOT = Path(__file__).with_name("tiny_bot")
SECRET = "the secret of the tests"
QUIET = {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}


def needs_rasa() -> None:
    """Skip where Rasa's environment was not made."""
    if not PYTHON.exists():
        pytest.skip("Rasa's environment is missing: run `make setup`")


def launch(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the launcher to its end."""
    return subprocess.run(
        [PYTHON, "-m", "bot.launch", *arguments],
        cwd=PROJECT, env=os.environ | QUIET | (environment or {}), capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def tiny_model() -> Path:
    """Train the tiny bot with the project's own pipeline, once per run of the tests; give the folder of the model."""
    needs_rasa()
    made = Path(tempfile.mkdtemp(prefix="rapport-tiny-"))
    atexit.register(shutil.rmtree, made)
    folder = made / "model"
    trained = launch(
        "train", "--config", "config.yml", "--domain", str(TINY_BOT / "domain.yml"),
        "--data", str(TINY_BOT / "training.yml"), "--out", str(folder), "--skip-validation",
        # The project's own model may be in training at the same moment.
        environment={"RASA_CACHE_DIRECTORY": str(made / "cache")},
    )  # fmt: skip
    assert trained.returncode == 0, trained.stdout + trained.stderr
    return folder


@dataclass
class TinyRasa:
    """One Rasa process with its own store; `start` again after `kill` to see what it remembers."""

    folder: Path
    actions_port: int
    model: Path = field(default_factory=tiny_model)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "rasa.log"

    def start(self) -> float:
        """Start and wait until a question is understood; give the seconds that took."""
        environment = os.environ | QUIET | {
            "RAPPORT_INTERNAL_SECRET": SECRET,
            "RAPPORT_ACTIONS_PORT": str(self.actions_port),
            "RAPPORT_RASA_DB": str(self.folder / "rasa.db"),
        }  # fmt: skip
        command = [PYTHON, "-m", "bot.launch", "run", "--model", self.model, "--port", str(self.port)]
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        while time.monotonic() - began < 90 and self.process.poll() is None:
            try:
                if self.get("/webhooks/gateway/health")[0] == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"Rasa did not get ready:\n{self.log.read_text(errors='replace')[-3000:]}")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> None:
        """End it politely."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def resident_mib(self) -> float:
        """Memory the process holds at this moment."""
        assert self.process is not None
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 2**20

    def says(self, text: str, conversation: str = "ana", message: str | None = None, **more: Any) -> Any:
        """Send a turn that must be answered; give the answer."""
        status, body = self.turn(text, conversation, message, **more)
        assert status == 200, (status, body)
        return body

    def turn(
        self, text: str | None, conversation: str = "ana", message: str | None = None, timeout: float = 15, **more: Any
    ) -> tuple[int, Any]:
        """Send a turn; give status and body."""
        request = {
            "conversation_id": conversation, "message_id": message or uuid4().hex, "text": text, "choice": None,
            "customer_id": "7", "channel": "widget",
        }  # fmt: skip
        return self._request("/webhooks/gateway/turn", json.dumps(request | more).encode(), SECRET, timeout)

    def get(self, path: str, secret: str | None = SECRET) -> tuple[int, Any]:
        """Get a path; give status and body."""
        return self._request(path, None, secret, 15)

    def post(self, path: str, body: bytes, secret: str | None = SECRET) -> tuple[int, Any]:
        """Post a body as it is; give status and body."""
        return self._request(path, body, secret, 15)

    def _request(self, path: str, body: bytes | None, secret: str | None, timeout: float) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"} | ({"X-Rapport-Secret": secret} if secret else {})
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return response.status, _decoded(response.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _decoded(error.read())


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode()
