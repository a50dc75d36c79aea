"""The section on segments: who they are, how alike, how they were chosen, how they move."""

from __future__ import annotations

from analytics.report_records import Card, Cell, Chart, Column, Grid, Listing, Part, Section
from analytics.reporting.dendrogram import dendrogram_chart
from analytics.reporting.figure_words import figure_name, figure_text
from analytics.reporting.segment_sizes import sizes_chart
from analytics.reporting.words import CUSTOMER, amount, percent
from analytics.segment_records import Candidate, SegmentsOverview, SegmentView
from analytics.wording import counted

_METHODS = {"kmeans": "K-Means", "ward": "Hierarchical (Ward)", "mixture": "Gaussian mixture"}
#: A segment may be called "New", so who came since is not.
_NEWCOMERS = "Not there before"
#: A drift below this cannot be drawn, and is none.
_NOTHING = 0.005
_TO_BUILD = "There are no segments yet: run `rapport features`, then `rapport segments`."


def segments_section(overview: SegmentsOverview | None, currency: str) -> Section:
    """Draw the segments in use; without any, say what to run."""
    if overview is None or not overview.segments:
        return Section(name="segments", title="Segments", lead="", missing=(_TO_BUILD,))
    drawn: list[Part | None] = [
        *(portrait_card(segment, currency) for segment in overview.segments),
        heat_chart(overview), map_chart(overview), dendrogram_chart(overview), movements_chart(overview),
        sizes_chart(overview), drift_chart(overview), classes_chart(overview), candidates_listing(overview),
        *_lists(overview),
    ]  # fmt: skip
    found = f"{_METHODS.get(overview.method, overview.method)} on {overview.space}"
    lead = (
        f"{counted(overview.customers, 'customer')} in {counted(len(overview.segments), 'segment')}, found on "
        f"{overview.built_at:%d %B %Y} by {found}. {' '.join(overview.notes)}"
    )
    missing = () if overview.transitions else ("Movements between segments are told once there is an earlier period.",)
    if overview.drift and overview.drift.worst < _NOTHING:
        lead += f" Nothing has drifted since then, as of {overview.drift.measured_at:%d %B %Y}."
    return Section(
        name="segments", title="Segments", lead=lead.strip(), parts=tuple(part for part in drawn if part is not None),
        missing=missing,
    )  # fmt: skip


def portrait_card(segment: SegmentView, currency: str) -> Card:
    """Give a segment in words: its portrait, the rule that says who is in it, its figures."""
    paragraphs = [segment.portrait]
    if segment.rule:
        sure = ""
        if segment.rule_recall is not None and segment.rule_precision is not None:
            sure = (
                f" The rule finds {percent(segment.rule_recall)} of them, and {percent(segment.rule_precision)} of "
                "whom it finds are."
            )
        paragraphs.append(f"In short: {segment.rule}.{sure}")
    facts = [("Customers", f"{segment.size:,} ({percent(segment.share)})")]
    if segment.revenue is not None and segment.revenue_share is not None:
        facts.append(("All of them spent", f"{amount(segment.revenue, currency)} ({percent(segment.revenue_share)})"))
    facts += [(figure_name(name), figure_text(name, value, currency)) for name, value in segment.means.items()]
    if segment.rfm_classes:
        most = list(segment.rfm_classes.items())[:3]
        facts.append(("RFM classes", ", ".join(f"{name} {count:,}" for name, count in most)))
    return Card(
        name=f"segment-{segment.segment_id}", title=segment.name, paragraphs=tuple(paragraphs), facts=tuple(facts)
    )


