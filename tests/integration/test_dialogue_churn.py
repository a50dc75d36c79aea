"""Churn listens to conversations where, on the shop's own last months, those who sounded unhappy left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import insert

from analytics.jobs.build_predictions import MAKERS, build_predictions
from analytics.prediction.reading import predictions_of
from store.engine import Database
from store.memory import memory_database
from store.tables import conversations, customers, messages, orders, turns

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
#: The unhappy of the past speak so many days ago and leave soon after.
SPOKE = 100


def shop(*, they_spoke: bool) -> Database:
    """Three hundred with rhythms of their own; a third says so 100 days ago and leaves; two alike speak yesterday."""
    random = np.random.default_rng(1)
    database = memory_database()
    placed: list[tuple[str, float]] = []
    said: list[tuple[str, float, float]] = []
    for number in range(300):
        name, gap = f"c{number:03}", random.uniform(8, 20)
        unhappy = number % 3 == 0
        until = SPOKE - 5 if unhappy else 0
        placed += [(name, days) for days in np.arange(400 - gap * random.random(), until, -gap)]
        said.append((name, SPOKE + random.uniform(0, 20), random.normal(-0.6 if unhappy else 0.5, 0.2)))
    for name, mood in (("happy", 0.8), ("unhappy", -0.8)):
        placed += [(name, float(days)) for days in range(390, 0, -10)]
        said.append((name, 1.0, mood))
    _write(database, placed, said if they_spoke else [])
    return database


def _write(database: Database, placed: list[tuple[str, float]], said: list[tuple[str, float, float]]) -> None:
    names = sorted({name for name, _ in placed})
    with database.write() as connection:
        connection.execute(insert(customers), [{"customer_id": name, "traits": {}} for name in names])
        rows = [
            {"order_id": str(at), "customer_id": name, "placed_at": NOW - timedelta(days=float(days)), "total": 10}
            for at, (name, days) in enumerate(placed)
        ]
        connection.execute(insert(orders), rows)
        for at, (name, days, mood) in enumerate(said):
            ids = {"conversation_id": f"v{at}", "message_id": f"m{at}"}
            when = NOW - timedelta(days=days)
            connection.execute(
                insert(conversations).values(
                    conversation_id=f"v{at}", channel="web", customer_id=name, created_at=when, last_message_at=when
                )
            )
            connection.execute(insert(messages).values(**ids, seq=1, author="customer", text="-", created_at=when))
            connection.execute(
                insert(turns).values(
                    turn_id=f"t{at}", **ids, customer_id=name, sentiment=mood, outcome="answered", created_at=when
                )
            )


def churn(database: Database, folder: Path) -> dict[str, float]:
    build_predictions(database, folder, NOW, lambda _step, _share: None, makers=MAKERS[:1])
    found = {}
    with database.read() as connection:
        for name in ("happy", "unhappy"):
            told = predictions_of(connection, name)
            assert told is not None
            found[name] = next(one.value for one in told.listed if one.kind == "churn")
    return found


def test_of_two_who_order_alike_the_unhappy_one_is_likelier_to_leave(tmp_path: Path) -> None:
    spoke = churn(shop(they_spoke=True), tmp_path / "spoke")
    assert spoke["unhappy"] > 1.5 * spoke["happy"]
    silent = churn(shop(they_spoke=False), tmp_path / "silent")
    assert silent["unhappy"] == silent["happy"]
