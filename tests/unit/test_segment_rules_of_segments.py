"""Segments stated as rules: right where the segments are boxes, rounded to what people say."""

from __future__ import annotations

import numpy as np

from analytics import columns as c
from analytics.segmentation.describing import Customers
from analytics.segmentation.engines import summaries_of
from analytics.segmentation.figures import HABITS
from analytics.segmentation.outliers import SAID, standing_apart
from analytics.segmentation.rules.wording import said
from analytics.segmentation.surrogate import state_rules
from analytics.segmentation.updating import settled


def shop() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(5)
    frequency = draw.integers(1, 13, 400).astype(float)
    recency = np.tile(np.arange(200.0), 2)
    return {c.RECENCY_DAYS: recency, c.FREQUENCY: frequency, c.MONETARY: frequency * draw.uniform(10, 30, 400)}


def test_segments_that_are_boxes_are_stated_exactly_as_a_marketer_would() -> None:
    columns = shop()
    loyal = (columns[c.FREQUENCY] >= 6) & (columns[c.RECENCY_DAYS] <= 40)
    stated = state_rules(columns, (), np.where(loyal, 1, 2))
    assert said(stated.rules[0].condition) == "ordered within the last 40 days and ordered at least 6 times"
    assert stated.rules[0].recall >= 0.98
    assert stated.fidelity >= 0.98


def test_one_order_reads_as_once_and_shares_as_percent() -> None:
    assert said({"feature": c.FREQUENCY, "at_most": 1}) == "ordered at most once"
    assert said({"feature": c.FREQUENCY, "at_least": 1, "at_most": 1}) == "ordered once"
    assert said({"feature": c.DISCOUNT_SHARE, "at_least": 0.25}) == "discounts of at least 25%"
    assert said({"all": [{"any": [{"segment": 1}, {"segment": 2}]}, {"feature": "x", "at_most": 3}]}) == (
        "(in segment 1, or in segment 2) and x at most 3"
    )


def test_who_stands_apart_is_told_with_the_figure_that_sets_her_apart() -> None:
    columns = shop()
    columns[c.MONETARY][7] = 900_000.0
    told = dict(standing_apart(columns, c.RFM, 0))
    assert told[7] == "spent more than 99.7% of customers"  # more than 399 of 400 = 99.75 %, never rounded up


def test_few_customers_have_nobody_who_stands_apart() -> None:
    assert standing_apart({name: values[:20] for name, values in shop().items()}, c.RFM, 0) == []


def test_classes_are_told_of_those_who_were_scored() -> None:
    scored = {c.RECENCY_SCORE: 5, c.FREQUENCY_SCORE: 5, c.MONETARY_SCORE: 4}
    customers = Customers.of([("a", 1.0, 9, 90.0, scored), ("b", 1.0, 9, 90.0, "{}")])
    summaries = summaries_of(customers.members(np.array([1, 1])))
    assert summaries is not None
    assert summaries.everybody.classes == {"Champions": 1}


def test_a_customer_between_two_segments_stays_where_she_is() -> None:
    class Two:
        ids = (4, 9)

        def distances_of(self, points: np.ndarray) -> np.ndarray:
            return points

    distances = np.array([[1.0, 0.95], [1.0, 0.84], [1.0, 0.5], [1.0, 0.95]])
    present = np.array([4, 4, 4, 0])
    # 0.95 is not clearly nearer, 0.84 is (by 16 %, 15 are asked); who had no segment goes to the nearest.
    assert settled(Two(), distances, present).tolist() == [4, 9, 9, 9]  # type: ignore[arg-type]


def test_what_sets_customers_apart_is_said_in_words_whatever_the_figure() -> None:
    assert SAID.keys() == {*c.RFM, *HABITS}
    columns = shop() | {c.TENURE_DAYS: np.append(np.full(len(shop()[c.MONETARY]) - 1, 400.0), 1.0)}
    columns[c.TENURE_DAYS][:-1] += np.arange(len(columns[c.TENURE_DAYS]) - 1) % 50
    told = dict(standing_apart(columns, (c.MONETARY, c.TENURE_DAYS), 0))
    last = len(columns[c.TENURE_DAYS]) - 1
    assert told[last].startswith("has been a customer for a shorter time than 99.")
