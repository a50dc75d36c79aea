"""The house under test for `rapport bench turn`: a copy of the demo shop, the processes, and stock Rasa beside them."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt

from benchmarks.servers import Server, free_port, running
from rapport.errors import RapportError
from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.settings_loading import load_settings

STOCK_FOLDER = PROJECT / "benchmarks" / "stock"
STOCK_RASA = PROJECT / ".venv-rasa-stock" / "bin" / "rasa"
#: One thread per process, as in production: on two cores, spinning BLAS threads would measure each other.
QUIET = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}


@dataclass(frozen=True)
class House:
    """Addresses, secrets and talkers of one benchmark run; starts the processes."""

    folder: Path
    settings: Settings
    secret: str
    customers: tuple[str, ...]
    identities: tuple[str, ...]
    ports: dict[str, int]

    def env(self, rasa_port: int) -> dict[str, str]:
        """Give the environment of every process: an own home, ports and limits that don't stand in the way."""
        return QUIET | {
            "RAPPORT_HOME": str(self.folder),
            "RAPPORT_DATABASE_URL": f"sqlite:///{self.folder / 'rapport.db'}",
            "RAPPORT_INTERNAL_SECRET": self.secret,
            "RAPPORT_IDENTITY_SECRET": self.settings.identity_secret.get_secret_value(),
            "RAPPORT_PORT": str(self.ports["gateway"]),
            "RAPPORT_ACTIONS_PORT": str(self.ports["actions"]),
            "RAPPORT_RASA_PORT": str(rasa_port),
            "RAPPORT_RASA_DB": str(self.folder / f"rasa-{rasa_port}.db"),
            "RAPPORT_MESSAGES_PER_SECOND": "10000",
            "RAPPORT_CONVERSATIONS_PER_12_HOURS": "100000",
            "RAPPORT_LOG_LEVEL": "warning",
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONPATH": str(PROJECT),
        }

    def actions(self) -> AbstractAsyncContextManager[Server]:
        """Run the action server, the same for ours and for stock Rasa."""
        command = [sys.executable, "-m", "rapport.processes.actions"]
        return running(
            command, port=self.ports["actions"], health="/health", env=self.env(0 + self.ports["rasa"]),
            log=self.folder / "actions.log",
        )  # fmt: skip

    def gateway(self, rasa: Server) -> AbstractAsyncContextManager[Server]:
        """Run the gateway in front of our Rasa."""
        port = int(rasa.url.rsplit(":", 1)[1])
        command = [sys.executable, "-m", "rapport.processes.gateway"]
        return running(
            command, port=self.ports["gateway"], health="/v1/health", env=self.env(port),
            log=self.folder / "gateway.log",
        )  # fmt: skip

    @asynccontextmanager
    async def rasa(self) -> AsyncIterator[Server]:
        """Run our Rasa on the trained model."""
        port = self.ports["rasa"]
        options = ["--model", str(self.settings.models), "-i", "127.0.0.1", "-p", str(port)]
        files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
        command = [str(self.settings.rasa_python), "-m", "bot.launch", "run", *options, *files]
        headers = {"X-Rapport-Secret": self.secret}
        health = "/webhooks/gateway/health"
        log = self.folder / "rasa.log"
        async with running(command, port=port, health=health, env=self.env(port), log=log, headers=headers) as server:
            yield server

    @asynccontextmanager
    async def stock_rasa(self, model: Path, endpoints: str) -> AsyncIterator[Server]:
        """Run stock Rasa; `endpoints` says whether its trackers live in memory or in SQLite."""
        port = free_port()
        options = ["--model", str(model), "-i", "127.0.0.1", "-p", str(port), "--enable-api"]
        files = ["--endpoints", str(STOCK_FOLDER / endpoints), "--credentials", str(STOCK_FOLDER / "credentials.yml")]
        command = [str(STOCK_RASA), "run", *options, *files]
        log = self.folder / f"stock-{endpoints}.log"
        # /status answers 200 only once the model is loaded (409 before).
        async with running(command, port=port, health="/status", env=self.env(port), log=log) as server:
            yield server


def open_house(folder: Path, talkers: int) -> House:
    """Copy the demo shop's database and artifacts into `folder` and pick `talkers` frequent customers.

    Raises
    ------
    RapportError
        There is no demo shop or no trained model yet.
    """
    settings = load_settings()
    source = settings.home / "rapport.db"
    if not source.exists() or not any(settings.models.glob("*.tar.gz")):
        raise RapportError(
            "bench turn: needs the demo shop and a trained model; run `rapport demo --prepare-only` first"
        )
    with sqlite3.connect(source) as original, sqlite3.connect(folder / "rapport.db") as copy:
        original.backup(copy)
        frequent = "SELECT customer_id FROM customer_features ORDER BY frequency DESC, customer_id LIMIT ?"
        customers = tuple(str(row[0]) for row in copy.execute(frequent, (talkers,)))
    original.close()
    copy.close()
    os.symlink(settings.artifacts, folder / "artifacts", target_is_directory=True)
    key = settings.identity_secret.get_secret_value()
    claims = {"aud": "rapport", "exp": int(time.time()) + 3500}
    identities = tuple(jwt.encode({**claims, "sub": customer}, key, algorithm="HS256") for customer in customers)
    ports = {name: free_port() for name in ("gateway", "actions", "rasa")}
    secret = settings.internal_secret.get_secret_value()
    return House(folder, settings, secret, customers, identities, ports)


def stock_model() -> Path:
    """Train stock Rasa on our data and domain, once for each content; give the model's folder.

    Raises
    ------
    RapportError
        The stock environment is missing.
    """
    if not STOCK_RASA.exists():
        raise RapportError("bench turn: stock Rasa is not installed; run `make stock-rasa` once (3 GB), or use --quick")
    files = sorted([*(PROJECT / "data").rglob("*.yml"), *(PROJECT / "bot" / "domain").rglob("*.yml")])
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in [*files, STOCK_FOLDER / "config.yml"]))
    out = PROJECT / "models" / "stock" / digest.hexdigest()[:12]
    if not any(out.glob("*.tar.gz")):
        config = ["--config", str(STOCK_FOLDER / "config.yml")]
        data = ["--domain", "bot/domain", "--data", "data", "--out", str(out)]
        environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
        log = PROJECT / "var" / "stock-train.log"
        with log.open("w") as sink:
            trained = subprocess.run(
                [str(STOCK_RASA), "train", *config, *data],
                cwd=PROJECT, env=environment, stdout=sink, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
        if trained.returncode:
            raise RapportError(f"bench turn: training stock Rasa failed; see {log}")
    return out
