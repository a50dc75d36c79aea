"""The chart of how large the segments were over time."""

from __future__ import annotations

from analytics.report_records import Cell, Chart, Column, Grid
from analytics.segment_records import SegmentsOverview, SizesAt

_GONE = "No longer in use"


def sizes_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw the sizes of the segments in use, and of all that are not any more; None before a second day is known."""
    history = overview.history
    if len(history) < 2:
        return None
    ids = [segment.segment_id for segment in overview.segments]
    gone = any(set(one.sizes) - set(ids) for one in history)
    rows = tuple((f"{one.at:%d %b %Y}", *_row(one, ids, gone=gone)) for one in history)
    names = [segment.name for segment in overview.segments] + [_GONE] * gone
    columns = (Column("Day", "text"), *(Column(name) for name in names))
    return Chart(
        name="sizes", title=_title(overview, history[0], history[-1]),
        about="Customers in each segment on the days on which segments were found, moved with their customers, or "
        "gone back to; of each day the last figures. A line begins where its segment was found"
        + (f"; “{_GONE}” are the segments that a later rebuild did not find again." if gone else "."),
        shape="lines", x="Day", y="Customers", n=sum(history[-1].sizes.values()), of="customers",
        drawn=Grid(columns, rows),
    )  # fmt: skip


def _row(one: SizesAt, ids: list[int], *, gone: bool) -> tuple[Cell, ...]:
    sizes: list[Cell] = [one.sizes.get(segment) for segment in ids]
    others = sum(n for segment, n in one.sizes.items() if segment not in ids)
    return (*sizes, others or None) if gone else tuple(sizes)


def _title(overview: SegmentsOverview, first: SizesAt, last: SizesAt) -> str:
    names = {segment.segment_id: segment.name for segment in overview.segments}
    since = f"since {first.at:%d %B %Y}"
    both = [segment for segment in names if segment in first.sizes and segment in last.sizes]
    if not both:
        return f"All segments are new {since}"
    most = max(both, key=lambda segment: abs(last.sizes[segment] - first.sizes[segment]))
    then, now = first.sizes[most], last.sizes[most]
    if then == now:
        return f"No segment has grown or shrunk {since}"
    way = "grew" if now > then else "shrank"
    return f"“{names[most]}” {way} most {since}: from {then:,} to {now:,} customers"