def heat_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw where each segment stands among all customers, figure by figure."""
    figures = list(overview.segments[0].places)
    if not figures:
        return None
    drawn = tuple(
        (figure_name(figure), segment.name, round(segment.places[figure] - 0.5, 3))
        for segment in overview.segments
        for figure in figures
        if figure in segment.places
    )
    most = max(drawn, key=lambda row: abs(row[2]))
    way = "above" if most[2] > 0 else "below"
    columns = (
        Column("Figure", "text"),
        Column("Segment", "text"),
        Column("Above (+) or below (−) the middle", "share"),
    )
    table = tuple((segment.name, *(segment.places.get(figure) for figure in figures)) for segment in overview.segments)
    return Chart(
        name="heat", title=f"“{most[1]}” differ most: by “{most[0].lower()}” they stand far {way} the middle",
        about="Mean place of a segment's customers among all customers: +50 % would be the highest of all, −50 % the "
        "lowest, 0 the middle. Blue is above, orange below. The table has the places from 0 % to 100 %.",
        shape="heat", x="Figure", y="Segment", n=overview.customers, of="customers", drawn=Grid(columns, drawn),
        table=Grid((Column("Segment", "text"), *(Column(figure_name(one), "share") for one in figures)), table),
    )  # fmt: skip


def map_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw customers in the plane in which they differ most."""
    shown = overview.map
    if shown is None or not shown.points:
        return None
    names = {segment.segment_id: segment.name for segment in overview.segments}
    points = sorted(shown.points, key=lambda point: point.segment_id)
    columns = (Column("Across", "figure"), Column("Up", "figure"), Column("Segment", "text"))
    return Chart(
        name="map", title="On a map, customers are one cloud: segments are its parts, without gaps between them",
        about=f"A point is a customer; points near each other behave alike. The axes are the two directions in which "
        f"customers differ most: {percent(shown.x_share)} and {percent(shown.y_share)} of all difference. The table "
        "has the middle of each segment.",
        shape="dots", x=shown.x_title, y=shown.y_title, n=overview.customers, of="customers",
        drawn=Grid(columns, tuple(
            (round(point.x, 3), round(point.y, 3), names.get(point.segment_id, "–")) for point in points
        )),
        table=Grid((Column("Segment", "text"), *columns[:2]), tuple(
            (names.get(point.segment_id, "–"), round(point.x, 3), round(point.y, 3)) for point in shown.middles
        )),
    )  # fmt: skip


