"""Reviews on both databases: one of a product, whoever asks twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.reviews.service import SqlReviewService
from store.engine import Database
from store.repositories.reviews import review_texts
from store.tables import outside_reviews
from tests.support.databases import migrated_database
from tests.support.demo_shop import ORDERS
from tests.support.order_store import NOW, fill, stored

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        fill(opened, {"ana": ORDERS, "ben": ()})
        yield opened


def reviews_on(database: Database) -> SqlReviewService:
    return SqlReviewService(database, clock=lambda: NOW)


def write(database: Database, key: str, stars: int, text: str = "", product_id: str = "103") -> bool:
    service = reviews_on(database)
    return service.write("ana", product_id, stars=stars, text=text, sentiment=0.5, key=key)


def test_what_she_bought_may_be_reviewed_the_latest_first(database: Database) -> None:
    assert [product.product_id for product in reviews_on(database).bought("ana")] == ["101", "102", "103", "105"]
    assert reviews_on(database).bought("ben") == []


def test_a_review_from_several_windows_at_once_is_one(database: Database) -> None:
    start = threading.Barrier(4)

    def review(number: int) -> None:
        start.wait()
        write(database, f"key-{number}", 4, "good")

    hands = [threading.Thread(target=review, args=(number,)) for number in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert stored(database, "reviews", "customer_id", "product_id", "stars", "text") == [("ana", "103", 4, "good")]


def test_the_same_key_again_changes_nothing_another_one_changes_it(database: Database) -> None:
    assert write(database, "first", 5, "loved it")
    assert write(database, "first", 1, "a replay")
    (review,) = reviews_on(database).of_customer("ana")
    assert (review.stars, review.text) == (5, "loved it")
    assert write(database, "second", 2)
    (review,) = reviews_on(database).of_customer("ana")
    assert (review.stars, review.text) == (2, "")
    assert stored(database, "reviews", "sentiment") == [(None,)]


def test_what_was_never_bought_is_not_reviewed(database: Database) -> None:
    assert not write(database, "key", 5, "nice", product_id="104")
    assert reviews_on(database).of_customer("ana") == []


def test_stars_are_one_to_five(database: Database) -> None:
    with pytest.raises(ValueError, match="1 to 5 stars"):
        write(database, "key", 6)


def test_words_of_reviews_are_read_of_each_product_the_latest_first_up_to_a_bound(database: Database) -> None:
    write(database, "a", 5, "crisp and fresh")
    write(database, "b", 1, "", "101")
    elsewhere = {"site": "marketplace", "product_id": "103", "stars": 2}
    with database.write() as connection:
        for days in (1, 2, 3):
            values = elsewhere | {"text": f"old by {days} days", "written_at": NOW - timedelta(days=days)}
            connection.execute(insert(outside_reviews).values(review_id=f"r{days}", **values))
    with database.read() as connection:
        assert list(review_texts(connection, most=3, letters=8)) == [
            ("103", "crisp an"),
            ("103", "old by 1"),
            ("103", "old by 2"),
        ]
