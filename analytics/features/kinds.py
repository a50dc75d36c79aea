"""Kinds of products, (category, department), as small numbers: grouping lines by text would cost twice as much.

Codes follow the names' order, so that of two categories bought equally often the same one wins on every engine,
whatever order its database sorts text in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

#: (category, department); None or "" for neither.
Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """All kinds of a shop; a kind's code is its place in `pairs`."""

    pairs: tuple[Pair, ...]
    categories: tuple[str, ...]
    departments: tuple[str, ...]

    @property
    def nested(self) -> bool:
        """Whether every category lies in one department."""
        return len(self.categories) == sum(category is not None for category, _ in self.pairs)

    def as_table(self) -> pa.Table:
        """Give kind, the codes of its category and department (-1 for none) and their names ("" for none)."""
        categories = [category for category, _ in self.pairs]
        departments = [department for _, department in self.pairs]
        return pa.table(
            {
                "kind": pa.array(range(len(self.pairs)), pa.int32()),
                "category": _codes(categories, self.categories),
                "department": _codes(departments, self.departments),
                "category_name": pa.array([name or "" for name in categories], pa.string()),
                "department_name": pa.array([name or "" for name in departments], pa.string()),
            }
        )


def kinds_of(pairs: Iterable[Pair]) -> Kinds:
    """Sort the pairs of a shop's products; those that name nothing are left out."""
    named = {(category or None, department or None) for category, department in pairs} - {(None, None)}
    return Kinds(
        pairs=tuple(sorted(named, key=lambda pair: (pair[0] or "", pair[1] or ""))),
        categories=tuple(sorted({category for category, _ in named if category})),
        departments=tuple(sorted({department for _, department in named if department})),
    )


def _codes(names: list[str | None], known: tuple[str, ...]) -> pa.Array:
    code = {name: number for number, name in enumerate(known)}
    return pa.array([code[name] if name else -1 for name in names], pa.int64())
