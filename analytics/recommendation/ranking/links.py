"""Which of the products she buys speaks most for another one, and how many of its buyers bought both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.recommendation.ranking.knowledge import Knowledge
from analytics.recommendation.ranking.sources import Evidence

#: A link is told where so many bought both, and so many times as often as everybody buys the other.
LEAST_BOTH, LEAST_LIFT = 5, 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """How buyers of `product` (position among what can be ranked) lead to another one.

    `both` of its `buyers` bought the other, `lift` times as many as of everybody.
    """

    product: int
    buyers: int
    both: int
    lift: float


def strongest_link(knowledge: Knowledge, evidence: Evidence, other: int) -> Link | None:
    """Give the strongest link from what she buys to another product, counted among the crowd; None without one.

    Parameters
    ----------
    other : position among what can be ranked, of a product she has not bought.
    """
    taste, rows, crowd = evidence.taste, knowledge.relations.bought_too, knowledge.crowd
    lead = taste.leading
    if len(lead) == 0:
        return None
    columns, values, counts = rows.picked(taste.products[lead])
    owner = np.repeat(np.arange(len(lead)), counts)
    leads_there = np.flatnonzero((columns == other) & (values > 0))
    worth = values[leads_there] * np.sqrt(taste.middle[lead][owner[leads_there]])
    others_buyers = crowd.by_product.picked(np.array([other]))[0]
    for at in np.argsort(-worth, kind="stable")[:_LOOKED_AT].tolist():
        product = int(taste.products[lead[owner[leads_there[at]]]])
        buyers = crowd.by_product.picked(np.array([product]))[0]
        both = int(np.isin(buyers, others_buyers, assume_unique=True).sum())
        usual = len(others_buyers) / max(len(crowd.members), 1)
        lift = both / max(len(buyers), 1) / max(usual, 1e-9)
        if both >= LEAST_BOTH and lift >= LEAST_LIFT:
            return Link(product=product, buyers=len(buyers), both=both, lift=lift)
    return None


#: Links looked at, the strongest first: those behind them would convince nobody.
_LOOKED_AT = 3
