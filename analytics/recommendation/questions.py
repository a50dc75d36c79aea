"""What to ask a newcomer: the departments and categories that tell the shop's customers apart best.

A question helps where customers differ much: what everybody has in every basket tells nothing of her, and what hardly
anybody buys is rarely her answer. That is the variance, over customers, of the share of their baskets that hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analytics.recommendation_records import TasteAnswer, TasteQuestion

#: Answers offered; fewer than two are no question.
MOST_ANSWERS, LEAST_ANSWERS = 6, 2


class Appeal(NamedTuple):
    """How much of the customers' baskets holds a thing: the mean over customers (0..1), and the variance (0..¼)."""

    share: float
    variance: float


def taste_questions(
    departments: Mapping[str, Appeal], categories: Mapping[str, tuple[str, Appeal]], wanted: Iterable[str] = ()
) -> list[TasteQuestion]:
    """Give one question or two; none where the range has nothing to choose between.

    Parameters
    ----------
    departments : how much of the baskets holds something of each.
    categories : the department of each, and the same of it.
    wanted : what she has answered; a department's name leaves the question within it.
    """
    chosen = {word.casefold() for word in wanted}
    about = next((name for name in departments if name.casefold() in chosen), None)
    if about is not None:
        inside = {name: appeal for name, (of, appeal) in categories.items() if of == about}
        return _question(TasteQuestion(kind="category", answers=_answers(inside), about=about))
    one_of_each = _one_a_department(categories)
    return [
        *_question(TasteQuestion(kind="department", answers=_answers(departments))),
        *_question(TasteQuestion(kind="category", answers=_answers(one_of_each))),
    ]


def _answers(appeals: Mapping[str, Appeal]) -> tuple[TasteAnswer, ...]:
    """Give the most telling as answers, what is in most baskets first."""
    bought = [name for name, appeal in appeals.items() if appeal.share > 0]
    best = sorted(bought, key=lambda name: (-appeals[name].variance, -appeals[name].share, name))[:MOST_ANSWERS]
    return tuple(
        TasteAnswer(title=name, wanted=name) for name in sorted(best, key=lambda name: (-appeals[name].share, name))
    )


def _one_a_department(categories: Mapping[str, tuple[str, Appeal]]) -> dict[str, Appeal]:
    """Keep the most telling category of each department, so that the answers differ."""
    best: dict[str, str] = {}
    for name in sorted(categories, key=lambda name: (-categories[name][1].variance, name)):
        best.setdefault(categories[name][0], name)
    return {name: categories[name][1] for name in best.values()}


def _question(question: TasteQuestion) -> list[TasteQuestion]:
    return [question] if len(question.answers) >= LEAST_ANSWERS else []
