"""What people are shown of the whole shop, on plain lists: a kept report, customers, segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from analytics.insight_records import CustomerPage, CustomerQuery, CustomerRow, SegmentRow
from analytics.report_records import Card, Chart, Column, Finding, Grid, Listing, Report, Section

MADE_AT = datetime(2026, 5, 4, 3, tzinfo=UTC)

_COLUMNS = Chart(
    name="months", title="April was the strongest month", about="What was paid by month.", shape="columns",
    x="Month", y="Paid, $", n=12, of="orders",
    drawn=Grid((Column("Month", "text"), Column("Paid", "money")), (("Mar 2026", 10.5), ("Apr 2026", 31.0))),
)  # fmt: skip
_DOTS = Chart(
    name="frequency_and_money", title="A few bring most", about="A point is a customer.", shape="dots", x="Orders",
    y="Paid, $", n=2, of="customers", log=("x", "y"),
    drawn=Grid(
        (Column("Orders"), Column("Paid", "money"), Column("Segment", "text")), ((4, 60.0, "Regulars"), (1, 9.0, "New"))
    ),
)  # fmt: skip
_HEAT = Chart(
    name="hours", title="Most order on Mondays", about="Share by weekday and hour.", shape="heat", x="Hour",
    y="Weekday", n=3, of="orders",
    drawn=Grid(
        (Column("Hour", "text"), Column("Weekday", "text"), Column("Share", "share")),
        (("09:00", "Monday", 0.7), ("10:00", "Monday", 0.1), ("09:00", "Tuesday", 0.2), ("10:00", "Tuesday", 0.0)),
    ),
)  # fmt: skip
_FLOW = Chart(
    name="movements", title="Most stayed", about="Before and now.", shape="flow", x="From", y="To", n=3, of="customers",
    drawn=Grid(
        (Column("From", "text"), Column("To", "text"), Column("Customers")),
        (("Regulars", "Regulars", 2), ("Regulars", "New", 1)),
    ),
)  # fmt: skip
_CURVES = Chart(
    name="calibration", title="The odds are right", about="Said and come true.", shape="curves", x="Said", y="True",
    n=3, of="customers", dashed=("Right",),
    drawn=Grid(
        (Column("Said", "share"), Column("True", "share"), Column("Group", "text")),
        ((0.1, 0.1, "Model"), (0.5, 0.4, "Model"), (0.0, 0.0, "Right"), (1.0, 1.0, "Right")),
    ),
)  # fmt: skip
_BARS = Chart(
    name="lists-all", title="Lists are better than habit", about="nDCG@10.", shape="bars", x="nDCG@10", y="List", n=3,
    of="customers",
    drawn=Grid((Column("List", "text"), Column("nDCG@10", "figure")), (("The recommender", 0.3), ("Habit", 0.2))),
)  # fmt: skip
_LISTING = Listing(
    name="findings", title="What was found", about="Every check.",
    grid=Grid((Column("Found", "text"), Column("Rows")), (("empty names", 3),)),
)  # fmt: skip
_CARD = Card(
    name="segment-3", title="Regulars", paragraphs=("They come every week.", "In short: at least 6 orders."),
    facts=(("Customers", "2 (67 %)"),),
)  # fmt: skip

REPORT = Report(
    shop="The Corner Shop", currency="$", made_at=MADE_AT, as_of=MADE_AT,
    summary=(
        Finding(kind="changed", text="Orders as usual.", section="shop", tone="good"),
        Finding(kind="to_do", text="Write to one regular.", section="predictions", tone="bad"),
    ),
    sections=(
        Section(name="shop", title="The shop", lead="12 orders.", parts=(_COLUMNS, _HEAT, _DOTS)),
        Section(name="segments", title="Segments", lead="Two segments.", parts=(_CARD, _FLOW)),
        Section(name="predictions", title="Predictions", lead="Two customers.", parts=(_CURVES,)),
        Section(name="recommendations", title="Recommendations", lead="Built on Monday.", parts=(_BARS,)),
        Section(name="quality", title="Data quality", lead="", parts=(_LISTING,), missing=("Run `rapport import`.",)),
    ),
)  # fmt: skip

SEGMENTS = (
    SegmentRow(segment_id=3, name="Regulars", portrait="They come every week.", size=2, share=2 / 3,
               means={"basket_value": 12.5}),
    SegmentRow(segment_id=4, name="New", portrait="They came once.", size=1, share=1 / 3),
)  # fmt: skip

CUSTOMERS = (
    CustomerRow(customer_id="ana", name="Ana Brandt", segment_id=3, segment="Regulars", recency_days=6.0, orders=48,
                spent=1932.4, churn=0.1, value=210.0, at_risk=23.0),
    CustomerRow(customer_id="marcus", name="Marcus Lind", segment_id=4, segment="New", recency_days=0.4, orders=1,
                spent=12.0, churn=0.6, value=9.0, at_risk=13.5),
    CustomerRow(customer_id="ben", name=None, segment_id=None, segment=None, recency_days=None, orders=None,
                spent=None),
)  # fmt: skip


@dataclass
class FakeInsights:
    """Answers like the real port; `asked` holds the queries."""

    kept: Report | None = REPORT
    people: tuple[CustomerRow, ...] = CUSTOMERS
    groups: tuple[SegmentRow, ...] = SEGMENTS
    asked: list[CustomerQuery] = field(default_factory=list)

    def report(self) -> Report | None:
        return self.kept

    def customers(self, wanted: CustomerQuery) -> CustomerPage:
        self.asked.append(wanted)
        found = [
            row for row in self.people
            if wanted.search.lower() in (row.name or row.customer_id).lower()
            and wanted.segment_id in (None, row.segment_id)
        ]  # fmt: skip
        at = wanted.page * wanted.size
        return CustomerPage(rows=tuple(found[at : at + wanted.size]), total=len(found), predicted=True)

    def segments(self) -> tuple[SegmentRow, ...]:
        return self.groups
