"""The tables behind the charts: one set of numbers for the picture, the table below it and the CSV file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from console import metrics
from console.metrics import Facts, TurnFact
from console.periods import Period
from console.wording import OUTCOME_WORDS, intent_words

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What happened, and the period it is cut by."""

    period: Period
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """One chart's numbers: the first column is the axis, the others are drawn unless they are in `beside`."""

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    #: "stack", "line" or "bars".
    shape: str
    #: Columns that stand in the table only, such as n.
    beside: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        drawn = [number for number, name in enumerate(self.columns) if number and name not in self.beside]
        return not any(row[number] for row in self.rows for number in drawn)


def volume(reading: Reading) -> FigureTable:
    """Conversations by when they first spoke in the period."""
    labels = reading.period.labels
    contained, person = [0] * len(labels), [0] * len(labels)
    reached = metrics.reached_person(reading.facts)
    seen: set[str] = set()
    for said in reading.facts.said:
        part = reading.period.part_of(said.at)
        if said.conversation_id not in seen and part is not None:
            seen.add(said.conversation_id)
            (person if said.conversation_id in reached else contained)[part] += 1
    return FigureTable(
        name="volume",
        title="Conversations",
        about="Conversations with at least one customer message, by when it first spoke in this range.",
        columns=("When", "Bot alone", "With a person"),
        rows=list(zip(labels, contained, person, strict=True)),
        shape="stack",
    )


def sentiment(reading: Reading) -> FigureTable:
    """Mean sentiment of customers' messages."""
    rows: list[tuple[Cell, ...]] = []
    for label, turns in _by_part(reading):
        mean = metrics.mean_sentiment(turns)
        rows.append((label, _rounded(mean.value, 3), mean.n))
    return FigureTable(
        name="sentiment",
        title="Sentiment over time",
        about="Mean sentiment of customers' messages, from −1 (angry) to 1 (happy).",
        columns=("When", "Mean sentiment", "Messages"),
        rows=rows,
        shape="line",
        beside=frozenset({"Messages"}),
    )


def intents(reading: Reading) -> FigureTable:
    """What customers came for."""
    rows: list[tuple[Cell, ...]] = [
        (intent_words(intent), rate.hits, _rounded(rate.value, 4))
        for intent, rate in metrics.top_intents(reading.facts)
    ]
    return FigureTable(
        name="intents",
        title="Top intents",
        about="What customers wanted, as the bot understood it: turns by intent, the eight most frequent ones.",
        columns=("Intent", "Turns", "Share"),
        rows=rows,
        shape="bars",
        beside=frozenset({"Share"}),
    )


def outcomes(reading: Reading) -> FigureTable:
    """How the bot's turns ended."""
    names = ("answered", "asked_back", "fallback", "offered_person", "handed_over", "unanswered")
    rows: list[tuple[Cell, ...]] = []
    for label, turns in _by_part(reading):
        rows.append((label, *(sum(turn.outcome == name for turn in turns) for name in names)))
    return FigureTable(
        name="outcomes",
        title="How turns ended",
        about="Turns that were the bot's to answer: answered, asked back, not understood, a person offered, "
        "handed over, or without an answer.",
        columns=("When", *(OUTCOME_WORDS[name] for name in names)),
        rows=rows,
        shape="stack",
    )


def latency(reading: Reading) -> FigureTable:
    """How long customers waited for the bot."""
    rows: list[tuple[Cell, ...]] = []
    for label, turns in _by_part(reading):
        median, slow = metrics.reply_latency(turns), metrics.reply_latency(turns, 0.95)
        rows.append((label, _rounded(median.value, 1), _rounded(slow.value, 1), median.n))
    return FigureTable(
        name="latency",
        title="Reply time of the bot",
        about="Milliseconds from the moment a message was written down until its answer was: median, and 95 in 100.",
        columns=("When", "Median, ms", "95 of 100, ms", "Turns"),
        rows=rows,
        shape="line",
        beside=frozenset({"Turns"}),
    )


TABLES: dict[str, Callable[[Reading], FigureTable]] = {
    "volume": volume, "sentiment": sentiment, "intents": intents, "outcomes": outcomes, "latency": latency,
}  # fmt: skip


def _by_part(reading: Reading) -> list[tuple[str, list[TurnFact]]]:
    parts: list[list[TurnFact]] = [[] for _ in reading.period.labels]
    for turn in reading.facts.turns:
        part = reading.period.part_of(turn.at)
        if part is not None:
            parts[part].append(turn)
    return list(zip(reading.period.labels, parts, strict=True))


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
