"""The report's section on conversations: the overview's own figures."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from analytics.report_records import Card, Chart
from console.drawing import option_of_chart
from console.report.conversations import conversations_section
from store.memory import memory_database
from tests.support.seed_conversations import seed_conversations

UTC_ZONE = ZoneInfo("UTC")


def test_the_section_says_what_the_overview_says() -> None:
    database = memory_database()
    now = datetime.now(UTC)
    seed_conversations(database, now, in_outline=5)
    section = conversations_section(database, now, UTC_ZONE)
    card, *charts = section.parts
    assert isinstance(card, Card)
    assert dict(card.facts)["Conversations"] in card.title
    assert {chart.name for chart in charts} <= {"volume", "sentiment", "intents", "outcomes", "latency"}
    volume = next(chart for chart in charts if chart.name == "volume")
    assert isinstance(volume, Chart)
    assert sum(row[1] + row[2] for row in volume.drawn.rows) == volume.n  # type: ignore[operator]
    for chart in charts:
        assert isinstance(chart, Chart)
        assert option_of_chart(chart, "$")["series"]


def test_a_quiet_month_is_said_to_be_one() -> None:
    section = conversations_section(memory_database(), datetime.now(UTC), UTC_ZONE)
    assert section.missing == ("Nobody wrote in the last 30 days.",)
