"""Who answers a campaign: her own answers by hand, few campaigns, a model where many are over, no look ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb
import numpy as np
import pytest

from analytics.prediction.answer_card import answer_card
from analytics.prediction.answer_model import fit_answers
from analytics.prediction.campaign_answers import over, predict_answers
from analytics.prediction.campaign_figures import NAMES, Askings, askings_of
from tests.support.little_sales import sales_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
ORDERS = [
    ("o1", "ana", "2026-01-20T10:00:00", 30.0),
    ("o2", "ana", "2026-02-20T10:00:00", 10.0),
    ("o3", "ben", "2026-02-25T10:00:00", 5.0),
]
LINES = [("o1", "m"), ("o1", "b"), ("o2", "m"), ("o3", "t")]
#: (campaign, customer, asked, until, answered)
ASKED = [
    ("c1", "ana", "2026-02-01", "2026-02-15", "2026-02-05"),
    ("c1", "ben", "2026-02-01", "2026-02-15", None),
    ("c2", "ana", "2026-03-01", "2026-03-20", None),
]


@contextmanager
def campaigns(asked: Sequence[tuple[str, str, str, str, str | None]]) -> Iterator[duckdb.DuckDBPyConnection]:
    with sales_of(ORDERS, LINES, [("m", "milk"), ("b", "bread"), ("t", "tea")]) as sales:
        sales.execute(
            "CREATE TABLE asked (campaign_id VARCHAR, customer_id VARCHAR, asked_at TIMESTAMP, until_at TIMESTAMP, "
            "answered_at TIMESTAMP)"
        )
        sales.execute("CREATE TABLE asked_products AS SELECT unnest(['c1', 'c2']) AS campaign_id, 'm' AS product_id")
        for row in asked:
            sales.execute("INSERT INTO asked VALUES (?, ?, ?, ?, ?)", list(row))
        yield sales


def test_figures_of_an_asking_are_those_before_it() -> None:
    with campaigns(ASKED) as sales:
        found = askings_of(sales, NOW)
    place = next(at for at, who in enumerate(found.who) if found.customers[who] == "ana" and found.times_asked[at])
    figures = dict(zip(NAMES, found.figures[place].tolist(), strict=True))
    assert figures["orders"] == pytest.approx(np.log1p(2))
    assert figures["money"] == pytest.approx(np.log1p(30 + 10))
    assert figures["covered_lines"] == pytest.approx(np.log1p(2))  # milk in both orders
    assert figures["covered_share"] == pytest.approx(2 / (3 + 10))
    assert figures["answer_share"] == pytest.approx((1 + 3 * (1 / 1)) / (1 + 3))  # all that were asked before answered
    assert found.since_answer[place] == pytest.approx(24)  # 5 February to 1 March
    assert np.isfinite(found.figures).all()


def test_an_asking_still_open_is_neither_answered_nor_refused() -> None:
    with campaigns(ASKED) as sales:
        found = askings_of(sales, NOW)
    past, answered = over(found, NOW.timestamp() / 86_400)
    assert (past.tolist().count(True), answered.sum()) == (2, 1)


def test_an_answer_after_the_moment_is_not_known() -> None:
    with campaigns(ASKED) as sales:
        found = askings_of(sales, datetime(2026, 2, 3, tzinfo=UTC))
    assert np.isnan(found.answered).all()


def test_with_few_campaigns_her_answers_are_drawn_to_the_shops() -> None:
    with campaigns(ASKED) as sales:
        found = predict_answers(sales, NOW)
        rows = sales.execute("SELECT count(*) FROM asked").fetchone()
    usual = (1 + 0.03 * 50) / (2 + 50)
    assert found["ana"].value == pytest.approx((1 + 10 * usual) / (2 + 10), abs=1e-4)
    assert found["ben"].value == pytest.approx((0 + 10 * usual) / (1 + 10), abs=1e-4)
    assert (found["ana"].basis, found["ben"].basis) == ("history", "shop")
    assert found["ana"].reason == (
        "answered 1 of 2 campaigns, the last 34 days ago; bought 2 things of its kind in 90 days"
    )
    assert found["ben"].reason == "answered none of 1 campaign; bought nothing of its kind in 90 days"
    assert rows == (3,)  # the campaign that was only thought of is gone


def test_a_shop_that_never_asked_gets_no_prediction() -> None:
    with campaigns([]) as sales:
        assert predict_answers(sales, NOW) == {}


def test_the_model_finds_who_answers_and_its_level_follows_the_latest_campaigns() -> None:
    random = np.random.default_rng(0)
    figures = random.normal(size=(3000, 3))
    answered = (random.random(3000) < 1 / (1 + np.exp(-(figures[:, 0] - 2)))).astype(np.float64)
    model = fit_answers(figures[:2000], answered[:2000])
    chances = model.chances(figures[2000:])
    assert chances.mean() == pytest.approx(answered[2000:].mean(), abs=0.03)
    top = np.argsort(-chances)[:100]
    assert answered[2000:][top].mean() > 2 * answered[2000:].mean()


def four_campaigns(share: float) -> Askings:
    """Four campaigns of 400 customers each, ten days apart and open for five; orders tell who is inclined to answer."""
    random = np.random.default_rng(1)
    figures = random.normal(size=(1600, len(NAMES)))
    answered = random.random(1600) < share / (1 + np.exp(-2 * figures[:, NAMES.index("orders")]))
    asked = np.repeat(np.arange(4) * 10.0, 400)
    nothing = np.zeros(1600)
    return Askings(
        customers=tuple(f"c{number}" for number in range(400)), who=np.tile(np.arange(400), 4), asked=asked,
        until=asked + 5, answered=np.where(answered, asked + 1, np.nan), figures=figures, times_asked=nothing,
        answers=nothing, since_answer=nothing, covered=nothing,
    )  # fmt: skip


def test_the_card_measures_the_last_campaign_learned_from_those_before() -> None:
    card = answer_card(four_campaigns(0.5), 36.0)
    assert card is not None
    answers = int(np.isfinite(four_campaigns(0.5).answered[1200:]).sum())
    since = "since 31 January 1970"
    assert card.limits[0] == f"Measured once, on 400 times that somebody was asked {since}; {answers} answered."
    assert card.metrics["answer_auc"] > 0.7 > card.baselines["her answers so far"]["answer_auc"]
    assert card.baselines["average"]["answer_auc"] == 1 / 2
    assert sum(point[2] for point in card.curves["calibration"]) == 400
    assert card.curves["gain"][-1] == [1.0, 1.0]


def test_the_last_campaign_is_not_looked_at_before_it_is_over() -> None:
    card = answer_card(four_campaigns(0.5), 34.0)
    assert card is not None
    assert "since 21 January 1970" in card.limits[0]


def test_few_answers_have_no_card() -> None:
    assert answer_card(four_campaigns(0.01), 36.0) is None
    with campaigns(ASKED) as sales:
        assert answer_card(askings_of(sales, NOW), NOW.timestamp() / 86_400) is None
