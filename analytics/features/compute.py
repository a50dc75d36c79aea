"""All features of all customers in one DuckDB query."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import duckdb

from analytics import columns as c
from store.repositories.bulk import Row

#: Columns of the query that are not behaviour.
_OWN = (c.CUSTOMER_ID, *c.RFM)

_QUERY = f"""
WITH timed AS (
    SELECT *, timezone($zone, timezone('UTC', placed_at)) AS local FROM orders WHERE placed_at <= $now
), per_customer AS (
    SELECT customer_id,
           date_diff('second', max(placed_at), $now) / 86400.0 AS {c.RECENCY_DAYS},
           count(*) AS {c.FREQUENCY},
           sum(total) AS {c.MONETARY},
           round(avg(total), 2) AS {c.BASKET_VALUE},
           CASE WHEN count(*) > 1
                THEN round(date_diff('second', min(placed_at), max(placed_at)) / 86400.0 / (count(*) - 1), 1)
           END AS {c.DAYS_BETWEEN_ORDERS},
           round(coalesce(sum(discount) / nullif(sum(total) + sum(discount), 0), 0), 3) AS {c.DISCOUNT_SHARE},
           round(avg(CASE WHEN isodow(local) >= 6 THEN 1 ELSE 0 END), 3) AS {c.WEEKEND_SHARE},
           strftime(min(local), '%Y-%m-%d') AS {c.FIRST_ORDER},
           strftime(max(local), '%Y-%m-%d') AS {c.LAST_ORDER},
           count(*) FILTER (placed_at > $now - INTERVAL 90 DAY) AS {c.ORDERS_LAST_90_DAYS},
           count(*) FILTER (placed_at <= $now - INTERVAL 90 DAY AND placed_at > $now - INTERVAL 180 DAY)
               AS {c.ORDERS_90_DAYS_BEFORE}
    FROM timed GROUP BY customer_id
), hours AS (
    SELECT customer_id, hour(local) AS {c.USUAL_HOUR} FROM timed GROUP BY customer_id, {c.USUAL_HOUR}
    QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY count(*) DESC, {c.USUAL_HOUR}) = 1
), daytimes AS (
    SELECT customer_id,
           CASE WHEN hour(local) BETWEEN 5 AND 11 THEN 'morning' WHEN hour(local) BETWEEN 12 AND 16 THEN 'afternoon'
                WHEN hour(local) BETWEEN 17 AND 21 THEN 'evening' ELSE 'night' END AS {c.USUAL_TIME}
    FROM timed GROUP BY customer_id, {c.USUAL_TIME}
    QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY count(*) DESC, {c.USUAL_TIME}) = 1
), bought AS (
    SELECT t.customer_id, p.category, p.department, count(*) AS lines
    FROM lines l JOIN timed t USING (order_id) LEFT JOIN products p USING (product_id) GROUP BY ALL
), categories AS (
    SELECT customer_id, category, sum(lines) AS lines,
           row_number() OVER (PARTITION BY customer_id ORDER BY sum(lines) DESC, category) AS place
    FROM bought WHERE category IS NOT NULL GROUP BY customer_id, category
), departments AS (
    SELECT customer_id, department AS {c.FAVOURITE_DEPARTMENT}
    FROM bought WHERE department IS NOT NULL GROUP BY customer_id, department
    QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY sum(lines) DESC, department) = 1
), tastes AS (
    SELECT customer_id, max(category) FILTER (place = 1) AS {c.FAVOURITE_CATEGORY},
           list(category ORDER BY place) FILTER (place <= 5) AS {c.FAVOURITE_CATEGORIES},
           count(*) AS {c.CATEGORIES_BOUGHT}
    FROM categories GROUP BY customer_id
), sizes AS (
    SELECT customer_id, sum(lines) AS lines FROM bought GROUP BY customer_id
)
SELECT p.*, round(coalesce(s.lines, 0) / p.{c.FREQUENCY}, 1) AS {c.LINES_PER_ORDER},
       h.{c.USUAL_HOUR}, d.{c.USUAL_TIME}, f.{c.FAVOURITE_DEPARTMENT}, t.{c.FAVOURITE_CATEGORY},
       t.{c.FAVOURITE_CATEGORIES}, coalesce(t.{c.CATEGORIES_BOUGHT}, 0) AS {c.CATEGORIES_BOUGHT},
       ceil(5 * cume_dist() OVER (ORDER BY p.{c.RECENCY_DAYS} DESC))::INTEGER AS {c.RECENCY_SCORE},
       ceil(5 * cume_dist() OVER (ORDER BY p.{c.FREQUENCY}))::INTEGER AS {c.FREQUENCY_SCORE},
       ceil(5 * cume_dist() OVER (ORDER BY p.{c.MONETARY}))::INTEGER AS {c.MONETARY_SCORE}
FROM per_customer p
LEFT JOIN hours h USING (customer_id) LEFT JOIN daytimes d USING (customer_id)
LEFT JOIN departments f USING (customer_id) LEFT JOIN tastes t USING (customer_id) LEFT JOIN sizes s USING (customer_id)
ORDER BY p.customer_id
"""  # noqa: S608  (the names are our own)


def compute_features(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str) -> list[Row]:
    """Compute the features of every customer who ordered before `now`.

    Parameters
    ----------
    sales : a connection with the tables of `load_sales`.
    now : aware; recency is counted from here.
    timezone : the shop's zone, in which hours and weekends are told.

    Returns
    -------
    list of (customer id, recency in days, orders, money spent, behaviour as JSON text), by customer id.
        Behaviour holds what is known only: no days between orders for a single order.
    """
    moment = now.astimezone(UTC).replace(tzinfo=None)
    found = sales.execute(_QUERY, {"now": moment, "zone": timezone})
    names = [column[0] for column in found.description]
    return [_row(dict(zip(names, values, strict=True))) for values in found.fetchall()]


def _row(values: dict[str, Any]) -> Row:
    behaviour = {name: value for name, value in values.items() if name not in _OWN and value is not None}
    return (
        values[c.CUSTOMER_ID],
        round(values[c.RECENCY_DAYS], 3),
        values[c.FREQUENCY],
        round(values[c.MONETARY], 2),
        json.dumps(behaviour, ensure_ascii=False),
    )
