"""The feature expression as SQL text of an engine, compiled once a process.

Only Ibis's compilers are used, never its connections: those ask for more libraries than a statement needs, and for
other versions of the engines than we run.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import ibis
from ibis.backends.sql.compilers import DuckDBCompiler, PostgresCompiler, PySparkCompiler
from ibis.config import Config
from ibis.expr.types import Table

from analytics.features.expressions import feature_expression, least_few, sorted_list
from analytics.features.layouts import Layout

Dialect = Literal["duckdb", "postgres", "pyspark"]
_COMPILERS = {"duckdb": DuckDBCompiler, "postgres": PostgresCompiler, "pyspark": PySparkCompiler}


class _SparkOptions(Config):  # type: ignore[misc]
    """What the compiler reads of the options that Ibis's own Spark connection would register."""

    treat_nan_as_null: bool = False


@cache
def feature_sql(dialect: Dialect, layout: Layout, changes: int, nested: bool) -> str:
    """Give the statement; its gaps are for `placeholders.filled`.

    Parameters
    ----------
    dialect : the engine's.
    layout : one of `layouts.py`.
    changes : how many changes of clock the statement has room for.
    nested : whether every category lies in one department.
    """
    smallest = least_few if dialect == "duckdb" else sorted_list
    return sql_of(feature_expression(layout(), changes, nested=nested, smallest=smallest), dialect)


def sql_of(expression: Table, dialect: Dialect) -> str:
    """Compile an expression of unbound tables."""
    if ibis.options.pyspark is None:
        ibis.options.pyspark = _SparkOptions()
    compiler = _COMPILERS[dialect]()
    return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect))
