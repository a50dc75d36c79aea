"""What speaks for products in this moment, from each source: her words, what she looked at, what is in her cart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from analytics.catalogue.substitutes import substitutes
from analytics.products import kind_of
from analytics.recommendation.shelves import Shelves
from analytics.records import Product, Reason, Recommendation
from store.repositories.catalogue import ProductRow

#: What each source counts for; the customer's ranking, or for a newcomer what is popular, stands at its best at …
RANKED, POPULAR = 1.0, 0.4
#: What she says she wants now says more than anything she did before; an older wish, and each further product of one,
#: says a little less.
_WANTED, _OLDER, _FURTHER = 1.5, 0.85, 0.93
_LIKE_VIEWED, _BESIDE_CART, _BESIDE_VIEWED = 0.8, 0.7, 0.5
#: Products taken of each wish, and like or beside each product.
_A_WISH, _LIKE_ONE, _BESIDE_ONE = 12, 6, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Something that speaks for a product; `reason` None where the model's own evidence explains it."""

    product_id: str
    worth: float
    reason: Reason | None = None


def of_wishes(wanted: Sequence[str], find: Callable[[str, int], Iterable[Product]]) -> list[Lead]:
    """Give products for what she says she wants, the newest wish counting most.

    Parameters
    ----------
    find : gives up to so many products for words, best first.
    """
    leads = []
    for age, words in enumerate(reversed(list(dict.fromkeys(wanted)))):
        reason = Reason(kind="asked_for", text=f"you said you're looking for {words}", evidence={"said": words})
        worth = _WANTED * _OLDER**age
        for place, product in enumerate(find(words, _A_WISH)):
            leads.append(Lead(product_id=product.product_id, worth=worth * _FURTHER**place, reason=reason))
    return leads


def like_viewed(viewed: Iterable[ProductRow], shelves: Shelves) -> list[Lead]:
    """Give what is like the products she looked at, out of the best-sold of their categories; the newest first."""
    leads = []
    for age, row in enumerate(viewed):
        shelf = shelves.by_category.get(row.category)
        alike = [] if shelf is None else substitutes(row, shelf.best, limit=_LIKE_ONE)
        told = Reason(
            kind="like_viewed", text=f"like the {kind_of(row)[1]} you looked at", evidence={"viewed": row.product_id}
        )
        leads += _scaled([replace(one, reason=told) for one in alike], _LIKE_VIEWED * _OLDER**age)
    return leads


def beside(
    rows: Iterable[ProductRow], goes_with: Callable[[str, int], Sequence[Recommendation]], *, in_cart: bool
) -> list[Lead]:
    """Give what goes with each of the products in her cart, or that she looked at; the newest first."""
    where, weight = ("in your basket", _BESIDE_CART) if in_cart else ("you looked at", _BESIDE_VIEWED)
    leads = []
    for age, row in enumerate(rows):
        found = []
        for one in goes_with(row.product_id, _BESIDE_ONE):
            evidence = one.reason.evidence | {"with": row.product_id}
            told = Reason(kind="goes_with", text=f"goes with the {kind_of(row)[1]} {where}", evidence=evidence)
            found.append(replace(one, reason=told))
        leads += _scaled(found, weight * _OLDER**age)
    return leads


def best_of(leads: Iterable[Lead]) -> dict[str, Lead]:
    """Give one lead for each product: the strongest, and a quarter of each further one's worth on top."""
    best: dict[str, Lead] = {}
    for lead in leads:
        known = best.get(lead.product_id)
        if known is None:
            best[lead.product_id] = lead
            continue
        strong, weak = (known, lead) if known.worth >= lead.worth else (lead, known)
        reason = strong.reason or weak.reason
        best[lead.product_id] = Lead(product_id=lead.product_id, worth=strong.worth + weak.worth / 4, reason=reason)
    return best


def _scaled(found: Sequence[Recommendation], weight: float) -> list[Lead]:
    """Give recommendations as leads, the best of them at `weight`."""
    best = max((one.score for one in found), default=1.0) or 1.0
    return [
        Lead(product_id=one.product.product_id, worth=weight * one.score / best, reason=one.reason) for one in found
    ]
