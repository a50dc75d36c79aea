"""When the worker refreshes what was learned: nightly, after an import, and when something is missing."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import insert, select

from rapport.worker.built import Built, read_built
from rapport.worker.housekeeping import tidy
from rapport.worker.jobs import REFRESH, JobFailedError, command_of, run_job
from rapport.worker.schedule import is_due, last_due, pause_after
from store.memory import memory_database
from store.tables import agent_sessions, agents, artifacts, events, import_runs, outbox


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def test_the_last_due_moment_is_today_after_the_hour_and_yesterday_before_it() -> None:
    assert last_due(at(3, 3), "03:00") == at(3, 3)
    assert last_due(at(3, 14), "03:00") == at(3, 3)
    assert last_due(at(3, 2, 59), "03:00") == at(2, 3)


@pytest.mark.parametrize(
    ("built_at", "due"),
    [(None, True), (at(1, 14), True), (at(2, 2), True), (at(2, 14), False), (at(3, 1), False)],
)
def test_a_refresh_is_due_once_after_each_night_and_caught_up_after_a_sleep(
    built_at: datetime | None, due: bool
) -> None:
    assert is_due(at(3, 2), "03:00", built_at) is due  # last due: 2 May, 03:00


def test_the_pause_after_failures_doubles_up_to_an_hour() -> None:
    assert [pause_after(failures) for failures in (1, 2, 3, 7, 50)] == [
        timedelta(minutes=minutes) for minutes in (1, 2, 4, 60, 60)
    ]


def test_artifacts_older_than_the_data_are_outdated() -> None:
    assert not Built(None, None).outdated
    assert Built(at(1, 1), None).outdated
    assert Built(at(2, 1), at(1, 1)).outdated
    assert not Built(at(1, 1), at(2, 1)).outdated


def test_what_was_built_is_as_old_as_its_oldest_part_and_nothing_while_one_is_missing() -> None:
    database = memory_database()

    def build(name: str, moment: datetime) -> None:
        row = {"name": name, "version": "1", "path": "p", "sha256": "s", "active": True, "created_at": moment}
        with database.write() as connection:
            connection.execute(insert(artifacts).values(**row))

    with database.write() as connection:
        run = {"source": "shop", "started_at": at(1, 1), "finished_at": at(1, 2), "counts": {}, "shifted_days": 0}
        connection.execute(insert(import_runs).values(**run))
    assert read_built(database) == Built(at(1, 2), None)
    build("segments", at(2, 1))
    assert read_built(database) == Built(at(1, 2), None)
    build("recommender", at(3, 1))
    assert read_built(database) == Built(at(1, 2), at(2, 1))


def test_tidying_removes_what_is_out_of_date_and_nothing_else() -> None:
    database, now = memory_database(), at(20, 12)
    person = {"agent_id": "a", "email": "a@b.example", "name": "A", "role": "admin", "password_hash": "!"}
    with database.write() as connection:
        connection.execute(insert(agents).values(**person, created_at=now))
        for token, seen in (("old", now - timedelta(days=2)), ("new", now)):
            times = {"created_at": seen, "last_seen_at": seen}
            connection.execute(insert(agent_sessions).values(token_hash=token, agent_id="a", csrf_token="c", **times))
        for message, delivered in (("old", at(1, 1)), ("new", at(19, 1)), ("waiting", None)):
            row = {"conversation_id": "c", "message_id": message, "channel": "widget", "created_at": at(1, 1)}
            connection.execute(insert(outbox).values(**row, delivered_at=delivered))
        for message, came in (("old", now - timedelta(days=31)), ("new", now - timedelta(days=29))):
            what = {"message_id": message, "type": "page", "name": "", "channel": "web", "source": "s"}
            when = {"occurred_at": came, "received_at": came}
            connection.execute(insert(events).values(**what, **when, properties={}))
    tidy(database, now, timedelta(days=30))
    with database.read() as connection:
        assert connection.execute(select(agent_sessions.c.token_hash)).scalars().all() == ["new"]
        assert connection.execute(select(outbox.c.message_id).order_by("message_id")).scalars().all() == [
            "new",
            "waiting",
        ]
        assert connection.execute(select(events.c.message_id)).scalars().all() == ["new"]


async def test_a_job_that_fails_tells_its_last_line(tmp_path: Path) -> None:
    failing = (sys.executable, "-c", "import sys; sys.stderr.write('step\\nno orders yet\\n'); sys.exit(1)")
    with pytest.raises(JobFailedError, match=r"^no orders yet$"):
        await run_job(failing, tmp_path)


async def test_a_job_ends_with_its_worker(tmp_path: Path) -> None:
    note = (
        "import os, time; open('pid.part', 'w').write(str(os.getpid())); os.rename('pid.part', 'pid'); time.sleep(60)"
    )
    job = asyncio.create_task(run_job((sys.executable, "-c", note), tmp_path))
    async with asyncio.timeout(20):
        while not (tmp_path / "pid").exists():
            await asyncio.sleep(0.02)
    pid = int((tmp_path / "pid").read_text())
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert not psutil.pid_exists(pid)


def test_a_refresh_ends_with_the_report_that_tells_of_all() -> None:
    assert REFRESH[-1] == "report"
    assert command_of("report")[-3:] == ("rapport", "report", "--json")


async def test_a_job_computes_with_one_thread_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    tell = "import os, pathlib; pathlib.Path('told').write_text(os.environ['OMP_NUM_THREADS'])"
    await run_job((sys.executable, "-c", tell), tmp_path)
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    await run_job((sys.executable, "-c", tell.replace("'told'", "'told again'")), tmp_path)
    assert [(tmp_path / name).read_text() for name in ("told", "told again")] == ["1", "4"]
