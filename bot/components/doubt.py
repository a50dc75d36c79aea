"""When a message counts as not understood: pure arithmetic on what the classifier said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """Bounds of trust.

    `least_trust` : confidence × likeness below it is not understood (0..1).
    `least_margin` : two best intents closer than it are ambiguous (0..1).
    """

    least_trust: float
    least_margin: float

    def understood(self, confidences: Sequence[float], likeness: float) -> bool:
        """Tell whether the best intent may be acted upon.

        Parameters
        ----------
        confidences : of the ranking, best first; empty when nothing was classified.
        likeness : of the message to the best intent's examples, 0..1.
        """
        if not confidences:
            return False
        runner_up = confidences[1] if len(confidences) > 1 else 0.0
        return trust(confidences, likeness) >= self.least_trust and confidences[0] - runner_up >= self.least_margin


def trust(confidences: Sequence[float], likeness: float) -> float:
    """Give confidence × likeness of the best intent, 0 when there is none."""
    return confidences[0] * likeness if confidences else 0.0
