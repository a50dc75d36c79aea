"""The four programs of Rapport, made from the settings: see docs/reference/contracts.md, "Processes"."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.supervision.health import HeartbeatHealth, HttpHealth
from rapport.supervision.program import Listen, Program
from rapport.training.encoder import keeping
from rapport.training.model import current_model

#: The gateway first, so that nothing new comes in while the others finish what they have.
STOP_ORDER = ("gateway", "worker", "rasa", "actions")
NAMES = ("actions", "rasa", "gateway", "worker")
SECRET_HEADER = "X-Rapport-Secret"  # noqa: S105 - the header's name, not its value
HEARTBEAT_FILE = "worker.heartbeat"


def programs_of(settings: Settings, model: Path, environment: Mapping[str, str], log_format: str) -> list[Program]:
    """Make the programs, in the order in which they are started.

    Parameters
    ----------
    settings : of this installation.
    model : the trained Rasa model.
    environment : what the programs inherit: the supervisor's own environment.
    log_format : "pretty" or "json": the programs write to a pipe and cannot see the terminal.
    """
    inherited = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ours = inherited | {
        "RAPPORT_DEMO": str(int(settings.demo)),
        "RAPPORT_LOG_FORMAT": log_format,
        "PYTHONUNBUFFERED": "1",
    }
    return [
        _python("actions", ours, health=f"{settings.actions_address}/health", listen=_loopback(settings, "actions")),
        _rasa(settings, model, inherited),
        _python(
            "gateway",
            ours,
            health=f"{settings.gateway_address}/v1/health",
            listen=Listen(host=settings.host, port=settings.port, setting="RAPPORT_PORT"),
            needs=("actions", "rasa"),
        ),
        Program(
            name="worker",
            command=(sys.executable, "-m", "rapport.processes.worker"),
            environment=ours,
            folder=PROJECT,
            health=HeartbeatHealth(file=settings.run_folder / HEARTBEAT_FILE),
        ),
    ]


def _python(
    name: str, environment: Mapping[str, str], *, health: str, listen: Listen, needs: tuple[str, ...] = ()
) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-m", f"rapport.processes.{name}"),
        environment=environment,
        folder=PROJECT,
        health=HttpHealth(url=health),
        listen=listen,
        needs=needs,
    )


def _rasa(settings: Settings, model: Path, inherited: dict[str, str]) -> Program:
    secret = settings.internal_secret.get_secret_value()
    port = str(settings.rasa_port)
    # Rasa gets the settings it needs one by one: the shop's other secrets are none of its business.
    outside = {name: value for name, value in inherited.items() if not name.startswith("RAPPORT_")}
    return Program(
        name="rasa",
        command=(
            str(settings.rasa_python), "-m", "bot.launch", "run", "--model", str(model), "-i", "127.0.0.1",
            "-p", port, "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
        ),
        environment=outside
        | {
            "RAPPORT_INTERNAL_SECRET": secret,
            "RAPPORT_ACTIONS_PORT": str(settings.actions_port),
            "RAPPORT_RASA_DB": str(settings.rasa_database),
            "RASA_TELEMETRY_ENABLED": "false",
            # Rasa's own "info" and "debug" tell every step of a turn, "debug" what the customer wrote.
            "LOG_LEVEL": "ERROR" if settings.log_level == "error" else "WARNING",
            # One core per process: threads of BLAS and ONNX that spin would only take it from the others.
            "OMP_NUM_THREADS": "1",
            "PYTHONUNBUFFERED": "1",
            **_encoder(settings),
        },
        folder=PROJECT,
        health=HttpHealth(url=f"{settings.rasa_address}/webhooks/gateway/health", headers={SECRET_HEADER: secret}),
        listen=_loopback(settings, "rasa"),
    )  # fmt: skip


def _encoder(settings: Settings) -> dict[str, str]:
    """Give what names the encoder that the model in use was trained with."""
    model = current_model(settings.models)
    return keeping.environment(settings.models, model.encoder) if model else {}


def _loopback(settings: Settings, name: str) -> Listen:
    port = settings.rasa_port if name == "rasa" else settings.actions_port
    return Listen(host="127.0.0.1", port=port, setting=f"RAPPORT_{name.upper()}_PORT")
