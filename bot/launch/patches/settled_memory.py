"""Tidy up once the model is loaded.

Loading leaves some 100 MB of used-up memory and half a million objects that live as long as the process. The first is
given back to the system, the second are taken out of the garbage collector's rounds, which otherwise stop a turn for
tens of milliseconds now and then.
"""

from __future__ import annotations

import gc
from typing import Any

import rasa.core.run

from bot.launch.internals import expect
from language.memory import give_back


def apply() -> None:
    """Replace `rasa.core.run.load_agent_on_start`, which the server calls before it listens."""
    load = expect(rasa.core.run, "load_agent_on_start", "b23e12447feb")

    async def load_and_settle(*arguments: Any) -> Any:
        agent = await load(*arguments)
        gc.collect()
        gc.freeze()
        give_back()
        return agent

    rasa.core.run.load_agent_on_start = load_and_settle
