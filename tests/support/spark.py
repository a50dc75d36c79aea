"""A Spark session on this machine for tests; skips where Spark is not installed or finds no Java."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from analytics.spark_session import SparkUnavailable, local_session

#: A small shop's queries run in no time; making machine code of them takes a minute.
_QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@contextmanager
def spark_session() -> Iterator[Any]:
    """Start Spark in this process with one thread, and stop it; starting takes a while."""
    pytest.importorskip("pyspark")
    try:
        session = local_session(threads=1, memory="512m", further=_QUICK)
    except SparkUnavailable as reason:
        pytest.skip(str(reason))
    yield session
    session.stop()
