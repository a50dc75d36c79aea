"""What customers said, and how it went: features of conversations as of a moment, beside those of orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb
import pyarrow as pa

from analytics import columns as c
from store.engine import Database
from store.repositories.bulk import Row
from store.repositories.dialogue_signals import complaint_columns, said_columns

#: Days after which the mood of a turn counts half.
MOOD_HALF_LIFE = 30
#: Days that are "lately".
LATELY = 60
#: Outcomes of a turn that left a customer without what she asked for.
UNMET = ("fallback", "offered_person", "unanswered")
#: Intents of somebody for whom something went wrong, and of somebody who wants to buy.
TROUBLE = (
    "complain", "report_problem", "return_order", "exchange_order", "cancel_order", "refund_status", "payment_problem",
    "talk_to_person", "abuse",
)  # fmt: skip
SHOPPING = (
    "search_product", "recommend", "ask_offers", "reorder", "compare_products", "product_details", "goes_with",
    "find_substitute", "add_to_list",
)  # fmt: skip

#: Numeric columns of `dialogue_features`, beside the customer's id.
DIALOGUE = (
    c.SENTIMENT_LEVEL, c.SENTIMENT_SLOPE, c.TURNS_LATELY, c.UNMET_LATELY, c.COMPLAINTS_OPEN, c.COMPLAINTS_LATELY,
    c.TROUBLE_SHARE, c.SHOPPING_SHARE,
)  # fmt: skip

_QUERY = f"""
WITH heard AS (
    SELECT *, date_diff('second', said_at, $now) / 86400.0 AS age FROM said WHERE said_at <= $now
), spoken AS (
    SELECT customer_id,
           sum(sentiment * pow(0.5, age / {MOOD_HALF_LIFE}))
               / sum(pow(0.5, age / {MOOD_HALF_LIFE})) FILTER (sentiment IS NOT NULL) AS {c.SENTIMENT_LEVEL},
           avg(sentiment) FILTER (age <= {LATELY}) - avg(sentiment) FILTER (age > {LATELY}) AS {c.SENTIMENT_SLOPE},
           count(*) FILTER (age <= {LATELY}) AS {c.TURNS_LATELY},
           count(*) FILTER (age <= {LATELY} AND unmet) AS {c.UNMET_LATELY},
           avg(trouble::INTEGER) AS {c.TROUBLE_SHARE}, avg(shopping::INTEGER) AS {c.SHOPPING_SHARE}
    FROM heard GROUP BY customer_id
), complained AS (
    SELECT customer_id, count(*) FILTER (resolved_at IS NULL OR resolved_at > $now) AS {c.COMPLAINTS_OPEN},
           count(*) FILTER (opened_at > $now - INTERVAL {LATELY} DAY) AS {c.COMPLAINTS_LATELY}
    FROM complaints WHERE opened_at <= $now GROUP BY customer_id
)
SELECT coalesce(s.customer_id, d.customer_id) AS {c.CUSTOMER_ID}, s.{c.SENTIMENT_LEVEL}::DOUBLE AS {c.SENTIMENT_LEVEL},
       coalesce(s.{c.SENTIMENT_SLOPE}, 0)::DOUBLE AS {c.SENTIMENT_SLOPE},
       coalesce(s.{c.TURNS_LATELY}, 0)::DOUBLE AS {c.TURNS_LATELY},
       coalesce(s.{c.UNMET_LATELY}, 0)::DOUBLE AS {c.UNMET_LATELY},
       coalesce(d.{c.COMPLAINTS_OPEN}, 0)::DOUBLE AS {c.COMPLAINTS_OPEN},
       coalesce(d.{c.COMPLAINTS_LATELY}, 0)::DOUBLE AS {c.COMPLAINTS_LATELY},
       coalesce(s.{c.TROUBLE_SHARE}, 0)::DOUBLE AS {c.TROUBLE_SHARE},
       coalesce(s.{c.SHOPPING_SHARE}, 0)::DOUBLE AS {c.SHOPPING_SHARE}
FROM spoken s FULL JOIN complained d ON d.customer_id = s.customer_id ORDER BY 1
"""  # noqa: S608  (the names and numbers are our own)


def load_dialogues(database: Database, into: duckdb.DuckDBPyConnection) -> int:
    """Make the tables `said` and `complaints` in DuckDB, from one snapshot; give the number of turns.

    `said` has customer_id, said_at (naive UTC), sentiment -1..1 or NULL, channel, and whether the turn was `unmet`,
    about `trouble`, or about `shopping`; `complaints` customer_id, opened_at, resolved_at or NULL.
    """
    with database.read() as connection:
        said = _table(said_columns(connection), ("customer_id", "at_", "sentiment", "intent", "outcome", "channel"))
        complaints = _table(complaint_columns(connection), ("customer_id", "opened", "resolved"))
    into.register("read_said", said)
    into.register("read_complaints", complaints)
    moment = "{}::TIMESTAMP" if database.is_sqlite else "timezone('UTC', {}::TIMESTAMPTZ)"
    into.execute(
        f"CREATE OR REPLACE TABLE said AS SELECT customer_id, {moment.format('at_')} AS said_at, "  # noqa: S608
        "sentiment::DOUBLE AS sentiment, channel, coalesce(list_contains($unmet, outcome), false) AS unmet, "
        "coalesce(list_contains($trouble, intent), false) AS trouble, "
        "coalesce(list_contains($shopping, intent), false) AS shopping FROM read_said",
        {"unmet": list(UNMET), "trouble": list(TROUBLE), "shopping": list(SHOPPING)},
    )
    into.execute(
        f"CREATE OR REPLACE TABLE complaints AS SELECT customer_id, {moment.format('opened')} AS opened_at, "  # noqa: S608
        f"{moment.format('resolved')} AS resolved_at FROM read_complaints"
    )
    return int(said.num_rows)


def dialogue_features(dialogues: duckdb.DuckDBPyConnection, as_of: datetime) -> pa.Table:
    """Compute the features of every customer who spoke or complained before a moment.

    Parameters
    ----------
    dialogues : a connection with the tables of `load_dialogues`.
    as_of : aware; nothing said, opened or resolved later is looked at.

    Returns
    -------
    One row a customer, by id: `customer_id` and the columns `DIALOGUE`, float64. `sentiment_level` -1..1 is null for
    one of whom no mood is known; `sentiment_slope` the mean of the last `LATELY` days less that of the days before (0
    where either is missing); shares 0..1; the others are counts. Join it from the left: who is absent never spoke.
    """
    moment = as_of.astimezone(UTC).replace(tzinfo=None)
    reader: Any = dialogues.execute(_QUERY, {"now": moment})
    return pa.table(reader.to_arrow_table() if hasattr(reader, "to_arrow_table") else reader.arrow())


def _table(batches: Iterable[list[Row]], names: tuple[str, ...]) -> pa.Table:
    """Turn batches of rows into one Arrow table of text and numbers; moments as their driver's text."""
    columns: Mapping[str, list[Any]] = {name: [] for name in names}
    for rows in batches:
        for name, values in zip(names, zip(*rows, strict=True), strict=True):
            columns[name].extend(values)
    return pa.table(
        {
            name: pa.array(
                values if name == "sentiment" else [None if one is None else str(one) for one in values],
                type=pa.float64() if name == "sentiment" else pa.string(),
            )
            for name, values in columns.items()
        }
    )
