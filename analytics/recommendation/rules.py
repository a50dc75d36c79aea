"""The shop's rules for what is recommended; they hold in every mode, and for substitutes and companions as well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analytics.recommendation.asker import Asker
from analytics.recommendation_records import RecommendationPolicy
from analytics.records import Recommendation
from store.repositories.catalogue import ProductRow

#: A product without a known margin counts as if it had this one.
_USUAL_MARGIN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The policy, together with the categories (lower case) of which the shop recommends nothing unasked."""

    policy: RecommendationPolicy = field(default_factory=RecommendationPolicy)
    discreet: frozenset[str] = frozenset()

    def allow(self, row: ProductRow, *, of_age: bool, mailing: bool = False) -> bool:
        """Tell whether a product may be recommended now.

        Parameters
        ----------
        of_age : whether she is known to be as old as the shop asks for. mailing : whether it goes into a mailing,
            which is read when much of it may be sold.
        """
        if not row.in_stock or row.price is None or row.product_id in self.policy.never_products:
            return False
        least = self.policy.campaign_stock if mailing else self.policy.least_stock
        if row.stock is not None and row.stock < least:
            return False
        return self.allow_names(names_of(row), of_age=of_age)

    def allow_names(self, names: frozenset[str], *, of_age: bool) -> bool:
        """Tell whether the shop recommends things of these categories, departments and brands (lower case)."""
        if names & self.discreet or names & self.policy.never:
            return False
        return of_age or not names & self.policy.age_limited

    def of_age(self, age: int | None) -> bool:
        """Tell whether somebody is known to be as old as the shop asks for."""
        return age is not None and age >= self.policy.of_age

    def factor(self, row: ProductRow) -> float:
        """Give by what a product's worth is multiplied: the shop's boosts, and its margin where that counts."""
        factor = 1.0
        for name in names_of(row):
            factor *= self.policy.boost.get(name, 1.0)
        if self.policy.margin_weight and row.margin is not None:
            factor *= (max(row.margin, 0.01) / _USUAL_MARGIN) ** self.policy.margin_weight
        return factor


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCheck:
    """The rules for one asker: tells which products may be shown to her, and what they are worth by rule."""

    rules: Rules
    asker: Asker
    exclude: frozenset[str] = frozenset()
    mailing: bool = False

    def __call__(self, row: ProductRow) -> bool:
        """Tell whether a product may be shown to her: by the shop's rules, and by what she said."""
        if row.product_id in self.exclude or row.product_id in self.asker.refused:
            return False
        of_age = self.rules.of_age(self.asker.age)
        return self.rules.allow(row, of_age=of_age, mailing=self.mailing) and self.asker.tastes.suits(row)

    def allows_talk_of(self, row: ProductRow) -> bool:
        """Tell whether anything of its kind is recommended to her."""
        return self.rules.allow_names(names_of(row), of_age=self.rules.of_age(self.asker.age))

    def factor(self, row: ProductRow) -> float:
        """Give by what a product's worth is multiplied: by the shop's rules, and by what she wants less of."""
        return self.rules.factor(row) * self.asker.factor(row)

    def by_rules(self, found: Iterable[Recommendation], rows: Iterable[ProductRow]) -> list[Recommendation]:
        """Put what was found in the order of its worth by rule."""
        factors = {row.product_id: self.factor(row) for row in rows}
        worth = [replace(one, score=one.score * factors.get(one.product.product_id, 1.0)) for one in found]
        return sorted(worth, key=lambda one: -one.score)


def names_of(row: ProductRow) -> frozenset[str]:
    """Give the names by which rules speak of a product, in lower case: category, department, brand."""
    return frozenset(name.lower() for name in (row.category, row.department, row.brand) if name)
