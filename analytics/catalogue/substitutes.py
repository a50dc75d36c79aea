"""What to take instead of a product: the same category, nearest by name, size and price, and in stock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, log10, sqrt

from analytics.catalogue.unit_price import unit_price
from analytics.catalogue.words import stems_of
from analytics.products import kind_of, product_record
from analytics.records import Reason, Recommendation
from store.repositories.catalogue import ProductRow

#: Selling ten times as often is worth this share of likeness: it decides between names that fit much alike.
_POPULARITY = 0.15
#: What she buys herself counts as if it were so much more like it.
_OWN_BONUS = 1.3
#: Likeness of something of the same category whose name has no word in common.
_SAME_CATEGORY = 0.15
#: Prices nearer than this share are called the same.
_SAME_PRICE = 0.03
#: Cheaper means at least this share less: a cent is no reason to change.
_CHEAPER = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    row: ProductRow
    score: float


def substitutes(
    wanted: ProductRow,
    others: Sequence[ProductRow],
    *,
    limit: int,
    cheaper: bool = False,
    exclude: Collection[str] = (),
    own: Collection[str] = (),
) -> list[Recommendation]:
    """Give up to `limit` products to take instead, best first, no two that read the same.

    Parameters
    ----------
    wanted : what she cannot or does not want to have.
    others : products of its category.
    cheaper : whether only what costs less will do.
    exclude : ids that are not to be shown. own : ids that she bought before.
    """
    fitting = [row for row in others if _fits(row, wanted, exclude, cheaper=cheaper)]
    rarity = _rarity([wanted, *fitting])
    scored = [_Candidate(row=row, score=_score(row, wanted, rarity, row.product_id in own)) for row in fitting]
    scored.sort(key=lambda one: (-one.score, one.row.product_id))
    return [
        Recommendation(product=product_record(one.row), score=one.score, reason=_reason(one.row, wanted))
        for one in _one_of_a_kind(scored, limit)
    ]


def _fits(row: ProductRow, wanted: ProductRow, exclude: Collection[str], *, cheaper: bool) -> bool:
    if not row.in_stock or row.price is None or row.product_id == wanted.product_id or row.product_id in exclude:
        return False
    if cheaper:
        return _is_cheaper(row, wanted)
    return not wanted.in_stock or (kind_of(row), row.size) != (kind_of(wanted), wanted.size)


def _is_cheaper(row: ProductRow, wanted: ProductRow) -> bool:
    """Tell whether it costs less, and by the ounce, too: a smaller pack alone saves nothing."""
    if row.price is None or wanted.price is None or row.price > wanted.price * (1 - _CHEAPER):
        return False
    by_unit = _unit_difference(row, wanted)
    return by_unit is None or by_unit <= -_SAME_PRICE


def _unit_difference(row: ProductRow, wanted: ProductRow) -> float | None:
    """Give by which share a unit costs more than of the wanted one; None where units cannot be compared."""
    one, other = unit_price(row.price, row.size), unit_price(wanted.price, wanted.size)
    if one is None or other is None or one.unit != other.unit or not other.amount:
        return None
    return one.amount / other.amount - 1


def _score(row: ProductRow, wanted: ProductRow, rarity: dict[str, float], owned: bool) -> float:
    likeness = _SAME_CATEGORY + (1 - _SAME_CATEGORY) * _likeness(_stems(row), _stems(wanted), rarity)
    closeness = _closeness(row.price, wanted.price) * _closeness(_content(row), _content(wanted))
    popular = 1 + _POPULARITY * log10(1 + row.times_sold)
    # Rounded: sums over sets differ in their last digit from run to run, and equals are to stay equal.
    return round(likeness * sqrt(closeness) * popular * (_OWN_BONUS if owned else 1.0), 9)


def _likeness(one: frozenset[str], other: frozenset[str], rarity: dict[str, float]) -> float:
    """Give the share of what the names say that they say both, rare words counting more; 0..1."""
    said = sum(rarity[word] for word in one | other)
    return sum(rarity[word] for word in one & other) / said if said else 0.0


def _closeness(one: float | None, other: float | None) -> float:
    """Give 1 where two amounts are equal, a half where one is twice the other; a half where one is unknown."""
    return exp(-abs(log(one / other))) if one and other else 0.5


def _content(row: ProductRow) -> float | None:
    """Give how much is in a pack; only to be compared within a category, where units are mostly one."""
    told = unit_price(row.price, row.size)
    return row.price / told.amount if told and told.amount and row.price else None


def _rarity(rows: Iterable[ProductRow]) -> dict[str, float]:
    listed = [_stems(row) for row in rows]
    counts = Counter(word for stems in listed for word in stems)
    return {word: log(1 + len(listed) / count) for word, count in counts.items()}


def _stems(row: ProductRow) -> frozenset[str]:
    return frozenset(stems_of(kind_of(row)[1]))


def _one_of_a_kind(scored: Sequence[_Candidate], limit: int) -> list[_Candidate]:
    best: dict[tuple[str, str], _Candidate] = {}
    for one in scored:
        best.setdefault(kind_of(one.row), one)
    return list(best.values())[: max(limit, 0)]


def _reason(row: ProductRow, wanted: ProductRow) -> Reason:
    """Say what is alike and what differs: "also from Coffee, the same size, 20% cheaper"."""
    told = [f"also from {row.category}"]
    same_size = bool(row.size) and row.size == wanted.size
    if same_size:
        told.append("the same size")
    by_unit = None if same_size else _unit_difference(row, wanted)
    difference = by_unit
    if by_unit is None and row.price is not None and wanted.price:
        difference = row.price / wanted.price - 1
    if difference is not None:
        told.append(_spoken_difference(difference) + (" for the same amount" if by_unit is not None else ""))
    return Reason(
        kind="substitute",
        text=", ".join(told),
        evidence={"instead_of": wanted.product_id, "difference": difference and round(difference, 3)},
    )


def _spoken_difference(difference: float) -> str:
    if abs(difference) < _SAME_PRICE:
        return "about the same price"
    return f"{abs(difference):.0%} {'cheaper' if difference < 0 else 'dearer'}"
