"""Shares of a customer's activity over a few kinds (hours, weekdays, channels), drawn towards the shop's.

Counts n of a customer are multinomial, her shares Dirichlet around the shop's s with strength κ (events the shop counts
for): share i is expected at (n_i + κ s_i) / (n + κ), and a sum of shares has a Beta distribution. κ is the one of a few
under which all customers' counts are likeliest (Dirichlet-multinomial).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, gammaln

from analytics.prediction.visits import Floats, Ints

_STRENGTHS = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
#: What each kind counts before anything is known, so that no share is nothing.
_FLOOR = 0.5
#: Customers from whom the strength is learned, at most.
_MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Expected shares: one row a customer, one column a kind; each row adds up to 1.

    `shop` holds the shop's shares, `strength` is κ, `known` the events of each customer, faded by age.
    """

    expected: Floats
    shop: Floats
    strength: float
    known: Floats

    def bounds(self, sums: Floats) -> tuple[Floats, Floats]:
        """Give the range that holds four of five cases of a sum of expected shares, one for each customer."""
        events = self.known + self.strength
        inside = np.clip(sums, 1e-9, 1 - 1e-9) * events
        low, high = (betaincinv(inside, events - inside, share) for share in (0.1, 0.9))
        return low, high


def shares_of(who: Ints, kind: Ints, weight: Floats, customers: int, kinds: int) -> Shares:
    """Estimate all customers' shares.

    Parameters
    ----------
    who, kind, weight : customer (0 … customers - 1), kind (0 … kinds - 1) and weight (0..1, by age) of each event.
    """
    counts = np.bincount(who * kinds + kind, weight, minlength=customers * kinds).reshape(customers, kinds)
    # Each customer counts by her shares, one with a single event less: the busiest are not the whole shop.
    known = counts.sum(axis=1)
    votes = (counts / (known[:, None] + 1)).sum(axis=0) + _FLOOR
    shop = votes / votes.sum()
    some = counts[known > 0][:_MOST]
    strength = max(_STRENGTHS, key=lambda one: _likelihood(some, shop, one)) if len(some) else _STRENGTHS[3]
    expected = (counts + strength * shop) / (known + strength)[:, None]
    return Shares(expected=expected, shop=shop, strength=strength, known=known)


def _likelihood(counts: Floats, shop: Floats, strength: float) -> float:
    """Give the log likelihood of all counts under one strength, up to a constant."""
    prior = strength * shop
    total = counts.sum(axis=1)
    whole = gammaln(strength) - gammaln(strength + total)
    return float(whole.sum() + (gammaln(counts + prior) - gammaln(prior)).sum())
