"""Everything the overview says of one range, computed once."""

from __future__ import annotations

from dataclasses import dataclass

from console import metrics
from console.metrics import Average, Facts, Rate
from console.periods import Period
from console.tables import TABLES, FigureTable, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of the tiles, and the tables behind the charts by their names."""

    period: Period
    conversations: int
    messages: int
    containment: Rate
    without_return: Rate
    handoff: Rate
    fallback: Rate
    asked_back: Rate
    offered_person: Rate
    satisfaction: Rate
    median: Average
    slow: Average
    sentiment: Average
    tables: dict[str, FigureTable]


def summarise(period: Period, facts: Facts) -> Summary:
    """Apply the formulae; a second of CPU for 100,000 turns, so call it from a thread."""
    reading = Reading(period, facts)
    return Summary(
        period=period,
        conversations=len(metrics.conversations_in(facts)),
        messages=len(facts.said),
        containment=metrics.containment(facts),
        without_return=metrics.containment_without_return(facts),
        handoff=metrics.handoff_rate(facts),
        fallback=metrics.fallback_rate(facts),
        asked_back=metrics.asked_back_rate(facts),
        offered_person=metrics.offered_person_rate(facts),
        satisfaction=metrics.satisfaction(facts),
        median=metrics.reply_latency(facts.turns),
        slow=metrics.reply_latency(facts.turns, 0.95),
        sentiment=metrics.mean_sentiment(facts.turns),
        tables={name: make(reading) for name, make in TABLES.items()},
    )
