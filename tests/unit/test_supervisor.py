"""The supervisor, on tiny programs: order, restarts, health, and what it says when something is wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from rapport.errors import StartError
from rapport.supervision.health import AlwaysWell, HttpHealth
from rapport.supervision.program import Pace, Program
from rapport.supervision.state import only_one, read_state
from rapport.supervision.supervisor import Supervisor
from tests.support.programs import QUICK, Stage, free_port


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def supervisor_of(stage: Stage, *programs: Program, stop: tuple[str, ...] = (), pace: Pace = QUICK) -> Supervisor:
    return Supervisor(programs, stop, stage.log(*(p.name for p in programs)), stage.folder / "run", pace)


@asynccontextmanager
async def running(supervisor: Supervisor) -> AsyncIterator[Supervisor]:
    try:
        await supervisor.start()
        watching = asyncio.create_task(supervisor.watch())
        yield supervisor
        watching.cancel()
    finally:
        await supervisor.stop()


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def test_programs_start_after_those_they_need_and_stop_in_the_given_order(stage: Stage) -> None:
    programs = (stage.server("actions"), stage.server("gateway", needs=("actions",)))
    async with running(supervisor_of(stage, *programs, stop=("gateway", "actions"))):
        assert stage.notes() == ["actions up", "gateway up"]
    assert stage.notes() == ["actions up", "gateway up", "gateway down", "actions down"]


async def test_a_crashed_program_is_started_again_and_the_others_are_left_alone(stage: Stage) -> None:
    async with running(supervisor_of(stage, stage.server("actions"), stage.server("rasa"))):
        os.kill(stage.pids("rasa")[0], signal.SIGKILL)
        await until(lambda: len(stage.pids("rasa")) == 2)
        assert len(stage.pids("actions")) == 1
    assert "rasa ended (killed by SIGKILL); starting it again in 0.02 s" in stage.output.getvalue()


async def test_the_pause_before_a_restart_doubles_up_to_a_limit(stage: Stage) -> None:
    crashing = stage.script("rasa", "import time; time.sleep(0.1); raise SystemExit(3)", health=AlwaysWell())
    async with running(supervisor_of(stage, crashing)) as supervisor:
        await until(lambda: supervisor.children["rasa"].exits >= 5)
    lines = [line for line in stage.output.getvalue().splitlines() if "starting it again" in line]
    assert [line.split(" in ")[1] for line in lines[:5]] == ["0.02 s", "0.04 s", "0.08 s", "0.1 s", "0.1 s"]
    assert "rasa ended (exit code 3)" in lines[0]


async def test_a_program_that_answers_nothing_for_long_is_started_again(stage: Stage) -> None:
    async with running(supervisor_of(stage, stage.server("rasa"))):
        os.kill(stage.pids("rasa")[0], signal.SIGSTOP)
        await until(lambda: len(stage.pids("rasa")) == 2)
    assert "answered nothing for 0.3 s" in stage.output.getvalue()


async def test_a_program_that_ignores_the_polite_signal_is_killed(stage: Stage) -> None:
    deaf = (
        "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf', flush=True)\ntime.sleep(60)"
    )
    supervisor = supervisor_of(stage, stage.script("rasa", deaf, health=AlwaysWell(), stop=0.1))
    async with running(supervisor):
        await until(lambda: "deaf" in stage.output.getvalue())
        pid = supervisor.children["rasa"].pid
    assert not psutil.pid_exists(pid or 0)
    assert "did not end within 0.1 s and was killed" in stage.output.getvalue()


async def test_what_a_program_left_behind_ends_with_it(stage: Stage) -> None:
    parent = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-I', '-S', '-c', 'import time; time.sleep(60)'])\n"
        "print('child', child.pid, flush=True)\ntime.sleep(60)"
    )
    async with running(supervisor_of(stage, stage.script("rasa", parent, health=AlwaysWell()))):
        await until(lambda: "child" in stage.output.getvalue())
        child = psutil.Process(int(stage.output.getvalue().split()[-1]))
    await until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


async def test_a_taken_port_is_told_with_its_number_and_setting_before_anything_starts(stage: Stage) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        programs = (stage.server("actions"), stage.server("gateway", port=port))
        with pytest.raises(StartError) as caught:
            async with running(supervisor_of(stage, *programs)):
                pass
    line = str(caught.value)
    assert line.startswith(f"port {port} for gateway is taken by ")
    assert f"pid {os.getpid()}" in line
    assert line.endswith("or choose another port with RAPPORT_GATEWAY_PORT.")
    assert stage.notes() == []


async def test_a_program_that_does_not_get_ready_in_time_is_told_in_one_line(stage: Stage) -> None:
    health = HttpHealth(url=f"http://127.0.0.1:{free_port()}/health")
    idle = stage.script("rasa", "import time\nprint('loading', flush=True)\ntime.sleep(60)", health=health)
    with pytest.raises(StartError) as caught:
        async with running(supervisor_of(stage, idle, pace=Pace(start=0.5, ask_starting=0.02))):
            pass
    assert str(caught.value) == (
        f"rasa was not ready within 0.5 s (nothing listens at {health.url}). Its last line: loading "
        "`rapport doctor` checks what it needs."
    )


async def test_a_program_that_only_crashes_is_given_up_early_with_its_last_line(stage: Stage) -> None:
    broken = stage.script(
        "actions", "raise SystemExit('no artifact yet')", health=HttpHealth(url=f"http://127.0.0.1:{free_port()}/")
    )
    with pytest.raises(StartError, match=r"actions ended 3 times before it was ready. Its last line: no artifact yet"):
        async with running(supervisor_of(stage, broken)):
            pass


async def test_a_program_that_does_not_exist_is_told(stage: Stage) -> None:
    missing = Program(
        name="rasa", command=("no-such-program",), environment={}, folder=stage.folder,
        health=HttpHealth(url=f"http://127.0.0.1:{free_port()}/"),
    )  # fmt: skip
    with pytest.raises(StartError, match="no-such-program cannot be started: No such file or directory"):
        async with running(supervisor_of(stage, missing)):
            pass


async def test_the_state_file_names_processes_and_addresses_and_goes_with_the_supervisor(stage: Stage) -> None:
    program = stage.server("gateway")
    async with running(supervisor_of(stage, program)):
        state = read_state(stage.folder / "run")
        assert state is not None
        assert state["ready"]
        assert state["processes"]["gateway"]["pid"] == stage.pids("gateway")[0]
        assert program.listen is not None
        assert state["processes"]["gateway"]["address"] == f"http://127.0.0.1:{program.listen.port}"
    assert read_state(stage.folder / "run") is None


def test_a_second_supervisor_in_the_same_home_is_refused(tmp_path: Path) -> None:
    with (
        only_one(tmp_path / "run"),
        pytest.raises(StartError, match=r"already runs in .*RAPPORT_HOME"),
        only_one(tmp_path / "run"),
    ):
        pass
    with only_one(tmp_path / "run"):
        pass
