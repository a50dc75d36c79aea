"""The steps from a fresh checkout to a shop that the bot knows; each is skipped when its result is there already."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from rapport.checks.environments import check_python, check_rasa, check_web
from rapport.cli.jobs import Job, run_features, run_import, run_predictions, run_recommender, run_report, run_segments
from rapport.cli.steps import Steps
from rapport.databases import open_any, open_ready
from rapport.errors import StartError
from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.supervision.ports import taken_ports
from rapport.supervision.service import programs_of
from rapport.supervision.state import only_one
from rapport.training.rasa import train
from rapport.worker.built import read_built
from store.engine import Database
from store.migrate import current, upgrade
from store.repositories.artifacts import active_artifact
from store.tables import customer_features

TIMINGS_FILE = "timings.json"


def check_environments(settings: Settings, steps: Steps, *, to_run: bool) -> None:
    """Find out what would stop the demo at its end before minutes are spent on it.

    Raises
    ------
    StartError
        With a line for everything that is missing or taken.
    """
    with steps.step("Check the environments", "environments") as step:
        checks = [check_python(), check_rasa(settings.rasa_python), check_web(PROJECT / "web")]
        faults = [f"{check.area}: {check.told}: {check.remedy}" for check in checks if check.status == "fail"]
        if to_run:
            with only_one(settings.run_folder):
                faults += taken_ports(programs_of(settings, settings.models, os.environ, "json"))
        if faults:
            raise StartError("\n".join(faults))
        step.result = checks[1].told


def prepare(settings: Settings, steps: Steps) -> None:
    """Make tables, import the shop, learn from it, train the bot."""
    _migrate(settings, steps)
    database = open_ready(settings)
    try:
        imported_at = read_built(database).imported_at
        _run("Import the shop", "import", run_import, settings, database, steps, done=imported_at is not None)
        imported_at = read_built(database).imported_at
        for title, name, job in (
            ("Customer features", "features", run_features),
            ("Segments", "segments", run_segments),
            ("Recommender", "recommender", run_recommender),
            ("Predictions", "predictions", run_predictions),
            ("Report", "report", run_report),
        ):
            built_at = _built_at(database, name)
            done = built_at is not None and imported_at is not None and built_at >= imported_at
            _run(title, name, job, settings, database, steps, done=done)
    finally:
        database.close()
    with steps.step("Train the Rasa model", "train") as step:
        model, trained = train(settings, step)
        step.result = model.file
        if not trained:
            step.skip("unchanged")


def save_timings(settings: Settings, steps: Steps, ready_seconds: float | None) -> Path:
    """Keep how long each step took, for the records; `ready_seconds` is the start of the processes."""
    total = sum(float(str(timing["seconds"])) for timing in steps.timings) + (ready_seconds or 0.0)
    table = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "steps": steps.timings,
        "ready_seconds": None if ready_seconds is None else round(ready_seconds, 2),
        "total_seconds": round(total, 2),
    }
    file = settings.home / TIMINGS_FILE
    file.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return file


def _migrate(settings: Settings, steps: Steps) -> None:
    with steps.step("Database tables", "migrate") as step:
        database = open_any(settings)
        try:
            before, after = current(database), upgrade(database)
        finally:
            database.close()
        step.result = f"revision {after}"
        if before == after:
            step.skip(step.result)


def _run(title: str, name: str, job: Job, settings: Settings, database: Database, steps: Steps, *, done: bool) -> None:
    with steps.step(title, name) as step:
        if done:
            step.skip("up to date")
        else:
            step.result = job(settings, database, step).summary


def _built_at(database: Database, name: str) -> datetime | None:
    with database.read() as connection:
        if name == "features":
            return connection.execute(select(func.max(customer_features.c.computed_at))).scalar_one_or_none()
        row = active_artifact(connection, name)
    return None if row is None else row.created_at
