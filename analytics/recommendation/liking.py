"""What she said she likes, among what is recommended: in its place, with her own words as the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from analytics.customers.tastes import Tastes
from analytics.records import Product, Reason, Recommendation

#: Things she likes that are looked for, the newest first.
_LOOKED_FOR = 3
#: What she buys, or asks for now, says more than what she once said she likes.
_STRONGER = frozenset({"buy_again", "asked_for"})


def with_liked(
    picks: Sequence[Recommendation], tastes: Tastes, limit: int, find: Callable[[str], Iterable[Product]]
) -> list[Recommendation]:
    """Give the picks, with her words as the reason; where none is a thing she likes, one that is comes first.

    Parameters
    ----------
    find : gives products that may be shown for words, best first.
    """
    told = [replace(pick, reason=stated(pick.reason, pick.product, tastes)) for pick in picks]
    if not tastes.likes or any(tastes.liked(pick.product) for pick in told):
        return told
    liked = next(_liked(tastes, find), None)
    if liked is None:
        return told
    best = max((pick.score for pick in told), default=1.0)
    first = Recommendation(product=liked, score=best, reason=_because(tastes.liked(liked) or ""))
    return [first, *told][: max(limit, 0)]


def stated(reason: Reason, product: Product, tastes: Tastes) -> Reason:
    """Give the reason for a product: her own words where no purchase of hers is a better one."""
    words = tastes.liked(product)
    return reason if words is None or reason.kind in _STRONGER else _because(words)


def _liked(tastes: Tastes, find: Callable[[str], Iterable[Product]]) -> Iterator[Product]:
    for words in [*reversed(tastes.liked_words)][:_LOOKED_FOR]:
        yield from (one for one in find(words) if tastes.liked(one) and tastes.suits(one))


def _because(words: str) -> Reason:
    return Reason(kind="stated", text=f"you told me you like {words}", evidence={"said": words})
