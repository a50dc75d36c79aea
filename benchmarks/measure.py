"""Closed-loop load and its summary, the same for every server that is measured."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of talkers saw: seconds of each answered turn, wall seconds of the run, turns without an answer."""

    seconds: tuple[float, ...]
    wall: float
    failed: int

    def per_second(self) -> float:
        """Answered turns per second of wall time."""
        return len(self.seconds) / self.wall

    def percentile_ms(self, percent: float) -> float:
        """Latency in milliseconds that `percent` of the answered turns stayed below; nan where none was answered."""
        return float(np.percentile(self.seconds, percent)) * 1000 if self.seconds else float("nan")

    def max_ms(self) -> float:
        """Latency of the slowest answered turn in milliseconds."""
        return max(self.seconds) * 1000 if self.seconds else float("nan")


#: One talker's way to say something and wait for the answer; False when no proper answer came.
Say = Callable[[str], Awaitable[bool]]
#: Opens a talker (a conversation of its own) and gives its `Say`.
OpenTalker = Callable[[int], Awaitable[Say]]


async def talk(open_talker: OpenTalker, texts: Iterator[str], talkers: int, turns_each: int) -> Load:
    """Let `talkers` speak, each waiting for its answer before it says the next thing (a closed loop).

    Talkers are opened before the clock starts; whoever speaks takes the next of `texts`, so the kinds of turn mix.
    """
    voices = [await open_talker(number) for number in range(talkers)]
    seconds: list[float] = []
    failed = 0

    async def chat(say: Say) -> None:
        nonlocal failed
        for _ in range(turns_each):
            text = next(texts)
            began = time.perf_counter()
            if await say(text):
                seconds.append(time.perf_counter() - began)
            else:
                failed += 1

    began = time.perf_counter()
    await asyncio.gather(*(chat(say) for say in voices))
    return Load(tuple(seconds), time.perf_counter() - began, failed)
