"""Running one job on the installation's database and telling how it went."""

from __future__ import annotations

from rapport.cli.console import err, out, print_json
from rapport.cli.jobs import Job
from rapport.cli.steps import Steps
from rapport.settings_loading import load_settings


def run_on_database(title: str, job: Job, json: bool) -> None:
    """Run a job; its outcome goes to standard output, as lines or as one JSON object."""
    from rapport.databases import open_ready

    settings = load_settings()
    database = open_ready(settings)
    try:
        with Steps(err(), quiet=json).step(title) as step:
            outcome = job(settings, database, step)
    finally:
        database.close()
    if json:
        print_json(outcome.data)
    else:
        out().print("\n".join(outcome.lines))
