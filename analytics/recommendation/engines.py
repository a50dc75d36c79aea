"""Where the products of a shop are factorised: in this process, or by Spark for more purchases than it should take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from analytics.features.engines import EngineUnavailable, spark_here
from analytics.recommendation.ranking.factors import fit_factors
from analytics.recommendation.ranking.knowledge import FitFactors
from analytics.recommendation.ranking.spark_factors import spark_factors

Engine = Literal["process", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
#: Order lines above which Spark is suggested.
MANY_LINES = 10_000_000


@contextmanager
def factors_by(engine: str) -> Iterator[FitFactors]:
    """Give the way to factorise by the name of its engine; Spark runs on this machine and ends with the block.

    With a cluster's session call `spark_factors` itself.

    Raises
    ------
    EngineUnavailable
        There is no such engine, or Spark or Java is missing; the message says what would have to be.
    """
    if engine not in ENGINES:
        raise EngineUnavailable(f"There is no engine {engine!r} for the recommender; there are {', '.join(ENGINES)}.")
    if engine == "process":
        yield fit_factors
        return
    with spark_here() as session:
        yield spark_factors(session)


def suggestion(engine: str, purchases: int) -> str | None:
    """Give the line that suggests Spark for so many order lines; None where there is no need."""
    if engine == "spark" or purchases <= MANY_LINES:
        return None
    return f"More than {MANY_LINES:,} order lines: `rapport recommender --engine spark` factorises them with Spark."
