"""Making a short list a person likes to read out of a long ranking: varied, and with something new in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: From this length on a list holds at least one product she has not bought, if there is evidence for one.
SHORTEST_LIST_WITH_NEWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A product that may be shown. Products of one `group` read the same; `new` means none of its group was bought."""

    index: int
    score: float
    group: int
    category: int
    new: bool


def pick(ranked: Sequence[Candidate], news: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Choose up to `limit` of the ranked candidates.

    The best come first, one per category; categories repeat only where the list would stay short, groups never.
    Buying again foretells the next basket best and fills most lists; a list of three or more that holds nothing new
    gives its last place to the best of `news`, since three things she buys anyway help her little.

    Parameters
    ----------
    ranked : best first.
    news : new products with evidence of their own, best first.
    """
    picked = _varied(ranked, limit)
    if limit < SHORTEST_LIST_WITH_NEWS or any(one.new for one in picked):
        return picked
    kept = picked[: limit - 1]
    fitting = [one for one in news if _goes_beside(one, kept, new_category=True)]
    return [*kept, fitting[0]] if fitting else picked


def _varied(ranked: Iterable[Candidate], limit: int) -> list[Candidate]:
    picked: list[Candidate] = []
    left_over: list[Candidate] = []
    for candidate in ranked:
        fits = _goes_beside(candidate, picked, new_category=True)
        (picked if fits and len(picked) < limit else left_over).append(candidate)
    for candidate in left_over:
        if len(picked) >= limit:
            break
        if _goes_beside(candidate, picked, new_category=False):
            picked.append(candidate)
    return picked


def _goes_beside(candidate: Candidate, others: Sequence[Candidate], *, new_category: bool) -> bool:
    if any(candidate.group == other.group for other in others):
        return False
    return not new_category or all(candidate.category != other.category for other in others)
