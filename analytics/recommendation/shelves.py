"""The range by shelf: what sells best in each category and department, and how many customers buy there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.recommendation.model import NextBasketModel
from store.repositories.catalogue import ProductRow

#: Products kept of a category, the most sold: lists are short.
KEPT = 60


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shelf:
    """One category; `best` the most sold first."""

    category: str
    department: str
    best: tuple[ProductRow, ...]
    #: Share of the customers (0..1) who ever bought of it; and the same for its whole department.
    share: float
    department_share: float

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
        """Sort the range; how many customers buy where is counted in the model."""
        sorted_: dict[str, list[ProductRow]] = {}
        for row in rows:
            sorted_.setdefault(row.category, []).append(row)
        departments: dict[str, set[str]] = {}
        for category, members in sorted_.items():
            members.sort(key=lambda row: (-row.times_sold, row.product_id))
            departments.setdefault(members[0].department, set()).add(category)
        of_category = {name: number for number, name in enumerate(sorted_)}
        shares = _shares(
            model, {row.product_id: of_category[row.category] for all_ in sorted_.values() for row in all_}
        )
        number_of = {name: number for number, name in enumerate(departments)}
        whole = _shares(
            model, {row.product_id: number_of[all_[0].department] for all_ in sorted_.values() for row in all_}
        )
        return cls(
            {
                category: Shelf(
                    category=category,
                    department=members[0].department,
                    best=tuple(members[:KEPT]),
                    share=shares.get(of_category[category], 0.0),
                    department_share=whole.get(number_of[members[0].department], 0.0),
                )
                for category, members in sorted_.items()
            }
        )


def _shares(model: NextBasketModel, group_of: dict[str, int]) -> dict[int, float]:
    """Give, by group, the share of the model's customers who bought any product of it."""
    groups = np.array([group_of.get(str(product), -1) for product in model.products], dtype=np.int64)
    customers = np.repeat(np.arange(len(model.customers)), np.diff(model.counts.indptr))
    bought = groups[model.counts.indices]
    width = int(groups.max(initial=0)) + 1
    pairs = np.unique(customers[bought >= 0] * width + bought[bought >= 0])
    counted = np.bincount(pairs % width, minlength=width)
    return {group: float(count) / max(len(model.customers), 1) for group, count in enumerate(counted.tolist())}
