"""Turns to learn from, and an agent's word on what the customer meant."""

from __future__ import annotations

from typing import Any, cast

from aiohttp import web
from sqlalchemy import Connection

from console.keys import CONFIG
from console.queries import training
from console.queries.training import PAGE, SHOWS, Candidate, Show
from console.threads import reading, writing
from console.views.respond import field, me, page, see
from console.wording import intent_words
from store.repositories import audit
from store.repositories.turn_labels import TurnLabel, Verdict, remove_label, set_label

_UNDO = "undo"
_NO_TURN = "There is no such message of a customer, or the bot has not read it yet. Reload the page in a moment."


async def show_training(request: web.Request) -> web.Response:
    """GET: what the bot did not understand or was unsure of, and what was said of it."""
    config, wanted = request.app[CONFIG], request.query
    show: Show = next((one for one in SHOWS if one == wanted.get("show")), "open")
    intent = wanted.get("intent", "") if wanted.get("intent", "") in config.intents else ""
    number = wanted.get("page", "")
    at = int(number) if number.isdecimal() and len(number) < 6 else 0

    def read(connection: Connection) -> dict[str, Any]:
        now = config.clock()
        found = training.candidates(connection, show, now, intent=intent, page=at)
        return {"candidates": found, "counts": training.counts(connection, now, intent=intent)}

    found = await reading(request, read)
    return page(
        request, "training.html", **found, **_choices(request), show=show, chosen_intent=intent, at=at, page_length=PAGE
    )


async def show_turn(request: web.Request) -> web.Response:
    """GET: the form for one message; a page with it where a script did not ask."""
    return _turn(request, await _candidate(request))


async def judge(request: web.Request) -> web.Response:
    """POST: keeps what was meant, "rightly understood" or "not for training"; `undo` takes it back."""
    found = await _candidate(request)
    verdict, intent = await field(request, "verdict"), await field(request, "intent")
    fault = _fault(request, found, verdict, intent)
    if fault:
        return _turn(request, found, fault=fault)
    meant = {"corrected": intent, "right": found.intent}.get(verdict)
    now, agent_id = request.app[CONFIG].clock(), me(request).agent_id

    def write(connection: Connection) -> Candidate | None:
        if verdict == _UNDO:
            remove_label(connection, found.turn_id)
        else:
            kept = cast(Verdict, verdict)
            label = TurnLabel(turn_id=found.turn_id, verdict=kept, intent=meant, agent_id=agent_id, labelled_at=now)
            set_label(connection, label)
        details = {"message_id": found.message_id, "verdict": verdict, "intent": meant}
        audit.note(connection, "judged", now, agent_id=agent_id, conversation_id=found.conversation_id, details=details)
        return training.candidate(connection, found.message_id)

    judged = await writing(request, write)
    if "HX-Request" not in request.headers:
        return see(f"/console/conversations/{found.conversation_id}#line-{found.seq}")
    return _turn(request, judged or found, moved=True)


def _fault(request: web.Request, found: Candidate, verdict: str, intent: str) -> str | None:
    """Say in one line why this cannot be kept; None where it can."""
    known = request.app[CONFIG].intents
    if verdict not in ("corrected", "right", "left_out", _UNDO):
        return "Choose one of the buttons."
    if found.pressed and verdict != _UNDO:
        return "She pressed a button here: there are no words of hers to learn from."
    if verdict == "corrected" and intent not in known:
        return "Choose first what she meant."
    if verdict == "right" and found.intent not in known:
        return "The bot understood nothing here. Choose what she meant."
    return None


def _turn(request: web.Request, found: Candidate, *, fault: str | None = None, moved: bool = False) -> web.Response:
    """Render the form; `moved`: the focus goes to it, for the button that was pressed is gone."""
    context = {"one": found, "fault": fault, "moved": moved, **_choices(request)}
    if "HX-Request" in request.headers:
        return page(request, "parts/judge.html", **context)
    return page(request, "training_turn.html", status=422 if fault else 200, **context)


def _choices(request: web.Request) -> dict[str, Any]:
    return {"intents": sorted(request.app[CONFIG].intents, key=intent_words)}


async def _candidate(request: web.Request) -> Candidate:
    message_id = request.match_info["message_id"]
    found = await reading(request, lambda connection: training.candidate(connection, message_id))
    if found is None:
        raise web.HTTPNotFound(text=_NO_TURN)
    return found
