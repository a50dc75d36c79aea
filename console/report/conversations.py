"""The section on conversations, by the same formulae as the overview's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.report_records import Card, Chart, Column, Grid, Part, Section, Shape
from console.filters import interval, milliseconds, percent, quantity, share, signed
from console.metrics import Rate
from console.periods import period_of
from console.queries.facts import facts_since
from console.summary import Summary, summarise
from console.tables import FigureTable
from store.engine import Database

_RANGE = "30d"
_SHAPES: dict[str, Shape] = {"stack": "columns", "line": "lines", "bars": "bars"}


def conversations_section(database: Database, now: datetime, zone: ZoneInfo) -> Section:
    """Tell of the last thirty days; without a conversation, say so."""
    period = period_of(_RANGE, now, zone)
    with database.read() as connection:
        summary = summarise(period, facts_since(connection, period.start, now))
    lead = f"The last 30 days, from {period.start.astimezone(zone):%d %B %Y}."
    if not summary.conversations:
        missing = ("Nobody wrote in the last 30 days.",)
        return Section(name="conversations", title="Conversations", lead=lead, missing=missing)
    charts = (_chart(table, summary) for table in summary.tables.values() if not table.is_empty)
    parts: tuple[Part, ...] = (_card(summary), *charts)
    return Section(name="conversations", title="Conversations", lead=lead, parts=parts)


def _card(summary: Summary) -> Card:
    rates = (
        ("Contained by the bot", summary.containment), ("Handed to a person", summary.handoff),
        ("Not understood", summary.fallback), ("Satisfied", summary.satisfaction),
    )  # fmt: skip
    return Card(
        name="figures", title=_title(summary),
        paragraphs=("Contained: no person took part, and none was asked for. Not understood: of the bot's turns.",),
        facts=(
            ("Conversations", quantity(summary.conversations)), ("Messages", quantity(summary.messages)),
            *((name, _rate(rate)) for name, rate in rates),
            ("Reply time, median", milliseconds(summary.median.value)),
            ("Sentiment, mean", f"{signed(summary.sentiment.value)}, n = {summary.sentiment.n:,}"),
        ),
    )  # fmt: skip


def _title(summary: Summary) -> str:
    contained = percent(summary.containment.value)
    return f"{quantity(summary.conversations)} conversations; in {contained} the bot was enough"


def _rate(rate: Rate) -> str:
    if not rate.n:
        return "–"
    return f"{share(rate)} of {quantity(rate.n)}, {interval(rate)}"


def _chart(table: FigureTable, summary: Summary) -> Chart:
    """Give one of the overview's tables as a chart of a report."""
    kinds = {"Share": "share", "Mean sentiment": "figure"}
    columns = tuple(
        Column(name, "text" if place == 0 else kinds.get(name, "count"))  # type: ignore[arg-type]
        for place, name in enumerate(table.columns)
    )
    kept = [place for place, name in enumerate(table.columns) if name not in table.beside]
    drawn = Grid(
        tuple(columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in table.rows)
    )
    of = "conversations" if table.name == "volume" else "messages"
    lying = table.shape == "bars"
    return Chart(
        name=table.name, title=table.title, about=table.about, shape=_SHAPES[table.shape], drawn=drawn,
        table=Grid(columns, tuple(table.rows)), x=table.columns[1] if lying else "Day",
        y=table.columns[0] if lying else table.columns[1],
        n=summary.conversations if of == "conversations" else summary.messages, of=of,
    )  # fmt: skip
