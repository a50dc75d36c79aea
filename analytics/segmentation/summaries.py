"""What an engine counted of segments, as records: one of each segment and one of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.segmentation.expressions import AWAY, CLASS, EVERYBODY, FAVOURITE, FIGURES, GAP, STEP, TIME
from analytics.segmentation.rfm_classes import CLASSES, rfm_class

#: A row of an engine's answer, by the names of `expressions`.
Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One segment, or everybody (`segment_id` None), in figures; money in major currency units, shares 0..1."""

    segment_id: int | None
    customers: int
    #: Of all customers who are in a segment.
    share: float
    revenue: float
    revenue_share: float
    orders: int
    #: Fewest days since an order of any member.
    seen_last: float
    #: Of each figure that some of them have.
    means: dict[str, float]
    medians: dict[str, float]
    #: Middle one of the days between orders, and of days away ÷ those; single orders count as rare.
    gap: float
    away: float
    #: Customers by usual time of day, by favourite category, by RFM class.
    times: dict[str, int]
    favourites: dict[str, int]
    classes: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """All segments that have a member, by id, and everybody."""

    segments: tuple[Summary, ...]
    everybody: Summary

    @classmethod
    def of(cls, figures: Sequence[Found], counts: Iterable[Found]) -> Summaries | None:
        """Read the rows of `summary_expression` and `count_expression`; None where nobody is in a segment."""
        rows = {int(row["segment"]): row for row in figures}
        if not rows or not rows[EVERYBODY]["customers"]:
            return None
        counted: dict[int, dict[str, dict[str, int]]] = {}
        for row in sorted(counts, key=lambda one: (one["kind"], one["name"])):
            for segment in (int(row["segment"]), EVERYBODY):
                kinds = counted.setdefault(segment, {TIME: {}, FAVOURITE: {}, CLASS: {}})
                name = _class_of(row["name"]) if row["kind"] == CLASS else row["name"]
                kinds[row["kind"]][name] = kinds[row["kind"]].get(name, 0) + int(row["customers"])
        none: dict[str, dict[str, int]] = {TIME: {}, FAVOURITE: {}, CLASS: {}}
        made = {
            segment: _summary(segment, row, rows[EVERYBODY], counted.get(segment, none))
            for segment, row in sorted(rows.items())
        }
        everybody = made.pop(EVERYBODY)
        return cls(segments=tuple(made.values()), everybody=everybody)


def _summary(segment: int, row: Found, whole: Found, counts: Mapping[str, dict[str, int]]) -> Summary:
    customers, revenue, brought = int(row["customers"]), row["monetary_sum"] / STEP, whole["monetary_sum"] / STEP
    share = customers / int(whole["customers"])
    known = [name for name in FIGURES if row[f"{name}_known"]]
    classes = counts[CLASS]
    return Summary(
        segment_id=None if segment == EVERYBODY else segment,
        customers=customers,
        share=share,
        revenue=revenue,
        revenue_share=revenue / brought if brought > 0 else share,
        orders=int(row["frequency_sum"] / STEP),
        seen_last=row["seen_last"] / STEP,
        means={name: row[f"{name}_sum"] / row[f"{name}_known"] / STEP for name in known},
        medians={name: row[f"{name}_middle"] / STEP for name in known},
        gap=row[f"{GAP}_middle"] / STEP,
        away=row[f"{AWAY}_middle"] / STEP,
        times=counts[TIME],
        favourites=counts[FAVOURITE],
        classes={name: classes[name] for name in CLASSES if name in classes},
    )


def _class_of(scores: str) -> str:
    recency, frequency, money = map(int, scores)
    return rfm_class(recency, frequency, money)
