"""Logging: one line for people or for programs, and never a customer's words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from rapport.logs import WITHHELD, start_logging


@pytest.fixture
def stream() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_json_lines_name_the_process_the_level_and_the_moment(stream: StringIO) -> None:
    start_logging("gateway", "info", "json", stream)
    structlog.get_logger().info("serves", port=8080)
    line = json.loads(stream.getvalue())
    assert (line["process"], line["event"], line["level"], line["port"]) == ("gateway", "serves", "info", 8080)
    assert line["timestamp"].endswith("Z")


def test_lines_of_libraries_look_the_same(stream: StringIO) -> None:
    start_logging("gateway", "info", "json", stream)
    logging.getLogger("actions.server").error("action=%s failed", "action_greet")
    assert json.loads(stream.getvalue())["event"] == "action=action_greet failed"


@pytest.mark.parametrize("key", sorted(WITHHELD))
def test_what_a_customer_wrote_is_withheld(stream: StringIO, key: str) -> None:
    start_logging("gateway", "debug", "json", stream)
    structlog.get_logger().info("turn", **{key: "my secret wish"})
    logging.getLogger("x").info("turn", extra={key: "my secret wish"})
    assert "wish" not in stream.getvalue()
    assert "<14 withheld>" in stream.getvalue()


def test_pretty_lines_are_for_people_and_keep_the_traceback(stream: StringIO) -> None:
    start_logging("gateway", "info", "pretty", stream)
    text = "my secret wish"
    try:
        raise RuntimeError(f"{len(text)} letters")
    except RuntimeError:
        structlog.get_logger().exception("failed")
    assert "failed" in stream.getvalue()
    assert "RuntimeError: 14 letters" in stream.getvalue()
    assert "wish" not in stream.getvalue(), "a traceback must not show local variables"


def test_below_the_level_nothing_is_written(stream: StringIO) -> None:
    start_logging("gateway", "warning", "json", stream)
    structlog.get_logger().info("serves")
    logging.getLogger("aiohttp.access").info("GET /")
    assert stream.getvalue() == ""
