"""Charts, tables and CSV files say the same numbers."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console import tables
from console.charts import option_of
from console.csv_export import csv_text
from console.metrics import Facts, Said, TurnFact
from console.periods import period_of
from console.tables import Reading

NOW = datetime(2026, 5, 10, 12, 40, tzinfo=UTC)


def reading(facts: Facts) -> Reading:
    return Reading(period_of("24h", NOW, ZoneInfo("UTC")), facts)


def facts_of(*turns: TurnFact, person: frozenset[str] = frozenset()) -> Facts:
    said = [Said(turn.conversation_id, turn.conversation_id, turn.at) for turn in turns]
    return Facts(said=said, turns=turns, with_person=person, now=NOW)


LAST_HOUR, HOUR_BEFORE = NOW - timedelta(minutes=20), NOW - timedelta(minutes=70)
FACTS = facts_of(
    TurnFact("one", HOUR_BEFORE, "track_order", -0.5, "answered", 80.0),
    TurnFact("one", LAST_HOUR, "thank", 0.5, "answered", 100.0),
    TurnFact("two", LAST_HOUR, "track_order", 0.0, "fallback", 300.0),
    TurnFact("three", LAST_HOUR, None, None, "unanswered", None),
    person=frozenset({"two"}),
)


def test_volume_counts_a_conversation_where_it_first_spoke() -> None:
    rows = {str(row[0]): row[1:] for row in tables.volume(reading(FACTS)).rows}
    assert rows["11:00"] == (1, 0)  # one
    assert rows["12:00"] == (1, 1)  # three; two
    assert sum(sum(row) for row in rows.values()) == 3  # type: ignore[arg-type]


def test_sentiment_is_a_mean_for_each_part_and_nothing_where_nobody_spoke() -> None:
    rows = {row[0]: row[1:] for row in tables.sentiment(reading(FACTS)).rows}
    assert rows["11:00"] == (-0.5, 1)
    assert rows["12:00"] == ((0.5 + 0.0) / 2, 2)
    assert rows["10:00"] == (None, 0)


def test_outcomes_are_counted_for_each_part() -> None:
    rows = {row[0]: row[1:] for row in tables.outcomes(reading(FACTS)).rows}
    assert rows["12:00"] == (1, 0, 1, 0, 0, 1)  # answered, not understood, unanswered


def test_latency_gives_median_and_the_slow_end() -> None:
    rows = {row[0]: row[1:] for row in tables.latency(reading(FACTS)).rows}
    assert rows["12:00"] == ((100 + 300) / 2, 100 + 0.95 * (300 - 100), 2)


def test_intents_are_worded_and_have_their_share() -> None:
    assert tables.intents(reading(FACTS)).rows == [("Where is my order?", 2, 0.6667), ("Thanks", 1, 0.3333)]


@pytest.mark.parametrize("name", tables.TABLES)
def test_a_chart_draws_the_columns_of_its_table(name: str) -> None:
    table = tables.TABLES[name](reading(FACTS))
    option = option_of(table)
    drawn = [column for column in table.columns[1:] if column not in table.beside]
    assert [series["name"] for series in option["series"]] == drawn
    assert "formatter" not in json.dumps(option)


@pytest.mark.parametrize("name", tables.TABLES)
def test_a_chart_of_nothing_is_known_to_be_empty(name: str) -> None:
    assert tables.TABLES[name](reading(facts_of())).is_empty
    assert not tables.TABLES[name](reading(FACTS)).is_empty


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_looks_like_a_formula_is_quoted_in_csv(cell: str) -> None:
    text = csv_text(("Intent",), [(cell,)])
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ["'" + cell]


def test_negative_numbers_stay_numbers_and_nothing_stays_empty_in_csv() -> None:
    assert csv_text(("When", "Mean", "None"), [("11:00", -0.25, None)]) == "When,Mean,None\r\n11:00,-0.25,\r\n"
