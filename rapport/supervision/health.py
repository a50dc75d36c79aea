"""Asking a program whether it is well: over HTTP, or by the age of a heartbeat file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import aiohttp


@dataclass(frozen=True, slots=True)
class Report:
    """One answer. `answered` tells a program that says "not yet" from one that says nothing."""

    well: bool
    answered: bool
    #: What was asked and what came back, for a person.
    told: str


class Health(Protocol):
    """A way to ask."""

    async def ask(self) -> Report:
        """Ask once; never raises, answers within a few seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpHealth:
    """Healthy when `GET url` answers 200."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    seconds: float = 5.0

    async def ask(self) -> Report:
        """Ask over a connection of its own: a kept one could outlive the program that answered on it."""
        timeout = aiohttp.ClientTimeout(total=self.seconds)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, headers=self.headers) as session,
                session.get(self.url) as response,
            ):
                return Report(response.status == 200, True, f"GET {self.url} answered {response.status}")
        except TimeoutError:
            return Report(False, False, f"GET {self.url} was not answered within {self.seconds:g} s")
        except aiohttp.ClientConnectorError:
            return Report(False, False, f"nothing listens at {self.url}")
        except (aiohttp.ClientError, OSError) as error:
            return Report(False, False, f"GET {self.url} failed: {type(error).__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartbeatHealth:
    """Healthy while the program touches `file`."""

    file: Path
    longest: float = 20.0

    async def ask(self) -> Report:
        """Look at the file's time of change."""
        try:
            touched = (await asyncio.to_thread(self.file.stat)).st_mtime
        except FileNotFoundError:
            return Report(False, False, f"no heartbeat yet in {self.file.name}")
        age = time.time() - touched
        well = age <= self.longest
        return Report(well, well, f"last heartbeat in {self.file.name} {age:.0f} s ago")


@dataclass(frozen=True, slots=True)
class AlwaysWell:
    """For a program that cannot be asked: well as soon as it runs."""

    async def ask(self) -> Report:
        """Say yes."""
        return Report(True, True, "not asked")
