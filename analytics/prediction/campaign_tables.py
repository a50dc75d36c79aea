"""Campaigns and the chat's offers out of the database into the tables that answers are foretold from.

The store does not know whom a campaign was sent to. It is taken as sent to everybody who had ordered in the half year
before it began, so that shares are those of the whole house. An offer shown in the chat is known to the person.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from store.engine import Database
from store.repositories.bulk import Row
from store.repositories.campaign_signals import (
    offer_columns,
    offered_columns,
    redemption_columns,
    shown_columns,
)

#: Days an offer shown in the chat is given to be answered, and days before a campaign in which an order counts.
_ANSWER_DAYS, _ACTIVE_DAYS = 30, 180

_TABLES = f"""
CREATE OR REPLACE TABLE asked AS
WITH campaigns AS (
    SELECT campaign_id, min(starts) AS starts, max(ends) AS ends FROM campaign_offers
    WHERE campaign_id IS NOT NULL AND starts IS NOT NULL AND ends > starts GROUP BY campaign_id
), sent AS (
    SELECT DISTINCT c.campaign_id, o.customer_id, c.starts AS asked_at, c.ends AS until_at
    FROM campaigns c JOIN orders o ON o.placed_at <= c.starts AND o.placed_at > c.starts - INTERVAL {_ACTIVE_DAYS} DAY
), answers AS (
    SELECT f.campaign_id, r.customer_id, r.redeemed FROM campaign_redeemed r JOIN campaign_offers f USING (offer_id)
), shown AS (
    SELECT 'chat:' || offer_id AS campaign_id, customer_id, min(shown) AS asked_at,
           min(shown) + INTERVAL {_ANSWER_DAYS} DAY AS until_at
    FROM campaign_shown GROUP BY ALL
)
SELECT s.*, min(a.redeemed) AS answered_at FROM sent s LEFT JOIN answers a
    ON a.campaign_id = s.campaign_id AND a.customer_id = s.customer_id AND a.redeemed >= s.asked_at
    AND a.redeemed <= s.until_at
GROUP BY ALL
UNION ALL
SELECT s.*, min(r.redeemed) FROM shown s LEFT JOIN campaign_redeemed r
    ON 'chat:' || r.offer_id = s.campaign_id AND r.customer_id = s.customer_id AND r.redeemed >= s.asked_at
    AND r.redeemed <= s.until_at
GROUP BY ALL;
CREATE OR REPLACE TABLE asked_products AS
SELECT DISTINCT campaign_id, product_id FROM campaign_offers JOIN campaign_products USING (offer_id)
WHERE campaign_id IS NOT NULL
UNION ALL
SELECT DISTINCT 'chat:' || offer_id, product_id FROM campaign_products
WHERE offer_id IN (SELECT offer_id FROM campaign_shown);
"""  # noqa: S608  (the numbers are our own)


def load_campaigns(database: Database, into: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `asked` and `asked_products` of `campaign_figures.askings_of`.

    Parameters
    ----------
    into : with the table `orders` of `analytics.features.sales.load_sales`.
    """
    with database.read() as connection:
        sources = {
            "campaign_offers": (offer_columns(connection), ("offer_id", "campaign_id", "starts", "ends")),
            "campaign_products": (offered_columns(connection), ("offer_id", "product_id")),
            "campaign_redeemed": (redemption_columns(connection), ("customer_id", "offer_id", "redeemed")),
            "campaign_shown": (shown_columns(connection), ("customer_id", "offer_id", "shown")),
        }
        tables = {name: _table(batches, names) for name, (batches, names) in sources.items()}
    moment = "{}::TIMESTAMP" if database.is_sqlite else "timezone('UTC', {}::TIMESTAMPTZ)"
    for name, table in tables.items():
        into.register(f"read_{name}", table)
        columns = [
            f"{moment.format(column)} AS {column}" if column in {"starts", "ends", "redeemed", "shown"} else column
            for column in table.column_names
        ]
        into.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {', '.join(columns)} FROM read_{name}")  # noqa: S608
        into.unregister(f"read_{name}")
    into.execute(_TABLES)


def _table(batches: Iterable[list[Row]], names: tuple[str, ...]) -> pa.Table:
    """Turn batches of rows into one Arrow table of text."""
    rows = [row for batch in batches for row in batch]
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table(
        {
            name: pa.array([None if value is None else str(value) for value in values], type=pa.string())
            for name, values in zip(names, columns, strict=True)
        }
    )
