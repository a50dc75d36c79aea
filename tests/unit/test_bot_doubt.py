"""What counts as doubt, and what an intent in doubt is still worth."""

from __future__ import annotations

import pytest

from bot.components.doubt import Doubt, apart, trust


@pytest.mark.parametrize(
    ("confidences", "scope", "understood"),
    [
        ([0.9, 0.05], 0.8, True),
        ([0.9, 0.05], 0.49, False),  # sure, but of something that the shop knows nothing about
        ([0.4, 0.3], 0.9, True),
        ([0.4, 0.36], 0.9, False),  # two intents too close
        ([0.29, 0.1], 0.9, False),  # the best of many that are all unlikely
        ([1.0], 1.0, True),
        ([], 1.0, False),
    ],
)
def test_doubt_weighs_scope_confidence_and_margin(confidences: list[float], scope: float, understood: bool) -> None:
    assert Doubt(least_scope=0.5, least_confidence=0.3, least_margin=0.05).understood(confidences, scope) is understood


def test_an_intent_in_doubt_keeps_confidence_times_scope_but_never_outweighs_the_doubt() -> None:
    assert trust([0.8, 0.1], 0.5) == 0.8 * 0.5
    assert trust([0.9, 0.86], 1.0) == 0.5
    assert trust([], 0.5) == 0.0


def test_to_be_torn_between_intents_that_are_answered_alike_is_no_doubt() -> None:
    torn = [("product_details", 0.5), ("search_product", 0.47), ("ask_offers", 0.03)]
    assert apart(torn) == [pytest.approx(0.97), 0.03]
    assert Doubt().understood(apart(torn), 0.9)
    others = [("product_details", 0.5), ("ask_offers", 0.47), ("search_product", 0.03)]
    assert apart(others) == [0.5, 0.47, 0.03]
    assert apart([]) == []
