"""The range by shelf: what sells best in each category, and how much of the customers' baskets holds of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.questions import Appeal
from store.repositories.catalogue import ProductRow

#: Products kept of a category, the most sold: lists are short.
KEPT = 60


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shelf:
    """One category; `best` the most sold first."""

    category: str
    department: str
    best: tuple[ProductRow, ...]
    #: How much of the customers' baskets holds something of it, and of its whole department.
    appeal: Appeal
    of_department: Appeal

    @property
    def names(self) -> frozenset[str]:
        """The names by which the shop's rules speak of it, in lower case."""
        return frozenset((self.category.lower(), self.department.lower()))


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """All categories, by name."""

    by_category: dict[str, Shelf]

    def named(self, name: str) -> list[Shelf]:
        """Give the category of a name, or those of the department; in any case of letters."""
        wanted = name.casefold()
        return [
            shelf
            for shelf in self.by_category.values()
            if wanted in (shelf.category.casefold(), shelf.department.casefold())
        ]

    @classmethod
    def of(cls, rows: Iterable[ProductRow], model: NextBasketModel) -> Shelves:
        """Sort the range; how much of the baskets holds what is counted in the model."""
        sorted_: dict[str, list[ProductRow]] = {}
        for row in rows:
            sorted_.setdefault(row.category, []).append(row)
        departments: dict[str, set[str]] = {}
        for category, members in sorted_.items():
            members.sort(key=lambda row: (-row.times_sold, row.product_id))
            departments.setdefault(members[0].department, set()).add(category)
        of_category = {name: number for number, name in enumerate(sorted_)}
        appeals = _appeals(
            model, {row.product_id: of_category[row.category] for all_ in sorted_.values() for row in all_}
        )
        number_of = {name: number for number, name in enumerate(departments)}
        whole = _appeals(
            model, {row.product_id: number_of[all_[0].department] for all_ in sorted_.values() for row in all_}
        )
        return cls(
            {
                category: Shelf(
                    category=category,
                    department=members[0].department,
                    best=tuple(members[:KEPT]),
                    appeal=appeals[of_category[category]],
                    of_department=whole[number_of[members[0].department]],
                )
                for category, members in sorted_.items()
            }
        )


def _appeals(model: NextBasketModel, group_of: dict[str, int]) -> list[Appeal]:
    """Give the appeal of each group of products; a customer's share is her lines of it per basket, at most 1."""
    height, width = len(model.customers), max(group_of.values(), default=-1) + 1
    groups = np.array([group_of.get(str(product), -1) for product in model.products], dtype=np.int64)
    of_line = groups[model.counts.indices]
    customers = np.repeat(np.arange(height), np.diff(model.counts.indptr))
    known = of_line >= 0
    pairs, place = np.unique(customers[known] * width + of_line[known], return_inverse=True)
    lines = np.bincount(place, weights=model.counts.data[known], minlength=len(pairs))
    shares = np.minimum(lines / model.baskets[pairs // max(width, 1)], 1.0)
    mean = np.bincount(pairs % max(width, 1), weights=shares, minlength=width) / max(height, 1)
    squares = np.bincount(pairs % max(width, 1), weights=shares**2, minlength=width) / max(height, 1)
    return [Appeal(float(one), float(max(two - one**2, 0.0))) for one, two in zip(mean, squares, strict=True)]
