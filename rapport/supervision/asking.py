"""Asking a running service from outside, by the state file and the processes' own health."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from typing import Any

import psutil

from rapport.settings import Settings
from rapport.supervision.program import Program
from rapport.supervision.service import programs_of
from rapport.supervision.state import is_running, read_state


async def ask_service(settings: Settings) -> list[dict[str, Any]]:
    """Give one record per process, in starting order; empty when no supervisor runs in this home.

    Returns
    -------
    list
        {"name", "well", "told", "pid", "address", "restarts", "memory_mib", "since"} each.
    """
    state = read_state(settings.run_folder)
    if state is None:
        return []
    programs = programs_of(settings, settings.models, os.environ, "json")
    noted = state["processes"]
    asked = (_ask(program, noted[program.name]) for program in programs if program.name in noted)
    return list(await asyncio.gather(*asked))


async def _ask(program: Program, noted: dict[str, Any]) -> dict[str, Any]:
    pid = noted["pid"]
    alive = pid is not None and is_running(pid, noted["created"] or 0.0)
    report = await program.health.ask() if alive else None
    return {
        "name": program.name,
        "well": report is not None and report.well,
        "told": report.told if report else "not running",
        "pid": pid if alive else None,
        "address": noted["address"],
        "restarts": noted["restarts"],
        "memory_mib": _memory(pid) if alive else None,
        "since": datetime.fromtimestamp(noted["created"], UTC).isoformat(timespec="seconds") if alive else None,
    }


def _memory(pid: int) -> float | None:
    try:
        return round(float(psutil.Process(pid).memory_info().rss) / 2**20, 1)
    except psutil.Error:
        return None
