"""What to ask a newcomer: the departments and categories that tell the shop's customers apart best.

A question helps where about half of the customers would answer it so: what everybody buys tells nothing of her, and
what hardly anybody buys is rarely her answer. That is the variance of whether a customer buys it, share × (1 − share).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analytics.recommendation_records import TasteAnswer, TasteQuestion

#: Answers offered; fewer than two are no question.
MOST_ANSWERS, LEAST_ANSWERS = 6, 2
#: Bought by fewer than this share of the customers it is nothing to offer as an answer.
_LEAST_SHARE = 0.01


def taste_questions(
    departments: Mapping[str, float], categories: Mapping[str, tuple[str, float]], wanted: Iterable[str] = ()
) -> list[TasteQuestion]:
    """Give one question or two; none where the range has nothing to choose between.

    Parameters
    ----------
    departments : share of customers (0..1) who bought from each.
    categories : department and share of customers of each category.
    wanted : what she has answered; a department's name leaves the question within it.
    """
    chosen = {word.casefold() for word in wanted}
    about = next((name for name in departments if name.casefold() in chosen), None)
    if about is not None:
        inside = {name: share for name, (of, share) in categories.items() if of == about}
        return _question(TasteQuestion(kind="category", answers=_answers(inside), about=about))
    all_over = {name: share for name, (_, share) in categories.items()}
    one_of_each = _one_a_department(categories, all_over)
    return [
        *_question(TasteQuestion(kind="department", answers=_answers(departments))),
        *_question(TasteQuestion(kind="category", answers=_answers(one_of_each))),
    ]


def telling(share: float) -> float:
    """Give how well a thing tells customers apart that this share of them buy, 0..¼."""
    return share * (1.0 - share)


def _answers(shares: Mapping[str, float]) -> tuple[TasteAnswer, ...]:
    """Give the most telling as answers, what most people buy first."""
    fitting = [name for name, share in shares.items() if share >= _LEAST_SHARE]
    best = sorted(fitting, key=lambda name: (-round(telling(shares[name]), 9), -shares[name], name))[:MOST_ANSWERS]
    return tuple(TasteAnswer(title=name, wanted=name) for name in sorted(best, key=lambda name: (-shares[name], name)))


def _one_a_department(categories: Mapping[str, tuple[str, float]], shares: Mapping[str, float]) -> dict[str, float]:
    """Keep the most telling category of each department, so that the answers differ."""
    best: dict[str, str] = {}
    for name in sorted(shares, key=lambda name: (-telling(shares[name]), name)):
        best.setdefault(categories[name][0], name)
    return {name: shares[name] for name in best.values()}


def _question(question: TasteQuestion) -> list[TasteQuestion]:
    return [question] if len(question.answers) >= LEAST_ANSWERS else []
