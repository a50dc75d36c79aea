"""What words of taste are worth in a shop: learned from what was bought after them, and used in its lists."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from sqlalchemy import insert

from analytics.artifacts.registry import ArtifactRegistry
from analytics.jobs.build_recommender import build_recommender
from analytics.recommendation.artifact import NAME, from_arrays
from analytics.recommendation.hearing import MOMENTS, PRIOR, PRIOR_WORTH, UNHEARD, Said, Words, hear
from analytics.recommendation.purchases import Purchases
from analytics.recommendation_records import RecommendContext
from analytics.records import Recommendation
from analytics.service import ShopAnalytics
from store.repositories.profiles import ProfileRow, save_profile
from store.tables import conversations, messages, turns
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop, ago

#: Two things of one product each: product 0 is thing 0, product 1 is thing 1; product 2 is neither.
THINGS = sparse.csr_matrix(np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
#: Between the first moment that is asked, 39 days ago, and its horizon.
NEXT, BEFORE = 20.0, 50.0


def bought(*lines: tuple[int, int, float]) -> Purchases:
    """Give purchases of (customer, product, days ago), each a basket of its own."""
    customer, product, age = (np.array(column) for column in zip(*lines, strict=True))
    return Purchases(
        customers=np.array([f"c{number}" for number in range(int(customer.max()) + 1)]),
        customer=customer.astype(np.int32),
        product=product.astype(np.int32),
        basket=np.arange(len(lines), dtype=np.int32),
        age=age.astype(np.float32),
    )


def said(*likes: int, age: float = BEFORE) -> list[Said]:
    """Customer 0 likes the first thing named, customer 1 the second …"""
    return [Said(customer, age, thing) for customer, thing in enumerate(likes)]


def test_who_buys_what_she_named_and_not_what_others_named_shows_that_words_count() -> None:
    words = hear(said(0, 1), THINGS, bought((0, 0, NEXT), (1, 1, NEXT)))
    assert words == Words(heard=2, followed=2.0, expected=0.0)
    assert words.gain == 1.0
    assert words.worth(0.5) == pytest.approx((PRIOR * PRIOR_WORTH + 2 / 0.5) / (PRIOR + 2))


def test_who_buys_what_others_named_shows_that_they_do_not() -> None:
    words = hear(said(0, 1), THINGS, bought((0, 1, NEXT), (1, 0, NEXT)))
    assert words == Words(heard=2, followed=0.0, expected=2.0)
    assert words.gain == -1.0
    assert words.worth(0.5) == pytest.approx((PRIOR * PRIOR_WORTH - 2 / 0.5) / (PRIOR + 2))


def test_what_she_bought_lately_is_no_evidence() -> None:
    assert hear(said(0, 1), THINGS, bought((0, 0, 60.0), (0, 0, NEXT), (1, 2, NEXT))).followed == 0.0


def test_the_newest_like_counts() -> None:
    told = [Said(0, 60.0, 1), Said(0, BEFORE, 0), Said(1, BEFORE, 1)]
    assert hear(told, THINGS, bought((0, 0, NEXT), (1, 2, NEXT))).followed == 1.0


def test_what_is_said_after_a_moment_is_not_known_then() -> None:
    assert hear(said(0, 1, age=min(MOMENTS) - 1), THINGS, bought((0, 0, NEXT), (1, 1, NEXT))) == UNHEARD


def test_one_who_speaks_alone_tells_nothing() -> None:
    assert hear(said(0), THINGS, bought((0, 0, NEXT))) == UNHEARD


def test_without_words_the_prior_stands() -> None:
    assert hear([], THINGS, bought((0, 0, NEXT))).worth(0.5) == PRIOR_WORTH
    assert UNHEARD.worth(0.05) == PRIOR_WORTH, "half of the best, however small its chance"
    assert UNHEARD.worth(0.0) == 0.0, "nothing is ranked"


def test_words_that_mean_nothing_end_at_nothing() -> None:
    assert Words(heard=10_000, followed=300.0, expected=400.0).worth(0.3) == 0.0


# In the shop


@pytest.fixture
def shop() -> SmallShop:
    """Twelve who buy bread; the first six also buy, next after they said they like it, jam or tea."""
    shop = SmallShop()
    for product_id in ("bread", "milk", "eggs", "jam", "tea"):
        shop.product(product_id, product_id.capitalize(), category=f"{product_id} shelf")
    for number in range(12):
        who = f"c{number:02}"
        shop.customer(who)
        for days in (110, 80, 52, 3):
            shop.order(who, ["bread", "milk", "eggs"], days=days)
    return shop


def says(shop: SmallShop, who: str, text: str, days: float) -> None:
    conversation, message = str(uuid.uuid4()), str(uuid.uuid4())
    common = {"conversation_id": conversation, "created_at": ago(days)}
    with shop.database.write() as connection:
        connection.execute(insert(conversations).values(
            **common, customer_id=who, channel="widget", owner="bot", last_message_at=ago(days),
        ))  # fmt: skip
        connection.execute(insert(messages).values(
            **common, message_id=message, seq=1, author="customer", text=text, payload={},
        ))  # fmt: skip
        connection.execute(insert(turns).values(
            **common, turn_id=str(uuid.uuid4()), message_id=message, customer_id=who, intent="state_preference",
            outcome="answered",
        ))  # fmt: skip


def analytics_where(shop: SmallShop, folder: Path, *, likes: Sequence[str]) -> ShopAnalytics:
    """Train the shop and open it, with the newest customer liking things."""
    profile = ProfileRow(
        customer_id="c11", sentiment=None, sentiment_slope=0.0, turns=1, topics={}, last_contact_at=NOW,
        last_topic=None,
        preferences={"likes": list(likes)},
    )  # fmt: skip
    with shop.database.write() as connection:
        save_profile(connection, profile)
    build_recommender(shop.database, folder, NOW, lambda _step, _share: None)
    return analytics_of(shop, folder)


def words_in_use(shop: SmallShop, folder: Path) -> Words:
    return from_arrays(ArtifactRegistry(shop.database, folder).load(NAME).arrays()).words


def ids(shown: list[Recommendation]) -> list[str]:
    return [one.product.product_id for one in shown]


def test_the_job_learns_it_from_what_was_said_in_conversations(shop: SmallShop, tmp_path: Path) -> None:
    for number, thing in enumerate(("jam", "tea") * 3):
        says(shop, f"c{number:02}", f"I really like {thing}", days=45)
        shop.order(f"c{number:02}", [thing], days=NEXT)
    says(shop, "c07", "I don't like jam", days=45)
    analytics_where(shop, tmp_path, likes=[])
    assert words_in_use(shop, tmp_path) == Words(heard=6, followed=6.0, expected=0.0)


def test_where_nobody_spoke_what_she_likes_has_the_last_place(shop: SmallShop, tmp_path: Path) -> None:
    shown = analytics_where(shop, tmp_path, likes=["jam"]).recommend("c11")
    assert ids(shown)[2] == "jam"
    assert shown[2].reason.text == "you told me you like jam"


def test_where_words_turned_out_to_mean_nothing_habits_keep_the_list(shop: SmallShop, tmp_path: Path) -> None:
    for number, (thing, other) in enumerate([("jam", "tea"), ("tea", "jam")] * 5):
        says(shop, f"c{number:02}", f"I really like {thing}", days=45)
        shop.order(f"c{number:02}", [other], days=NEXT)
    shown = analytics_where(shop, tmp_path, likes=["jam"]).recommend("c11")
    assert words_in_use(shop, tmp_path) == Words(heard=10, followed=0.0, expected=10.0)
    assert "jam" not in ids(shown)


def test_what_she_is_looking_for_now_comes_first_all_the_same(shop: SmallShop, tmp_path: Path) -> None:
    for number, (thing, other) in enumerate([("jam", "tea"), ("tea", "jam")] * 5):
        says(shop, f"c{number:02}", f"I really like {thing}", days=45)
        shop.order(f"c{number:02}", [other], days=NEXT)
    analytics = analytics_where(shop, tmp_path, likes=["jam"])
    shown = analytics.recommend("c11", RecommendContext(wanted=("tea",)))
    assert (shown[0].product.product_id, shown[0].reason.kind) == ("tea", "asked_for")
