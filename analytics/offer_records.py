"""The shop's rules for who is made offers, from the section `offer_policy` of its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: win_back    : likely to leave and worth it, she is made the most generous of what fits
#: buys_anyway : sure to come and pays full prices, nothing is taken off what she would pay
#: segment     : of a group that the shop makes no offers to
#: fits        : what fits her best
OfferRule = Literal["win_back", "buys_anyway", "segment", "fits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPolicy:
    """Bounds of the rules; names of segments and classes in lower case."""

    #: From this probability (0..1) of leaving on she is won back …
    win_back_from: float = 0.5
    #: … where she is worth this many times an average customer.
    win_back_worth: float = 1.0
    #: Classes and segments that count as likely to leave where nothing was predicted.
    win_back_classes: frozenset[str] = frozenset({"at risk", "can't lose them"})
    #: Below this probability of leaving, and below this share of discounts in her orders, she buys anyway.
    buys_anyway_below: float = 0.15
    full_price_below: float = 0.05
    #: How often (0..1) nothing is offered to one who buys anyway; the rest shows what the rule costs or saves.
    withheld_share: float = 0.9
    #: Classes and segments to whose customers no offers are made.
    not_for: frozenset[str] = frozenset()
