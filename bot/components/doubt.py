"""When a message counts as not understood: pure arithmetic on what the classifier said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.components import keys


@dataclass(frozen=True)
class Doubt:
    """Bounds of trust, each 0..1.

    `least_scope` : a message less surely in scope is not understood; 4 % of what is in scope falls below a half.
    `least_confidence` : nor is one whose best intent is less sure.
    `least_margin` : two best intents closer than it are ambiguous.
    """

    least_scope: float = 0.5
    least_confidence: float = 0.35
    least_margin: float = 0.05

    def understood(self, confidences: Sequence[float], scope: float) -> bool:
        """Tell whether the best intent may be acted upon.

        Parameters
        ----------
        confidences : of the ranking, best first; empty when nothing was classified.
        scope : how surely the message is about something the shop knows, 0..1.
        """
        if not confidences:
            return False
        runner_up = confidences[1] if len(confidences) > 1 else 0.0
        return (
            scope >= self.least_scope
            and confidences[0] >= self.least_confidence
            and confidences[0] - runner_up >= self.least_margin
        )


#: Asked for what both answer ("how much is the decaf coffee?"), she is served by either: to be torn is no doubt.
ALIKE = frozenset({"search_product", "product_details"})


def apart(ranking: Sequence[tuple[str, float]]) -> list[float]:
    """Give the confidences of a ranking, best first; where the two best intents are answered alike, as one."""
    confidences = [confidence for _, confidence in ranking]
    if len(ranking) > 1 and {ranking[0][0], ranking[1][0]} == ALIKE:
        return [confidences[0] + confidences[1], *confidences[2:]]
    return confidences


def scope_of(intent: str | None, scope: float) -> float:
    """Give the scope that counts for the best intent; `out_of_scope` is itself an answer to what is beyond."""
    return 1.0 if intent == keys.OUT_OF_SCOPE_INTENT else scope


def trust(confidences: Sequence[float], scope: float) -> float:
    """Give confidence × scope of the best intent, at most a half: what is left to an intent in doubt."""
    return min(confidences[0] * scope, 0.5) if confidences else 0.0
