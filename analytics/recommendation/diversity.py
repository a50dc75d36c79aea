"""Making a short list a person likes to read out of a long ranking: varied (MMR), and with something new in it.

Maximal marginal relevance takes, one after the other, the candidate with the largest

    weight × worth − (1 − weight) × its greatest likeness to one already taken

where worth is divided by the best one's (0..1). Two of one category are as alike as `Manner.category`, two of one
department as `Manner.department`; two that read the same are never taken both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.recommendation_records import Mode
from store.repositories.catalogue import ProductRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A product that may be shown; `kind` is what it reads like, `new` whether she has bought nothing of the kind."""

    row: ProductRow
    worth: float
    kind: tuple[str, str]
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How varied a list is to be."""

    #: λ: 1 looks at the worth alone, 0 at the variety alone.
    weight: float = 0.7
    category: float = 0.8
    department: float = 0.15
    #: Share of the list, rounded down, that is new to her.
    new_share: float = 0.0


#: At 0.7 a second product of a category needs a worth a third of the best one's above that of the next category: in
#: the lists of the demonstration shop categories repeat where there is little else. What is due again is needed, alike
#: or not; a front page is to show the whole shop.
MANNERS: dict[Mode, Manner] = {
    "for_you": Manner(new_share=1 / 3),
    "buy_again": Manner(weight=0.85),
    "new": Manner(),
    "popular": Manner(),
    "front_page": Manner(weight=0.5, department=0.5, new_share=1 / 3),
    "campaign": Manner(new_share=1 / 3),
}


def varied(
    candidates: Sequence[Candidate], limit: int, manner: Manner, news: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Choose up to `limit`, best first.

    Buying again foretells the next basket best and fills most lists; where fewer than the share of new ones came in by
    their worth, the best of `news` take the last places, since three things she buys anyway help her little.

    Parameters
    ----------
    news : new products with evidence of their own, their worth on a scale of theirs.
    """
    taken = _more([], candidates, limit, manner)
    missing = int(limit * manner.new_share + 1e-9) - sum(one.new for one in taken)
    if missing <= 0 or not news:
        return taken
    old = [one for one in taken if not one.new]
    given_up = old[-min(missing, len(old)) :] if len(taken) + missing > limit else []
    kept = [one for one in taken if one not in given_up]
    with_news = _more(kept, news, min(len(kept) + missing, limit), manner)
    return with_news if len(with_news) == len(kept) + missing else _more(with_news, given_up, limit, manner)


def _more(kept: Sequence[Candidate], candidates: Sequence[Candidate], limit: int, manner: Manner) -> list[Candidate]:
    """Add the best of the candidates to those kept, up to `limit`."""
    best = max((one.worth for one in candidates), default=0.0) or 1.0
    taken = list(kept)
    left = [(one, max((_likeness(one, other, manner) for other in taken), default=0.0)) for one in candidates]
    while len(taken) < limit:
        left = [(one, alike) for one, alike in left if alike < 1.0]
        if not left:
            break
        chosen, _ = max(left, key=lambda pair: manner.weight * pair[0].worth / best - (1 - manner.weight) * pair[1])
        taken.append(chosen)
        left = [(one, max(alike, _likeness(one, chosen, manner))) for one, alike in left]
    return taken


def _likeness(one: Candidate, other: Candidate, manner: Manner) -> float:
    if one.kind == other.kind:
        return 1.0
    if one.row.category == other.row.category:
        return manner.category
    return manner.department if one.row.department == other.row.department else 0.0
