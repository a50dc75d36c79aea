"""Puts a month of a shop's conversations into a database: some written out, many more in outline."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from store.engine import Database
from store.tables import agents, conversations, customers, decisions, messages, offers, products, turns, visitors
from tests.support.outlined import OUTLINE
from tests.support.told import TOLD, Told, Turned


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was written: conversation ids by the key of the told ones."""

    told: dict[str, str]
    total: int


def seed_conversations(database: Database, now: datetime, *, in_outline: int = 240, colleague: str = "Ines") -> Seeded:
    """Write the told conversations, ending a moment ago, and `in_outline` short ones over the last 30 days."""
    with database.write() as connection:
        _people(connection, now, colleague)
        _goods(connection)
        told = {one.key: _tell(connection, one, now) for one in TOLD}
        dice = random.Random(7)
        for number in range(in_outline):
            _outline(connection, dice, now, number)
    return Seeded(told, len(TOLD) + in_outline)


def _people(connection: Connection, now: datetime, colleague: str) -> None:
    names = {one.customer_id: one.name for one in TOLD if one.customer_id}
    rows = [{"customer_id": key, "name": name, "traits": {}} for key, name in names.items()]
    connection.execute(insert(customers), rows)
    connection.execute(
        insert(agents).values(
            agent_id="colleague", email="ines@corner.example", name=colleague, role="agent",
            password_hash="!", created_at=now - timedelta(days=90),
        )
    )  # fmt: skip


def _goods(connection: Connection) -> None:
    for product_id, name in (
        ("101", "Kids cereal, 14.5 oz"),
        ("102", "Decaf coffee, 12 oz"),
        ("104", "Greek yogurt, 6 oz"),
    ):
        connection.execute(
            insert(products).values(
                product_id=product_id, name=name, category="Grocery", department="Grocery", price=2.99
            )
        )
    connection.execute(insert(offers).values(offer_id="C17", title="10% off coffee", kind="percent", value=10))


def _tell(connection: Connection, told: Told, now: datetime) -> str:
    conversation_id = str(uuid.uuid4())
    last = now - told.last_ago
    waits_since = last if told.waits else None
    feelings = [turn.sentiment for turn in told.turns if turn.sentiment is not None]
    connection.execute(
        insert(conversations).values(
            conversation_id=conversation_id, channel=told.channel, customer_id=told.customer_id,
            visitor_id=None if told.customer_id else _visitor(connection, now), owner=told.owner,
            agent_id="colleague" if told.owner == "agent" else None, mood=told.mood if feelings else None,
            topic=told.turns[-1].intent, created_at=last - timedelta(minutes=2 * len(told.turns)), last_message_at=last,
            waiting_since=waits_since, handed_over_at=last if told.owner != "bot" else None, last_seq=0,
        )
    )  # fmt: skip
    seq = 0
    for number, turn in enumerate(told.turns):
        at = last - timedelta(minutes=2 * (len(told.turns) - 1 - number))
        seq = _turn(connection, conversation_id, told, turn, seq, at)
    connection.execute(conversations.update().where(_same(conversation_id)).values(last_seq=seq))
    return conversation_id


def _turn(connection: Connection, conversation_id: str, told: Told, turn: Turned, seq: int, at: datetime) -> int:
    turn_id, message_id = str(uuid.uuid4()), str(uuid.uuid4())
    answered = at + timedelta(milliseconds=turn.latency_ms or 0)
    _message(connection, conversation_id, seq + 1, "customer", turn.text, at, message_id=message_id, state="done")
    connection.execute(
        insert(turns).values(
            turn_id=turn_id, conversation_id=conversation_id, message_id=message_id, customer_id=told.customer_id,
            intent=turn.intent, confidence=turn.confidence, sentiment=turn.sentiment, outcome=turn.outcome,
            latency_ms=turn.latency_ms, created_at=at, actions=[],
        )
    )  # fmt: skip
    seq += 1
    for author, text, payload in turn.replies:
        seq += 1
        name = "Ines" if author == "agent" else None
        same_turn = turn_id if author == "bot" else None
        _message(
            connection,
            conversation_id,
            seq,
            author,
            text,
            answered,
            payload=payload,
            author_name=name,
            turn_id=same_turn,
        )
    if turn.decision:
        connection.execute(
            insert(decisions).values(
                decision_id=str(uuid.uuid4()), turn_id=turn_id, conversation_id=conversation_id,
                customer_id=told.customer_id, created_at=answered, **turn.decision,
            )
        )  # fmt: skip
    return seq


def _outline(connection: Connection, dice: random.Random, now: datetime, number: int) -> None:
    """One short conversation of a visitor; a fifth of them in the last day."""
    recent = number % 5 == 0
    back = dice.uniform(1, 23) if recent else 24 * dice.uniform(0.9, 29)
    start, conversation_id, visitor_id = now - timedelta(hours=back), str(uuid.uuid4()), _visitor(connection, now)
    chosen = [dice.choices(OUTLINE, weights=[one.weight for one in OUTLINE])[0] for _ in range(dice.randint(1, 4))]
    to_person = any(one.outcome == "handed_over" for one in chosen)
    connection.execute(
        insert(conversations).values(
            conversation_id=conversation_id, channel=dice.choice(("widget", "widget", "whatsapp", "email")),
            visitor_id=visitor_id, owner="bot", last_seq=2 * len(chosen), mood=chosen[-1].sentiment,
            topic=chosen[-1].intent,
            created_at=start, last_message_at=start + timedelta(minutes=len(chosen)),
            handed_over_at=start if to_person else None,
        )
    )  # fmt: skip
    for step, one in enumerate(chosen):
        at, message_id = start + timedelta(minutes=step), str(uuid.uuid4())
        _message(
            connection, conversation_id, 2 * step + 1, "customer", one.text, at, message_id=message_id, state="done"
        )
        _message(connection, conversation_id, 2 * step + 2, "bot", one.answer, at + timedelta(seconds=1))
        feeling = max(-1.0, min(1.0, one.sentiment + dice.gauss(0, 0.2)))
        connection.execute(
            insert(turns).values(
                turn_id=str(uuid.uuid4()), conversation_id=conversation_id, message_id=message_id, intent=one.intent,
                confidence=dice.uniform(0.6, 0.99), sentiment=feeling, outcome=one.outcome, actions=[],
                latency_ms=dice.lognormvariate(4.2, 0.5), created_at=at,
            )
        )  # fmt: skip


def _visitor(connection: Connection, now: datetime) -> str:
    visitor_id = str(uuid.uuid4())
    connection.execute(
        insert(visitors).values(
            visitor_id=visitor_id, token_hash=uuid.uuid4().hex * 2, created_at=now, last_seen_at=now
        )
    )
    return visitor_id


def _message(
    connection: Connection, conversation_id: str, seq: int, author: str, text: str, at: datetime, **values: Any
) -> None:
    row = {"message_id": str(uuid.uuid4()), "payload": {}} | {
        name: value for name, value in values.items() if value is not None
    }
    connection.execute(
        insert(messages).values(
            conversation_id=conversation_id, seq=seq, author=author, text=text, created_at=at, **row
        )
    )


def _same(conversation_id: str) -> Any:
    return conversations.c.conversation_id == conversation_id
