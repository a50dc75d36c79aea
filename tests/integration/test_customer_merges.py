"""Merging customers and taking it back: everything moves, and everything comes back, to the last row."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from analytics.customers.identity.merging import Key, MergeError, merge
from analytics.customers.identity.undoing import unmerge
from store.engine import Database
from store.memory import memory_database
from store.repositories.merges import merge_rows, merged_away, standing_id
from store.tables import account_details, consents, customers, orders, profiles, reviews, shopping_items
from tests.support.merged_people import NOON, PARTS, add_person, put, whole
from tests.support.small_shop import empty_database

pytestmark = pytest.mark.integration

LATER = NOON + timedelta(days=30)
PEOPLE = ("ana", "ben", "cleo", "dora")


class _DoneError(Exception):
    """Ends a test or an example: nothing of it stays in the database."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    with empty_database(request.param) as made:
        yield made


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with contextlib.suppress(_DoneError), database.write() as opened:
        yield opened
        raise _DoneError


def two(connection: Connection, *parts: str) -> None:
    for number, who in enumerate(("ana", "ben")):
        add_person(connection, who, number, set(parts or PARTS))


def merged(connection: Connection, kept: str, gone: str) -> int:
    return merge(connection, kept, gone, by="a test", at=LATER, key=Key(name="email", value="x@example.org"))


def test_everything_of_one_becomes_the_others(connection: Connection) -> None:
    two(connection)
    merged(connection, "ana", "ben")
    left = {name for name, rows in whole(connection).items() for row in rows if "ben" in row or "customer:ben" in row}
    assert left == set()
    assert sorted(connection.execute(select(orders.c.order_id).where(orders.c.customer_id == "ana")).scalars()) == [
        "o-ana",
        "o-ben",
    ]
    (row,) = merge_rows(connection, "merged")
    assert (row.kept_id, row.merged_id, row.key_name, row.key_value, row.by) == (
        "ana", "ben", "email", "x@example.org", "a test",
    )  # fmt: skip
    assert merged_away(connection) == {"ben": "ana"}


def test_what_there_is_once_is_filled_up(connection: Connection) -> None:
    two(connection)
    merged(connection, "ana", "ben")
    person = connection.execute(select(customers)).one()
    assert (person.name, person.joined_at) == ("Ana", NOON)
    assert person.traits == {"ana": "1", "ben": "1", "both": "ana"}
    profile = connection.execute(select(profiles)).one()
    # ben spoke last; ana had 1 turn, ben 2.
    assert (profile.last_topic, profile.turns, profile.sentiment) == ("about ben", 1 + 2, 0.1)
    assert profile.topics == {"orders": 0 + 1, "ana": 1, "ben": 1}
    assert profile.preferences == {"likes": ["ana", "ben"]}
    assert connection.execute(select(account_details.c.phone)).scalar_one() == "+442079460001"
    assert sorted(connection.execute(select(shopping_items.c.name)).scalars()) == ["Milk", "ana's tea", "ben's tea"]
    assert connection.execute(select(reviews.c.review_id)).scalars().all() == ["r-ben"]


def test_the_stricter_consent_wins(connection: Connection) -> None:
    two(connection, "orders")
    for who, granted, day in (("ana", False, 0), ("ben", True, 1)):
        put(
            connection, "consents", customer_id=who, purpose="newsletter", granted=granted, key=who,
            decided_at=NOON + timedelta(days=day),
        )  # fmt: skip
    before = whole(connection)
    number = merged(connection, "ana", "ben")
    newest = connection.execute(select(consents).order_by(consents.c.decided_at.desc())).first()
    assert newest is not None
    assert (newest.customer_id, newest.granted) == ("ana", False)
    unmerge(connection, number, by="a test", at=LATER)
    assert whole(connection) == before


def test_a_merge_taken_back_leaves_the_database_as_it_was(connection: Connection) -> None:
    two(connection)
    before = whole(connection)
    number = merged(connection, "ana", "ben")
    unmerge(connection, number, by="a test", at=LATER)
    assert whole(connection) == before
    assert merged_away(connection) == {}
    with pytest.raises(MergeError, match="does not hold: it is undone"):
        unmerge(connection, number, by="a test", at=LATER)


