"""The classes that marketers know, from scores 1 to 5 of recency, frequency and money.

The usual grid lays recency against frequency and money taken together (their mean, halves rounded up), one score of
each making a square. It is the grid that Putler, Klaviyo and many textbooks print with overlapping ranges ("At risk:
recency 1-2, frequency and money 2-5"); here each of the 25 squares belongs to one class, so that every customer has
exactly one, and who has the lowest score in all is lost.
"""

from __future__ import annotations

CLASSES = (
    "Champions",
    "Loyal",
    "Potential loyalists",
    "New",
    "Promising",
    "Need attention",
    "About to sleep",
    "At risk",
    "Can't lose them",
    "Hibernating",
    "Lost",
)

#: A row per score of recency, 5 first; in it a class per score of frequency and money, 1 first.
_GRID = {
    5: ("New", "Potential loyalists", "Potential loyalists", "Champions", "Champions"),
    4: ("Promising", "Potential loyalists", "Potential loyalists", "Loyal", "Loyal"),
    3: ("About to sleep", "About to sleep", "Need attention", "Loyal", "Loyal"),
    2: ("Hibernating", "Hibernating", "At risk", "At risk", "Can't lose them"),
    1: ("Lost", "Hibernating", "At risk", "At risk", "Can't lose them"),
}


def rfm_class(recency: int, frequency: int, money: int) -> str:
    """Give the class of a customer.

    Parameters
    ----------
    recency, frequency, money : scores 1 (low) to 5 (best), as `analytics.columns` names them.

    Raises
    ------
    ValueError
        A score is not a whole number from 1 to 5.
    """
    for name, score in (("recency", recency), ("frequency", frequency), ("money", money)):
        if score not in (1, 2, 3, 4, 5):
            raise ValueError(f"The {name} score {score!r} is not a whole number from 1 to 5.")
    return _GRID[int(recency)][(int(frequency) + int(money) + 1) // 2 - 1]
