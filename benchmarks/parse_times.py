"""Reads sentences with a trained Rasa model, one at a time, and writes what was read and how long each took.

Run by `benchmarks.nlu_latency` in the environment whose Rasa is measured, on one core::

    python benchmarks/parse_times.py MODEL SENTENCES.json TIMES.json [--ours]
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

#: Sentences read before the clock runs: caches are warm in a shop that is open.
WARM_UP = 20


async def _read(model: str, texts: list[str]) -> dict[str, Any]:
    from rasa.core.agent import Agent  # noqa: PLC0415  after the absent libraries are replaced
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    # As it runs in earnest: unconfigured, Rasa prints what it understood of every sentence.
    configure_structlog(logging.WARNING)
    agent = Agent.load(model)
    for text in texts[:WARM_UP]:
        await agent.parse_message(text + " please")
    intents, milliseconds = [], []
    began = time.perf_counter()
    for text in texts:
        start = time.perf_counter()
        parsed = await agent.parse_message(text)
        milliseconds.append((time.perf_counter() - start) * 1000)
        intents.append(parsed["intent"]["name"])
    return {"intents": intents, "milliseconds": milliseconds, "seconds": time.perf_counter() - began}


def _main(arguments: list[str]) -> None:
    model, sentences, out, *options = arguments
    if "--ours" in options:
        from bot.launch import absent  # noqa: PLC0415  only our environment has it

        absent.install()
        from bot.launch.patches import apply_all  # noqa: PLC0415  Rasa can be imported only now

        apply_all()
    texts = json.loads(Path(sentences).read_text(encoding="utf-8"))
    Path(out).write_text(json.dumps(asyncio.run(_read(model, texts))), encoding="utf-8")


if __name__ == "__main__":
    _main(sys.argv[1:])
