"""Figures for Prometheus, in a registry of the app's own: nothing global, so tests may make many apps."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_TURN_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """What the gateway counts. Labels never carry anything a customer wrote."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter(
            "rapport_messages", "Customers' messages, by what became of them", ["result"], registry=self.registry
        )
        self.turns = Counter("rapport_turns", "Turns that ended, by end", ["end"], registry=self.registry)
        self.failures = Counter("rapport_rasa_failures", "Failed attempts at a turn", ["kind"], registry=self.registry)
        self.complaints = Counter(
            "rapport_complaints", "Turns answered as a complaint, by whether a person took over", ["handed_over"],
            registry=self.registry,
        )  # fmt: skip
        self.csat = Gauge("rapport_csat", "Chats rated, by score (1 to 5)", ["score"], registry=self.registry)
        self.turn_seconds = Histogram(
            "rapport_turn_seconds",
            "From the commit of a message to the commit of its answer",
            buckets=_TURN_SECONDS,
            registry=self.registry,
        )
        self.sockets = Gauge("rapport_sockets", "Open widget connections", registry=self.registry)
        self.waiting = Gauge("rapport_messages_waiting", "Messages that wait for the bot", registry=self.registry)

    def set_ratings(self, counted: Mapping[int, int]) -> None:
        """Set how many chats have each score."""
        for score in range(1, 6):
            self.csat.labels(str(score)).set(counted.get(score, 0))

    def exposition(self) -> bytes:
        """Give all figures in Prometheus' text format."""
        return generate_latest(self.registry)
