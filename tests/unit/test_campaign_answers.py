"""Who answers a campaign: her own answers by hand, few campaigns, a model where many are over, no look ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb
import numpy as np
import pytest

from analytics.prediction.answer_model import fit_answers
from analytics.prediction.campaign_answers import over, predict_answers
from analytics.prediction.campaign_figures import NAMES, askings_of
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