def test_an_order_that_came_after_the_merge_stays_where_it_came(connection: Connection) -> None:
    two(connection)
    number = merged(connection, "ana", "ben")
    put(connection, "orders", order_id="new", customer_id="ana", placed_at=LATER, total=1)
    unmerge(connection, number, by="a test", at=LATER)
    found = connection.execute(select(orders.c.order_id).where(orders.c.customer_id == "ana")).scalars()
    assert sorted(found) == ["new", "o-ana"]


def test_what_changed_since_is_refused_or_left_alone_on_request(connection: Connection) -> None:
    two(connection)
    number = merged(connection, "ana", "ben")
    connection.execute(update(profiles).values(turns=9))
    after = whole(connection)
    with pytest.raises(
        MergeError, match=rf"1 rows \(profiles\) were changed since the merge {number}: --keep-changes"
    ) as told:
        unmerge(connection, number, by="a test", at=LATER)
    assert "\n" not in str(told.value)
    assert whole(connection) == after
    unmerge(connection, number, by="a test", at=LATER, keep_changes=True)
    turns = {row.customer_id: row.turns for row in connection.execute(select(profiles))}
    assert turns == {"ana": 9, "ben": 2}


def test_a_merge_within_a_merge_is_taken_back_last(connection: Connection) -> None:
    for number, who in enumerate(PEOPLE):
        add_person(connection, who, number, set(PARTS))
    before = whole(connection)
    first = merged(connection, "ben", "ana")
    second = merged(connection, "cleo", "ben")
    assert standing_id(connection, "ana") == "cleo"
    assert merged_away(connection) == {"ana": "cleo", "ben": "cleo"}
    with pytest.raises(MergeError, match=f"is part of merge {second}: take that one back first"):
        unmerge(connection, first, by="a test", at=LATER)
    unmerge(connection, second, by="a test", at=LATER)
    unmerge(connection, first, by="a test", at=LATER)
    assert whole(connection) == before


@pytest.mark.parametrize(
    ("kept", "gone", "message"),
    [("ana", "ana", "is one customer already"), ("ana", "eve", "no customer eve"), ("eve", "ana", "no customer eve")],
)
def test_what_cannot_be_merged_is_told_in_one_line(kept: str, gone: str, message: str) -> None:
    database = memory_database()
    with database.write() as connection:
        two(connection, "orders")
        before = whole(connection)
        with pytest.raises(MergeError, match=message):
            merged(connection, kept, gone)
        assert whole(connection) == before


def test_a_customer_who_was_merged_is_named_by_whom_she_is_part_of() -> None:
    database = memory_database()
    with database.write() as connection:
        for number, who in enumerate(PEOPLE[:3]):
            add_person(connection, who, number, {"orders"})
        merged(connection, "ana", "ben")
        with pytest.raises(MergeError, match="no customer ben: she is part of ana already"):
            merged(connection, "cleo", "ben")


PERSON = st.sets(st.sampled_from(PARTS))


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    made = memory_database()
    yield made
    made.close()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(PERSON, min_size=4, max_size=4),
    st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_merges_taken_back_in_any_order_give_the_same_database_or_a_refusal(
    empty: Database, people: list[set[str]], pairs: list[tuple[str, str]], chance: Random
) -> None:
    with contextlib.suppress(_DoneError), empty.write() as connection:
        for number, (who, parts) in enumerate(zip(PEOPLE, people, strict=True)):
            add_person(connection, who, number, parts)
        start = whole(connection)
        waiting = []
        for kept, gone in pairs:
            with contextlib.suppress(MergeError):
                waiting.append(merged(connection, kept, gone))
        chance.shuffle(waiting)
        while waiting:
            held = [number for number in waiting if not _taken_back(connection, number)]
            # The latest can always be taken back, so every round gets on.
            assert len(held) < len(waiting)
            waiting = held
        assert whole(connection) == start
        raise _DoneError


def _taken_back(connection: Connection, number: int) -> bool:
    before = whole(connection)
    refusal = None
    try:
        unmerge(connection, number, by="a test", at=LATER)
    except MergeError as error:
        refusal = str(error)
    if refusal is None:
        return True
    assert "take that one back first" in refusal
    assert whole(connection) == before
    return False
