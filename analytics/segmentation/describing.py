"""What people see of segments, computed from the figures of their members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics import columns as c
from analytics.segment_records import SegmentView
from analytics.segmentation.figures import HABITS, behaviour_of, columns_of
from analytics.segmentation.measures import Labels
from analytics.segmentation.portraits import Member, Portrait, portray
from analytics.segmentation.ranks import Floats, fit_grid, places
from analytics.segmentation.rfm_classes import CLASSES, rfm_class
from analytics.segmentation.rules.wording import said
from analytics.segmentation.surrogate import Surrogate

#: Longest portrait and name that the table takes.
_PORTRAIT, _NAME = 1000, 100


@dataclass(frozen=True, slots=True)
class Customers:
    """All customers with features, in one order throughout.

    `classes` : RFM class of each; None where no job has scored her.
    `first_order`, `last_order` : ISO dates of all; None where the features do not tell.
    """

    ids: tuple[str, ...]
    columns: dict[str, Floats]
    members: Sequence[Member]
    classes: Sequence[str | None]
    first_order: str | None
    last_order: str | None

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]]) -> Customers:
        """Read stored features: (customer id, recency in days, orders, money spent, behaviour).

        Behaviour is JSON, whose reading takes longest of all in a large shop: it is read once.
        """
        members: list[Member] = []
        classes: list[str | None] = []
        days: set[str] = set()

        def read() -> Iterator[tuple[Any, ...]]:
            for row in rows:
                behaviour = behaviour_of(row[4])
                members.append(_member(row, behaviour))
                classes.append(_class_of(behaviour))
                days.update(day for name in (c.FIRST_ORDER, c.LAST_ORDER) if (day := behaviour.get(name)))
                yield (*row[:4], behaviour)

        ids, columns = columns_of(read())
        return cls(tuple(ids), columns, members, classes, min(days, default=None), max(days, default=None))


def view_segments(
    customers: Customers,
    assigned: Labels,
    ids: Sequence[int],
    rules: Surrogate | None,
    currency: str,
    names: Mapping[int, str] | None = None,
) -> tuple[SegmentView, ...]:
    """Describe each segment.

    Parameters
    ----------
    assigned : the segment id of every customer.
    ids : of all segments that the model knows; those without a member are left out.
    rules : what the surrogate says of them.
    names : {segment id: name} that stay as they are; None: they are written from the data.
    """
    groups: dict[int, list[Member]] = {segment: [] for segment in ids}
    for member, segment in zip(customers.members, assigned.tolist(), strict=True):
        groups[segment].append(member)
    present = [segment for segment in ids if groups[segment]]
    portraits = portray([groups[segment] for segment in present], currency)
    placed = {name: places(*_known(customers.columns[name])) for name in (*c.RFM, *HABITS) if _any(customers, name)}
    classes = np.array([one or "" for one in customers.classes])
    stated = {rule.segment_id: rule for rule in rules.rules} if rules else {}
    views = []
    for segment, portrait in zip(present, portraits, strict=True):
        members = assigned == segment
        rule = stated.get(segment)
        counted = Counter(one for one in classes[members].tolist() if one)
        views.append(
            SegmentView(
                segment_id=segment,
                name=(names or {}).get(segment, portrait.name)[:_NAME],
                portrait=portrait.text[:_PORTRAIT],
                size=portrait.size,
                share=round(portrait.size / len(customers.ids), 4),
                means=_means(portrait, customers.columns, members),
                places={name: round(float(of[members].mean()), 4) for name, of in placed.items()},
                rule=said(rule.condition) if rule else None,
                rule_recall=round(rule.recall, 4) if rule else None,
                rule_precision=round(rule.precision, 4) if rule else None,
                rfm_classes=dict(counted.most_common()),
            )
        )
    return tuple(views)


def class_sizes(customers: Customers) -> dict[str, int]:
    """Count all customers by RFM class, in the order of the classes."""
    counted = Counter(customers.classes)
    return {name: counted[name] for name in CLASSES if counted[name]}


def _any(customers: Customers, name: str) -> bool:
    return bool((~np.isnan(customers.columns[name])).any())


def _known(values: Floats) -> tuple[Floats, Floats]:
    """Give values with the missing ones in the middle, and their grid."""
    known = values[~np.isnan(values)]
    return np.where(np.isnan(values), np.median(known), values), fit_grid(known)


def _means(portrait: Portrait, columns: Mapping[str, Floats], members: Any) -> dict[str, float]:
    further = {}
    for name in HABITS:
        known = columns[name][members]
        known = known[~np.isnan(known)]
        if len(known):
            further[name] = round(float(known.mean()), 3)
    return further | portrait.means


def _class_of(behaviour: Mapping[str, Any]) -> str | None:
    scores = [behaviour.get(name) for name in (c.RECENCY_SCORE, c.FREQUENCY_SCORE, c.MONETARY_SCORE)]
    return None if None in scores else rfm_class(*(int(score or 0) for score in scores))


def _member(row: Sequence[Any], behaviour: Mapping[str, Any]) -> Member:
    _, recency, frequency, monetary = row[:4]
    return Member(
        recency_days=float(recency),
        frequency=int(frequency),
        monetary=float(monetary),
        basket_value=float(behaviour.get(c.BASKET_VALUE, 0.0)),
        days_between=behaviour.get(c.DAYS_BETWEEN_ORDERS),
        discount_share=float(behaviour.get(c.DISCOUNT_SHARE) or 0.0),
        usual_time=behaviour.get(c.USUAL_TIME),
        categories=tuple(behaviour.get(c.FAVOURITE_CATEGORIES) or ()),
        weekend_share=behaviour.get(c.WEEKEND_SHARE),
        categories_bought=behaviour.get(c.CATEGORIES_BOUGHT),
    )
