"""Figures of a customer who is asked by a campaign, as of the moment she is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb
import numpy as np

from analytics.prediction.visits import Floats, Ints

#: Days before the asking over which orders, money and products are looked at.
LOOK_BACK = 90
#: Askings that the share of all answers counts for, beside a customer's own.
_PRIOR_ASKED = 3.0
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)

NAMES = (
    "orders", "orders_lately", "silence", "money", "discount_share", "covered_lines", "covered_share",
    "covered_products", "answer_share", "answers", "answered_lately", "asked", "products", "days", "reached",
)  # fmt: skip

_QUERY = f"""
WITH spoken AS (
    SELECT row_number() OVER (ORDER BY asked_at, campaign_id, customer_id) - 1 AS number, *
    FROM asked WHERE asked_at <= $now
), bought AS (
    SELECT s.number, count(*) AS orders, count(*) FILTER (o.placed_at > s.asked_at - INTERVAL 30 DAY) AS lately,
           max(o.placed_at) AS last, sum(o.total) AS money, sum(o.discount) AS discount
    FROM spoken s JOIN orders o ON o.customer_id = s.customer_id AND o.placed_at <= s.asked_at
         AND o.placed_at > s.asked_at - INTERVAL {LOOK_BACK} DAY
    GROUP BY s.number
), products_of AS (
    SELECT campaign_id, count(DISTINCT product_id) AS products FROM asked_products GROUP BY campaign_id
), reach AS (
    SELECT campaign_id, asked_at, count(*) AS reached FROM spoken GROUP BY campaign_id, asked_at
), taken AS (
    SELECT s.number, count(*) AS all_lines, count(p.product_id) AS covered, count(DISTINCT p.product_id) AS kinds
    FROM spoken s JOIN orders o ON o.customer_id = s.customer_id AND o.placed_at <= s.asked_at
         AND o.placed_at > s.asked_at - INTERVAL {LOOK_BACK} DAY
    JOIN lines l USING (order_id)
    LEFT JOIN asked_products p ON p.campaign_id = s.campaign_id AND p.product_id = l.product_id
    GROUP BY s.number
), earlier AS (
    SELECT s.number, count(*) AS asked, count(*) FILTER (e.answered_at <= s.asked_at) AS answers,
           max(CASE WHEN e.answered_at <= s.asked_at THEN e.answered_at END) AS answered
    FROM spoken s JOIN spoken e ON e.customer_id = s.customer_id AND e.asked_at < s.asked_at
    GROUP BY s.number
)
SELECT s.customer_id, epoch(s.asked_at) / 86400.0 AS asked_day, epoch(s.until_at) / 86400.0 AS until_day,
       epoch(s.answered_at) / 86400.0 AS answered_day,
       coalesce(b.orders, 0)::DOUBLE AS orders, coalesce(b.lately, 0)::DOUBLE AS lately,
       coalesce(epoch(s.asked_at - b.last) / 86400.0, {LOOK_BACK}) AS silence,
       coalesce(b.money, 0)::DOUBLE AS money, coalesce(b.discount, 0)::DOUBLE AS discount,
       coalesce(t.all_lines, 0)::DOUBLE AS all_lines, coalesce(t.covered, 0)::DOUBLE AS covered,
       coalesce(t.kinds, 0)::DOUBLE AS kinds, coalesce(e.asked, 0)::DOUBLE AS times_asked,
       coalesce(e.answers, 0)::DOUBLE AS answers,
       epoch(s.asked_at - e.answered) / 86400.0 AS since_answer, coalesce(p.products, 0)::DOUBLE AS products,
       r.reached::DOUBLE AS reached
FROM spoken s LEFT JOIN bought b USING (number) LEFT JOIN taken t USING (number) LEFT JOIN earlier e USING (number)
LEFT JOIN products_of p USING (campaign_id) JOIN reach r USING (campaign_id, asked_at)
ORDER BY s.number
"""  # noqa: S608  (the numbers are our own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Askings:
    """Everybody a campaign spoke to, one entry each; days since 1970 in UTC.

    `answered` is the day of the answer, nan where there was none by then.
    """

    customers: tuple[str, ...]
    who: Ints
    asked: Floats
    until: Floats
    answered: Floats
    #: Columns as `NAMES`; finite.
    figures: Floats
    #: Of each entry: times asked and answers before it, days since her last answer (nan), covered lines lately.
    times_asked: Floats
    answers: Floats
    since_answer: Floats
    covered: Floats


def askings_of(sales: duckdb.DuckDBPyConnection, now: datetime) -> Askings:
    """Compute the figures of every asking up to `now` (aware); what came after an asking is not in its figures.

    Parameters
    ----------
    sales : a connection with the tables of `analytics.features.sales.load_sales`, and beside them `asked`
        (campaign_id, customer_id, asked_at, until_at, answered_at or NULL; naive UTC) and `asked_products`
        (campaign_id, product_id): what a campaign spoke of.
    """
    moment = now.astimezone(UTC).replace(tzinfo=None)
    found: dict[str, Any] = {
        name: np.ma.filled(values, np.nan) if np.ma.isMaskedArray(values) else values
        for name, values in sales.execute(_QUERY, {"now": moment}).fetchnumpy().items()
    }
    customers, who = np.unique(np.asarray(found["customer_id"], dtype=np.str_), return_inverse=True)
    numbers = {name: np.asarray(values, dtype=np.float64) for name, values in found.items() if name != "customer_id"}
    answered = np.where(numbers["answered_day"] <= (now - _UNIX).total_seconds() / 86_400, numbers["answered_day"],
                        np.nan)  # fmt: skip
    return Askings(
        customers=tuple(customers.tolist()),
        who=who.astype(np.int64),
        asked=numbers["asked_day"],
        until=numbers["until_day"],
        answered=answered,
        figures=_figures(numbers),
        times_asked=numbers["times_asked"],
        answers=numbers["answers"],
        since_answer=numbers["since_answer"],
        covered=numbers["covered"],
    )


def _figures(numbers: dict[str, Floats]) -> Floats:
    """Give the columns `NAMES`: counts as logs, shares drawn to what is usual."""
    asked, answers = numbers["times_asked"], numbers["answers"]
    money, discount = np.maximum(numbers["money"], 0), np.maximum(numbers["discount"], 0)
    usual = answers.sum() / max(asked.sum(), 1.0)
    since = numbers["since_answer"]
    columns = (
        np.log1p(numbers["orders"]), np.log1p(numbers["lately"]), np.log1p(np.maximum(numbers["silence"], 0)),
        np.log1p(money), discount / (money + discount + 1), np.log1p(numbers["covered"]),
        numbers["covered"] / (numbers["all_lines"] + 10), np.log1p(numbers["kinds"]),
        (answers + _PRIOR_ASKED * usual) / (asked + _PRIOR_ASKED), np.log1p(answers),
        np.where(np.isnan(since), 0.0, 1 / (1 + np.nan_to_num(since) / 30)), np.log1p(asked),
        np.log1p(numbers["products"]), np.log1p(np.maximum(numbers["until_day"] - numbers["asked_day"], 0)),
        np.log1p(numbers["reached"]),
    )  # fmt: skip
    return np.column_stack(columns)
