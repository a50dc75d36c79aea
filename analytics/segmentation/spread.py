"""The past as a test: how customers were at an earlier moment, and what they spent since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np

from analytics.features.compute import compute_features
from analytics.segmentation.figures import Columns, columns_of
from analytics.segmentation.ranks import Floats

#: How far back; a quarter of a shorter history, if that is a month or more.
HORIZON = timedelta(days=90)
_SHORTEST = timedelta(days=30)
_FEWEST = 50
#: As many customers as decide on segments.
_SAMPLE = 4_000


@dataclass(frozen=True, slots=True)
class Past:
    """Customers at an earlier moment; `spent_later` is the logarithm of one more than they spent since."""

    moment: datetime
    ids: tuple[str, ...]
    columns: Columns
    spent_later: Floats
    #: Whether they ordered at all since.
    ordered_later: Floats


def look_back(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str) -> Past | None:
    """Compute the features of an earlier moment and the spending since.

    Parameters
    ----------
    sales : a connection with the tables of `analytics.features.sales.load_sales`.
    now : aware; orders after it are not seen.
    timezone : the shop's zone.

    Returns
    -------
    None where the history is shorter than four months or too few had ordered by then.
    """
    moment = now.astimezone(UTC).replace(tzinfo=None)
    found = sales.execute(
        "SELECT min(placed_at), max(placed_at) FROM orders WHERE placed_at <= $now", {"now": moment}
    ).fetchone()
    if found is None or found[0] is None:
        return None
    first, last = found
    back = min(HORIZON, (last - first) / 4)
    if back < _SHORTEST:
        return None
    # From the last order, not from now: a shop that was imported a month late has a past all the same.
    then = last - back
    ids, columns = columns_of(compute_features(sales, then.replace(tzinfo=UTC), timezone))
    if len(ids) < _FEWEST:
        return None
    spent = dict(
        sales.execute(
            "SELECT customer_id, sum(total) FROM orders WHERE placed_at > $then AND placed_at <= $now GROUP BY 1",
            {"then": then, "now": moment},
        ).fetchall()
    )
    later = np.array([float(spent.get(customer, 0.0)) for customer in ids])
    return Past(
        then.replace(tzinfo=UTC),
        tuple(ids),
        columns,
        np.log1p(np.maximum(later, 0)),
        np.array([customer in spent for customer in ids], dtype=np.float64),
    )
