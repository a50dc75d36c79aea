"""Ratings of chats on both databases: asked once, also by two processes at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.ratings.service import SqlRatingService
from store.engine import Database
from store.repositories.ratings import scores_counted
from tests.support.databases import migrated_database
from tests.support.order_store import NOW, stored

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        yield opened


@pytest.fixture
def ratings(database: Database) -> SqlRatingService:
    return SqlRatingService(database, clock=lambda: NOW)


def test_of_several_that_ask_at_once_one_may(ratings: SqlRatingService) -> None:
    start, asked = threading.Barrier(4), []

    def ask() -> None:
        start.wait()
        asked.append(ratings.ask("c", "ana"))

    hands = [threading.Thread(target=ask) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert sorted(asked) == [False, False, False, True]


def test_a_score_may_be_changed_and_comments_are_joined(database: Database, ratings: SqlRatingService) -> None:
    ratings.rate("c", None, 2)
    ratings.rate("c", None, 4)
    for text in ("too slow", "but friendly", "too slow"):
        ratings.comment("c", None, text)
    rating = ratings.of_conversation("c")
    assert rating is not None
    assert (rating.score, rating.comment) == (4, "too slow\nbut friendly")
    with database.read() as connection:
        assert scores_counted(connection) == {4: 1}


def test_who_declines_has_no_score(database: Database, ratings: SqlRatingService) -> None:
    assert ratings.ask("c", "ana")
    ratings.decline("c")
    assert not ratings.ask("c", "ana")
    assert stored(database, "chat_ratings", "customer_id", "score", "declined") == [("ana", None, True)]


def test_a_score_is_one_to_five(ratings: SqlRatingService) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        ratings.rate("c", None, 0)


def test_an_unasked_conversation_has_nothing(ratings: SqlRatingService) -> None:
    assert ratings.of_conversation("c") is None
