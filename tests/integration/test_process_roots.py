"""The real processes (but Rasa): each starts on an empty shop, says it is well, and ends politely with exit code 0."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.supervision.health import Health
from rapport.supervision.service import programs_of
from tests.support.databases import migrated_file
from tests.support.programs import free_port

pytestmark = pytest.mark.integration


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORT_")}
    ports = {f"RAPPORT_{name}": str(free_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    return inherited | ports | {"RAPPORT_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}


@pytest.fixture
def migrated(tmp_path: Path) -> None:
    migrated_file(tmp_path / "rapport.db").close()


def health_of(name: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Health:
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    secrets = dict.fromkeys(("internal_secret", "identity_secret", "console_key"), "k" * 32)
    programs = programs_of(Settings(**secrets), PROJECT, environment, "json")
    return next(program.health for program in programs if program.name == name)


async def until_well(health: Health, process: subprocess.Popen[str]) -> None:
    async with asyncio.timeout(60):
        while not (await health.ask()).well:
            assert process.poll() is None, "it ended before it was well"
            await asyncio.sleep(0.1)


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("name", ["actions", "gateway", "worker"])
async def test_a_process_gets_well_and_ends_politely(
    name: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-m", f"rapport.processes.{name}"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            await until_well(health_of(name, environment, monkeypatch), process)
            process.send_signal(signal.SIGTERM)
            lines, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 0
    last = json.loads(lines.splitlines()[-1])
    assert (last["process"], last["event"]) == (name, "stopped")


@pytest.mark.usefixtures("migrated")
async def test_the_gateway_leads_to_the_console_and_keeps_the_demo_shop_to_demos(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-m", "rapport.processes.gateway"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            await until_well(health_of("gateway", environment, monkeypatch), process)
            address = f"http://127.0.0.1:{environment['RAPPORT_PORT']}"
            with await asyncio.to_thread(urlopen, f"{address}/console") as page:
                assert page.url.startswith(f"{address}/console/sign-in")
            with pytest.raises(OSError, match="404"):
                await asyncio.to_thread(urlopen, f"{address}/demo/customers")
        finally:
            process.kill()


def test_a_process_without_tables_ends_with_one_line(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "rapport.processes.worker"]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "worker: The database has no tables yet: run `rapport migrate`.\n"
