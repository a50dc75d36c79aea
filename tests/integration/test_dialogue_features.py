"""Features of conversations: by hand, on both databases, nothing of what came later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from analytics import columns as c
from analytics.features.dialogues import DIALOGUE, dialogue_features, load_dialogues
from analytics.workspace import open_workspace
from store.engine import Database
from store.tables import complaints, conversations, customers, messages, turns
from tests.support.small_shop import empty_database

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
#: (customer, days ago, sentiment, intent, outcome)
TURNS = [
    ("ana", 90, 0.8, "recommend", "answered"),
    ("ana", 30, -0.6, "complain", "answered"),
    ("ana", 0, -0.9, "talk_to_person", "fallback"),
    ("ben", 10, None, "search_product", "answered"),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    with empty_database(request.param) as made:
        with made.write() as connection:
            connection.execute(
                insert(customers), [{"customer_id": one, "traits": {}} for one in ("ana", "ben", "cleo")]
            )
            for number, (customer, days, sentiment, intent, outcome) in enumerate(TURNS):
                at = NOW - timedelta(days=days)
                ids = {"conversation_id": f"v{number}", "message_id": f"m{number}"}
                connection.execute(
                    insert(conversations).values(
                        conversation_id=f"v{number}",
                        channel="web",
                        customer_id=customer,
                        created_at=at,
                        last_message_at=at,
                    )
                )
                connection.execute(
                    insert(messages).values(**ids, seq=1, author="customer", text="hello", created_at=at)
                )
                connection.execute(
                    insert(turns).values(
                        turn_id=f"t{number}", **ids, customer_id=customer, sentiment=sentiment, intent=intent,
                        outcome=outcome, created_at=at,
                    )
                )  # fmt: skip
            _complaint(connection, "ana", opened=31, resolved=1)
            _complaint(connection, "cleo", opened=5, resolved=None)
        yield made


def _complaint(connection: Any, customer: str, *, opened: int, resolved: int | None) -> None:
    connection.execute(
        insert(complaints).values(
            complaint_id=f"c-{customer}", key=customer, conversation_id="v", customer_id=customer, topic="delivery",
            severity="minor", wish="", note="", times=1, created_at=NOW - timedelta(days=opened),
            resolved_at=None if resolved is None else NOW - timedelta(days=resolved),
        )
    )  # fmt: skip


def features(database: Database, as_of: datetime = NOW) -> dict[str, dict[str, Any]]:
    with open_workspace() as dialogues:
        load_dialogues(database, dialogues)
        return {row[c.CUSTOMER_ID]: row for row in dialogue_features(dialogues, as_of).to_pylist()}


def test_mood_counts_half_after_thirty_days_and_its_slope_is_lately_less_before(database: Database) -> None:
    ana = features(database)["ana"]
    weights = [0.5 ** (90 / 30), 0.5 ** (30 / 30), 0.5**0]
    level = sum(w * m for w, m in zip(weights, (0.8, -0.6, -0.9), strict=True)) / sum(weights)
    assert ana[c.SENTIMENT_LEVEL] == pytest.approx(level)
    assert ana[c.SENTIMENT_SLOPE] == pytest.approx((-0.6 - 0.9) / 2 - 0.8)
    assert (ana[c.TURNS_LATELY], ana[c.UNMET_LATELY]) == (2, 1)
    assert (ana[c.TROUBLE_SHARE], ana[c.SHOPPING_SHARE]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))


def test_complaints_are_open_until_they_are_resolved(database: Database) -> None:
    now, then = features(database), features(database, NOW - timedelta(days=2))
    assert (now["ana"][c.COMPLAINTS_OPEN], now["ana"][c.COMPLAINTS_LATELY]) == (0, 1)
    assert then["ana"][c.COMPLAINTS_OPEN] == 1
    assert now["cleo"][c.COMPLAINTS_OPEN] == 1  # she complained, and nothing else is known of her


def test_a_turn_without_a_mood_leaves_it_unknown(database: Database) -> None:
    ben = features(database)["ben"]
    assert ben[c.SENTIMENT_LEVEL] is None
    assert (ben[c.SENTIMENT_SLOPE], ben[c.TURNS_LATELY], ben[c.SHOPPING_SHARE]) == (0, 1, 1)


def test_what_was_said_later_is_not_known(database: Database) -> None:
    then = features(database, NOW - timedelta(days=60))
    assert set(then) == {"ana"}
    assert then["ana"][c.SENTIMENT_LEVEL] == pytest.approx(0.8)


def test_a_shop_nobody_spoke_to_has_an_empty_table_with_all_columns() -> None:
    with empty_database("sqlite") as database, open_workspace() as dialogues:
        assert load_dialogues(database, dialogues) == 0
        table = dialogue_features(dialogues, NOW)
    assert (table.num_rows, set(table.column_names)) == (0, {c.CUSTOMER_ID, *DIALOGUE})
