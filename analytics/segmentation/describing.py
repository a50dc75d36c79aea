"""What people see of segments, computed from the figures of their members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from analytics import columns as c
from analytics.segment_records import SegmentView
from analytics.segmentation.expressions import SCORES
from analytics.segmentation.figures import HABITS, behaviour_of, columns_of
from analytics.segmentation.measures import Labels
from analytics.segmentation.portraits import portray
from analytics.segmentation.ranks import Floats, fit_grid, places
from analytics.segmentation.relations import SCHEMA
from analytics.segmentation.rules.wording import said
from analytics.segmentation.summaries import Summaries
from analytics.segmentation.surrogate import Surrogate

#: Longest portrait and name that the table takes.
_PORTRAIT, _NAME = 1000, 100


@dataclass(frozen=True, slots=True)
class Customers:
    """All customers with features, in one order throughout.

    `told` : what is counted of them beside the figures: scores, usual time, favourite categories; a list each, None
        where no job has told.
    `first_order`, `last_order` : ISO dates of all; None where the features do not tell.
    """

    ids: tuple[str, ...]
    columns: dict[str, Floats]
    told: dict[str, list[Any]]
    first_order: str | None
    last_order: str | None

    @classmethod
    def of(cls, rows: Sequence[Sequence[Any]]) -> Customers:
        """Read stored features: (customer id, recency in days, orders, money spent, behaviour).

        Behaviour is JSON, whose reading takes longest of all in a large shop: it is read once.
        """
        told: dict[str, list[Any]] = {name: [] for name in (*SCORES, c.USUAL_TIME, c.FAVOURITE_CATEGORIES)}
        days: set[str] = set()

        def read() -> Iterator[tuple[Any, ...]]:
            for row in rows:
                behaviour = behaviour_of(row[4])
                for name, values in told.items():
                    values.append(behaviour.get(name))
                days.update(day for name in (c.FIRST_ORDER, c.LAST_ORDER) if (day := behaviour.get(name)))
                yield (*row[:4], behaviour)

        ids, columns = columns_of(read())
        return cls(tuple(ids), columns, told, min(days, default=None), max(days, default=None))

    def members(self, assigned: Labels | pa.Array) -> pa.Table:
        """Give them with their segments, as segments are counted from (`relations.SCHEMA`)."""
        figures = {name: pa.array(values, pa.float64(), from_pandas=True) for name, values in self.columns.items()}
        columns: dict[str, Any] = {"segment": assigned, **figures, **self.told}
        arrays = [pa.array(columns[field.name], field.type) for field in SCHEMA]
        return pa.Table.from_arrays(arrays, schema=SCHEMA)


def view_segments(
    summaries: Summaries,
    customers: Customers,
    assigned: Labels,
    rules: Surrogate | None,
    currency: str,
    names: Mapping[int, str] | None = None,
) -> tuple[SegmentView, ...]:
    """Describe each segment that has a member.

    Parameters
    ----------
    summaries : the figures of all segments.
    customers, assigned : all customers, or a sample of very many, and the segment id of each.
    rules : what the surrogate says of the segments.
    names : {segment id: name} that stay as they are; None: they are written from the data.
    """
    portraits = portray(summaries, currency)
    placed = {name: places(*_known(customers.columns[name])) for name in (*c.RFM, *HABITS) if _any(customers, name)}
    stated = {rule.segment_id: rule for rule in rules.rules} if rules else {}
    views = []
    for summary, portrait in zip(summaries.segments, portraits, strict=True):
        segment = int(summary.segment_id or 0)
        members = assigned == segment
        rule = stated.get(segment)
        views.append(
            SegmentView(
                segment_id=segment,
                name=(names or {}).get(segment, portrait.name)[:_NAME],
                portrait=portrait.text[:_PORTRAIT],
                size=summary.customers,
                share=round(summary.share, 4),
                means={name: round(value, 3) for name, value in summary.means.items()},
                medians={name: round(value, 3) for name, value in summary.medians.items()},
                revenue=round(summary.revenue, 2),
                revenue_share=round(summary.revenue_share, 4),
                orders=summary.orders,
                places={name: round(float(of[members].mean()), 4) for name, of in placed.items() if members.any()},
                rule=said(rule.condition) if rule else None,
                rule_recall=round(rule.recall, 4) if rule else None,
                rule_precision=round(rule.precision, 4) if rule else None,
                rfm_classes=dict(sorted(summary.classes.items(), key=lambda one: -one[1])),
            )
        )
    return tuple(views)


def _any(customers: Customers, name: str) -> bool:
    return bool((~np.isnan(customers.columns[name])).any())


def _known(values: Floats) -> tuple[Floats, Floats]:
    """Give values with the missing ones in the middle, and their grid."""
    known = values[~np.isnan(values)]
    return np.where(np.isnan(values), np.median(known), values), fit_grid(known)
