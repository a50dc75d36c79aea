"""What she said she likes, among what is recommended: as far up as words are worth in this shop, told in her words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from analytics.customers.tastes import Tastes
from analytics.records import Product, Reason, Recommendation

#: Things she likes that are looked for, the newest first; an older one says a little less.
_LOOKED_FOR, _OLDER = 3, 0.85
#: Of products of a thing of which the ranking knows nothing, each further one's share of it.
_FURTHER, _UNRANKED = 0.9, 1e-3
#: From this worth on, 1 being the best of her ranking, something she likes has at least the last place of a list.
HEEDED = 0.25
#: What she buys, or asks for now, says more than what she once said she likes.
_STRONGER = frozenset({"buy_again", "asked_for"})

#: Gives products that may be shown for words, best first.
Find = Callable[[str], Iterable[Product]]


def liked_products(tastes: Tastes, find: Find) -> list[list[Product]]:
    """Give products of each thing she likes, the newest thing first."""
    newest = [*reversed(tastes.liked_words)][:_LOOKED_FOR]
    return [[one for one in find(words) if tastes.liked(one) and tastes.suits(one)] for words in newest]


def heard(liked: Sequence[Sequence[Product]], ranked: Mapping[str, float], worth: float) -> dict[str, float]:
    """Give the worth that her words add: shared among the products of a thing in proportion to what they have.

    Parameters
    ----------
    liked : products of each thing, the newest first.
    ranked : worth of products by the ranking. worth : that of words about one thing, on the same scale.
    """
    added: dict[str, float] = {}
    for age, products in enumerate(liked):
        parts = shares([ranked.get(one.product_id, 0.0) for one in products])
        for one, part in zip(products, parts, strict=True):
            added[one.product_id] = max(worth * _OLDER**age * part, added.get(one.product_id, 0.0))
    return added


def shares(worth: Sequence[float]) -> list[float]:
    """Share 1 among the products of a thing; those of which the ranking knows nothing in the order they are found."""
    known = [one + _UNRANKED * _FURTHER**place for place, one in enumerate(worth)]
    return [one / sum(known) for one in known]


def with_liked(
    picks: Sequence[Recommendation], tastes: Tastes, limit: int, liked: Sequence[Product], worth: float
) -> list[Recommendation]:
    """Give the picks; where none is a thing she likes though words count here, the last place goes to one that is.

    Parameters
    ----------
    liked : products she likes that may be shown, best first. worth : of her words, 1 being the best of her ranking.
    """
    if not liked or worth < HEEDED or limit < 1 or any(tastes.liked(pick.product) for pick in picks):
        return list(picks)
    kept = list(picks[: limit - 1])
    score = min((pick.score for pick in kept), default=1.0)
    return [*kept, Recommendation(product=liked[0], score=score, reason=because(tastes.liked(liked[0]) or ""))]


def stated(reason: Reason, product: Product, tastes: Tastes) -> Reason:
    """Give the reason for a product: her own words where no purchase of hers is a better one."""
    words = tastes.liked(product)
    return reason if words is None or reason.kind in _STRONGER else because(words)


def because(words: str) -> Reason:
    """Give the reason in her own words."""
    return Reason(kind="stated", text=f"you told me you like {words}", evidence={"said": words})
