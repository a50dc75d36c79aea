"""The feature expression as SQL text of an engine, compiled once a process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

import ibis

from analytics.features.expressions import feature_expression
from analytics.features.layouts import Sales

Dialect = Literal["duckdb", "postgres"]
#: Gives the sales of a layout; a plain function, so that it can be a key.
Layout = Callable[[], Sales]


@cache
def feature_sql(dialect: Dialect, layout: Layout, changes: int) -> str:
    """Give the statement; its gaps are for `placeholders.filled`.

    Parameters
    ----------
    dialect : the engine's.
    layout : one of `layouts.py`.
    changes : how many changes of clock lie between the first order and the moment of computing.
    """
    return str(ibis.to_sql(feature_expression(layout(), changes), dialect=dialect))