def movements_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw how customers moved between segments."""
    moved = overview.transitions
    if moved is None:
        return None
    rows = [
        (before, after, moved.counts[i][j])
        for i, before in enumerate(moved.names)
        for j, after in enumerate(moved.names)
    ]
    rows += [(_NEWCOMERS, after, count) for after, count in zip(moved.names, moved.newcomers, strict=True)]
    known = sum(sum(row) for row in moved.counts)
    stayed = sum(moved.counts[i][i] for i in range(len(moved.ids)))
    if not known:
        return None
    changes = sorted((row for row in rows if row[0] not in (row[1], _NEWCOMERS)), key=lambda row: -row[2])
    largest = (
        f"; most who moved went from “{changes[0][0]}” to “{changes[0][1]}” ({changes[0][2]:,})" if changes else ""
    )
    table: tuple[tuple[Cell, ...], ...] = tuple((before, *moved.counts[i]) for i, before in enumerate(moved.names))
    columns = (Column("From", "text"), Column("To", "text"), Column("Customers"))
    return Chart(
        name="movements", title=f"{percent(stayed / known)} stayed in their segment{largest}",
        about=f"Left: the segment on {moved.since:%d %B %Y}; right: on {moved.until:%d %B %Y}, both by the rules of "
        "the segments in use.",
        shape="flow", x="From", y="To", n=known + sum(moved.newcomers), of="customers",
        drawn=Grid(columns, tuple(row for row in rows if row[2])),
        table=Grid(
            (Column("From, down; to, across", "text"), *(Column(name) for name in moved.names)),
            (*table, (_NEWCOMERS, *moved.newcomers)),
        ),
    )  # fmt: skip


def drift_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw how far figures have drifted from those the segments were found in."""
    drift = overview.drift
    if drift is None or not drift.figures:
        return None
    if drift.worst < _NOTHING:
        return None
    told = {"steady": "nothing has drifted", "moving": "figures are moving", "drifted": "figures have drifted"}
    worst = max(drift.figures, key=lambda one: one.psi)
    end = ": build the segments anew" if drift.rebuild else "; the segments hold"
    rows = tuple((figure_name(one.figure), round(one.psi, 4), one.level) for one in drift.figures)
    columns = (Column("Figure", "text"), Column("Population stability index", "figure"), Column("Level", "text"))
    return Chart(
        name="drift", title=f"Since the segments were found, {told[worst.level]}{end}",
        about=f"Population stability index of each figure on {drift.measured_at:%d %B %Y}: below 0.1 steady, above "
        f"0.25 drifted. The segments' own sizes have {drift.sizes:.3f}.",
        shape="bars", x="Population stability index", y="Figure", n=overview.customers, of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def classes_chart(overview: SegmentsOverview) -> Chart | None:
    """Draw the standard classes of recency, frequency and money."""
    found = {name: count for name, count in overview.rfm_classes.items() if count}
    if not found:
        return None
    n = sum(found.values())
    name, count = max(found.items(), key=lambda item: item[1])
    rows: tuple[tuple[Cell, ...], ...] = tuple((each, size, size / n) for each, size in found.items())
    columns = (Column("Class", "text"), Column("Customers"), Column("Share", "share"))
    return Chart(
        name="classes", title=f"By the standard RFM classes most are “{name}” ({percent(count / n)})",
        about="Customers by fifths of recency, orders and money, under the names that marketers know. They stand "
        "beside the segments, for whoever is used to them.",
        shape="bars", x="Customers", y="Class", n=n, of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def candidates_listing(overview: SegmentsOverview) -> Listing | None:
    """List every way that was tried, with all its measures: the choice is a trade-off, and it is shown."""
    if not overview.candidates:
        return None
    columns = (
        Column("Way", "text"), Column("Segments"), Column("Silhouette", "figure"), Column("Davies-Bouldin", "figure"),
        Column("Calinski-Harabasz"), Column("Stability", "figure"), Column("Smallest share", "share"),
        Column("Balance", "figure"), Column("Spread of later spending", "share"), Column("Score", "figure"),
        Column("Word", "text"),
    )  # fmt: skip
    return Listing(
        name="candidates", title="How the segments were chosen: no single figure decides",
        about="Silhouette (how well apart, up to 1; above 0.9 on raw money it would only part a handful of big "
        "spenders from everybody) stands beside stability (the same groups again when customers are drawn anew, up to "
        "1), the smallest segment's share, and how much of later spending the segments tell apart. Davies-Bouldin: "
        "lower is better; Calinski-Harabasz: higher.",
        grid=Grid(columns, tuple(_candidate(one) for one in overview.candidates)),
    )  # fmt: skip


def _candidate(one: Candidate) -> tuple[Cell, ...]:
    word = "; ".join(part for part in ("chosen" if one.chosen else "", one.note) if part)
    return (
        f"{_METHODS.get(one.method, one.method)} on {one.space}", one.k, one.silhouette, one.davies_bouldin,
        one.calinski_harabasz, one.stability, one.smallest_share, one.balance, one.spread, one.score, word,
    )  # fmt: skip


def _lists(overview: SegmentsOverview) -> list[Listing]:
    names = {segment.segment_id: segment.name for segment in overview.segments}
    found = []
    if overview.outliers:
        found.append(
            Listing(
                name="outliers", title="Customers who stand apart", about="They are in their segments all the same.",
                grid=Grid(
                    (Column(CUSTOMER, "text"), Column("Segment", "text"), Column("Why", "text")),
                    tuple((one.customer_id, names.get(one.segment_id, "–"), one.why) for one in overview.outliers[:20]),
                ),
            )
        )  # fmt: skip
    if overview.rule_segments:
        found.append(
            Listing(
                name="rules", title="Segments made by hand", about="Who fits the rule is in it, whatever was found.",
                grid=Grid(
                    (Column("Segment", "text"), Column("Rule", "text"), Column("Customers")),
                    tuple((one.name, one.text, one.customers) for one in overview.rule_segments),
                ),
            )
        )  # fmt: skip
    return found
