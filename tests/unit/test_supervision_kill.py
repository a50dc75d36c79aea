"""kill -9 of the supervisor: nothing it started lives on."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from rapport.paths import PROJECT
from tests.support.programs import Stage, free_port

#: A supervisor of two servers.
SUPERVISOR = """
import asyncio, sys
from pathlib import Path
from rapport.supervision.supervisor import Supervisor
from tests.support.programs import QUICK, Stage
async def main():
    stage = Stage(Path(sys.argv[1]))
    programs = (stage.server("actions", port=int(sys.argv[2])), stage.server("rasa", port=int(sys.argv[3])))
    supervisor = Supervisor(programs, (), stage.log("actions", "rasa"), stage.folder / "run", QUICK)
    await supervisor.start()
    print("ready", flush=True)
    await supervisor.watch()
asyncio.run(main())
"""


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_killing_the_supervisor_leaves_no_children(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path), str(free_port()), str(free_port())],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdout.readline() == "ready\n"
        children = [*stage.pids("actions"), *stage.pids("rasa")]
        assert all(alive(pid) for pid in children)
        supervisor.send_signal(signal.SIGKILL)
        supervisor.wait()
    deadline = time.monotonic() + 5
    while any(alive(pid) for pid in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [pid for pid in children if alive(pid)] == []
