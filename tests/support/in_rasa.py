"""Checks of Rasa's stores that need Rasa's own classes: run by its Python, they print what they saw as one JSON object.

`python -m tests.support.in_rasa FOLDER`; tests/integration/test_rasa_stores.py reads the facts and judges them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from bot.launch import absent

absent.install()

from rasa.core.actions.action import ActionSessionStart  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402
from rasa.core.nlg import TemplatedNaturalLanguageGenerator  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered  # noqa: E402

from bot.channels.gateway import check_health  # noqa: E402
from bot.launch.patches import apply_all  # noqa: E402
from bot.stores.event_log import EventLogError  # noqa: E402
from bot.stores.lock_store import InProcessLockStore  # noqa: E402
from bot.stores.tracker_store import AppendOnlyTrackerStore  # noqa: E402

DOMAIN = Domain.load(str(Path(__file__).with_name("tiny_bot") / "domain.yml"))


def store_at(path: Path, **options: Any) -> AppendOnlyTrackerStore:
    return AppendOnlyTrackerStore(DOMAIN, str(path), **options)


async def open_session(store: AppendOnlyTrackerStore, sender: str) -> None:
    """Start a session as Rasa does, with its slots carried over."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    action, nlg = ActionSessionStart(), TemplatedNaturalLanguageGenerator({})
    tracker.update(ActionExecuted(action.name()), DOMAIN)
    events = await action.run(CollectingOutputChannel(), nlg, tracker, DOMAIN)
    tracker.update_with_events(events, DOMAIN)
    await store.save(tracker)


async def turn(store: AppendOnlyTrackerStore, sender: str, number: int, offers: list[str] | None = None) -> None:
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    parse = {"intent": {"name": "greet", "confidence": 1.0}, "entities": [], "text": f"hello {number}"}
    tracker.update(UserUttered(f"hello {number}", parse["intent"], [], parse, message_id=f"m{number}"), DOMAIN)
    tracker.update(ActionExecuted("utter_greet_hello"), DOMAIN)
    tracker.update(BotUttered(f"hi {number}", {"custom": {"data": {"n": number}}}), DOMAIN)
    if offers:
        tracker.update(SlotSet("offers_made", offers), DOMAIN)
    tracker.update(ActionExecuted("action_listen"), DOMAIN)
    await store.save(tracker)


async def state(store: AppendOnlyTrackerStore, sender: str) -> dict[str, Any]:
    """What Rasa would go on from. A loan is not returned, so the next look reads the file."""
    tracker = await store.retrieve(sender)
    if tracker is None:
        return {}
    return {
        "events": [event.as_dict() for event in tracker.events],
        "said": [event.text for event in tracker.events if isinstance(event, UserUttered)],
        "offers": tracker.get_slot("offers_made"),
        "latest": tracker.latest_message.text,
        "latest_action": tracker.latest_action_name,
    }


async def conversation(folder: Path) -> dict[str, Any]:
    """Twelve turns in windows of three to five; the slot is set in the first."""
    store = store_at(folder / "long.db", window_most=5, window_keep=3)
    await open_session(store, "ana")
    for number in range(12):
        await turn(store, "ana", number, offers=["o1"] if number == 0 else None)
    early, late = store.turn("ana", "m1"), store.turn("ana", "m11")
    live, stored = await state(store, "ana"), await state(store, "ana")
    full = await store.retrieve_full_tracker("ana")
    again = store_at(folder / "long.db")
    return {
        "live": live, "stored": stored, "reopened": await state(again, "ana"),
        "early": [event["event"] for event in early], "late_live": late, "late_stored": again.turn("ana", "m11"),
        "full": len([event for event in full.events if isinstance(event, UserUttered)]),
        "numbers": [row[0] for row in again.log._database.execute("SELECT seq FROM events ORDER BY id")],
        "keys": list(await store.keys()), "nobody": await state(store, "ben"),
    }  # fmt: skip


async def sessions(folder: Path) -> dict[str, Any]:
    """A second session after two turns: what is replayed, and what is carried over."""
    store = store_at(folder / "sessions.db")
    await open_session(store, "ana")
    await turn(store, "ana", 0, offers=["o1"])
    await turn(store, "ana", 1)
    await open_session(store, "ana")
    await turn(store, "ana", 2)
    return {"live": await state(store, "ana"), "stored": await state(store, "ana")}


async def failures(folder: Path) -> dict[str, Any]:
    """A turn that is never saved, and two writers of one conversation."""
    store, other = store_at(folder / "two.db"), store_at(folder / "two.db")
    await turn(store, "ana", 0)
    lost = await store.retrieve("ana")
    lost.update(UserUttered("never saved"), DOMAIN)
    after_loss = await state(store, "ana")
    mine, theirs = await store.retrieve("ana"), await other.retrieve("ana")
    for tracker, text in ((mine, "first"), (theirs, "second")):
        tracker.update(UserUttered(text, message_id=text), DOMAIN)
    await store.save(mine)
    try:
        await other.save(theirs)
        refused = ""
    except EventLogError as error:
        refused = str(error)
    return {"after_loss": after_loss["said"], "refused": refused, "winner": (await state(other, "ana"))["said"]}


async def locks() -> dict[str, Any]:
    """Who holds a conversation's lock when, and what is left of it."""
    store, order = InProcessLockStore(), []

    async def hold(name: str, conversation: str) -> None:
        async with store.lock(conversation):
            order.append(f"{name} in")
            await asyncio.sleep(0.01)
            order.append(f"{name} out")

    began = time.monotonic()
    waiting = [asyncio.create_task(hold(str(number), "ana")) for number in range(3)]
    await asyncio.sleep(0)
    waiting[1].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return {"order": order, "seconds": time.monotonic() - began, "left": len(store._locks) + len(store._users)}


async def health(folder: Path) -> dict[str, Any]:
    """What health says of an agent without a model, and whether the store stands unwrapped behind it."""
    apply_all()
    store = store_at(folder / "health.db")
    agent = Agent(tracker_store=store, lock_store=InProcessLockStore())
    try:
        said = await check_health(agent)
    except RuntimeError as error:
        said = str(error)
    return {"without_model": said, "store_as_it_is": agent.tracker_store is store}


async def check(folder: Path) -> dict[str, Any]:
    """All facts by the name of their check."""
    return {
        "conversation": await conversation(folder), "sessions": await sessions(folder),
        "failures": await failures(folder), "locks": await locks(), "health": await health(folder),
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(asyncio.run(check(Path(sys.argv[1]))), sys.stdout)
