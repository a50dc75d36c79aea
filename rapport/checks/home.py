"""The machine: disk, secrets, ports, clock."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rapport.checks.check import Check, fail, ok, warn
from rapport.settings import Settings
from rapport.settings_sources import SECRETS_FILE
from rapport.supervision.ports import taken_ports
from rapport.supervision.service import programs_of
from rapport.supervision.state import read_state

_GIB = 2**30
#: The demo shop with its models needs about 1 GiB.
_ENOUGH, _LEAST = 2 * _GIB, _GIB // 4


def check_machine(settings: Settings) -> list[Check]:
    """Look at all of it."""
    now = datetime.now(UTC)
    return [
        check_disk(settings.home),
        check_secrets(settings.home),
        *check_ports(settings),
        check_clock(settings.home, now),
    ]


def check_disk(home: Path) -> Check:
    """Room for the database and the models."""
    free = shutil.disk_usage(home).free
    told = f"{free / _GIB:.1f} GiB free for {home}"
    if free < _LEAST:
        return fail("disk", told, "free some space, or move RAPPORT_HOME")
    if free < _ENOUGH:
        return warn("disk", told, "the demo shop needs 2 GiB: free some space, or move RAPPORT_HOME")
    return ok("disk", told)


def check_secrets(home: Path) -> Check:
    """Nobody but the owner may read the secrets."""
    file = home / SECRETS_FILE
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return fail("secrets", f"{file} may be read by others (mode {mode:o})", f"chmod 600 {file}")
    return ok("secrets", f"{file}, mode {mode:o}")


def check_ports(settings: Settings) -> list[Check]:
    """Free ports, or our own service on them."""
    running = read_state(settings.run_folder)
    if running is not None:
        return [ok("ports", f"Rapport runs already (pid {running['supervisor']['pid']})")]
    programs = programs_of(settings, settings.models, os.environ, "json")
    taken = taken_ports(programs)
    if not taken:
        ports = ", ".join(str(program.listen.port) for program in programs if program.listen)
        return [ok("ports", f"{ports} are free")]
    return [fail("ports", line.split(": ", 1)[0], line.split(": ", 1)[1].rstrip(".")) for line in taken]


def check_clock(home: Path, now: datetime) -> Check:
    """A clock that is behind what was written here makes tokens and schedules wrong."""
    written = [file.stat().st_mtime for file in home.iterdir() if file.is_file()]
    newest = datetime.fromtimestamp(max(written, default=0.0), UTC)
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if newest > now + timedelta(minutes=5):
        behind = f"{told} is before {newest:%Y-%m-%d %H:%M}, when {home} was last written"
        return fail("clock", behind, "set the machine's clock, best by NTP")
    return ok("clock", told)
