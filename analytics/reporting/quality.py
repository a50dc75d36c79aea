"""The section on the data: what was found in it, what was done, what was left."""

from __future__ import annotations

from analytics.quality_records import QualityReport
from analytics.report_records import Card, Cell, Chart, Column, Grid, Listing, Part, Section
from analytics.reporting.words import days, percent
from analytics.wording import counted

#: Fewer complete than this is worth a sentence.
_THIN = 0.5


def quality_section(found: QualityReport | None) -> Section:
    """Tell how far the data can be trusted; without an import, say what to run."""
    if found is None or (not found.runs and found.first_order_at is None):
        missing = ("Nothing was imported yet: run `rapport import`.",)
        return Section(name="quality", title="Data quality", lead="", missing=missing)
    drawn: list[Part | None] = [
        *(_run_card(found, place) for place in range(len(found.runs))), _completeness(found), _findings(found),
        _gaps(found), _jumps(found),
    ]  # fmt: skip
    return Section(
        name="quality", title="Data quality", lead=" ".join(_sentences(found)),
        parts=tuple(part for part in drawn if part is not None),
    )  # fmt: skip


def _sentences(found: QualityReport) -> list[str]:
    told = []
    if found.first_order_at and found.last_order_at and found.days_old is not None:
        told.append(
            f"Orders from {found.first_order_at:%d %B %Y} to {found.last_order_at:%d %B %Y}; the last one is "
            f"{days(found.days_old)} old."
        )
    if found.findings:
        told.append(f"{counted(len(found.findings), 'thing')} found in the latest imports, listed with what was done.")
    if merged := found.merges.get("merged"):
        told.append(f"{counted(merged, 'customer')} known under two ids were made one.")
    if proposed := found.merges.get("proposed"):
        told.append(f"{counted(proposed, 'pair')} of customers wait for a decision: `rapport customers merges`.")
    return told


def _run_card(found: QualityReport, place: int) -> Card:
    run = found.runs[place]
    facts = [
        (table.replace("_", " ").capitalize(), f"{run.written.get(table, 0):,} of {read:,} rows")
        for table, read in run.read.items()
    ]
    lost = [
        f"{table.replace('_', ' ')}: {counted(rows, 'row')} left out, {reason}"
        for table, reasons in run.rejected.items()
        for reason, rows in sorted(reasons.items(), key=lambda item: -item[1])[:3]
    ]
    said = (f"Imported on {run.imported_at:%d %B %Y, %H:%M} UTC.", *(f"{line}." for line in lost[:6]))
    return Card(name=f"run-{place + 1}", title=run.source, paragraphs=said, facts=tuple(facts))


def _completeness(found: QualityReport) -> Chart | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.what[:1].upper() + one.what[1:], round(one.share, 4), one.have, one.of) for one in found.completeness
    )
    if not rows:
        return None
    thin = [one for one in found.completeness if one.share < _THIN and one.of]
    title = f"Least complete: {min(thin, key=lambda one: one.share).what}" if thin else "The data is largely complete"
    columns = (Column("What", "text"), Column("Share", "share"), Column("Have it"), Column("Of"))
    return Chart(
        name="completeness", title=title, about="How many of the shop's customers, products and orders have what a "
        "figure or a message needs.",
        shape="bars", x="Share, %", y="What", n=max(one.of for one in found.completeness), of="rows at most",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def _findings(found: QualityReport) -> Listing | None:
    if not found.findings:
        return None
    columns = (
        Column("Found", "text"), Column("Table", "text"), Column("Rows"), Column("Share", "share"),
        Column("Money", "money"), Column("Done", "text"), Column("What you can do", "text"),
    )  # fmt: skip
    rows = tuple(
        (one.what, one.table, one.found, one.share, one.amount, one.done, one.advice)
        for one in sorted(found.findings, key=lambda one: -one.share)
    )
    about = "Every check that found something in the latest import of each source."
    return Listing(
        name="findings", title="What was found, what was done, what is left", about=about, grid=Grid(columns, rows)
    )


def _gaps(found: QualityReport) -> Listing | None:
    if not found.gaps:
        return None
    longest = found.gaps[0]
    return Listing(
        name="gaps", title=f"Days without an order: the longest gap has {counted(longest.days, 'day')}",
        about="Gaps longer than is usual for this shop. Was it closed, or is a part of the export missing?",
        grid=Grid(
            (Column("From", "text"), Column("To", "text"), Column("Days")),
            tuple((f"{gap.first:%d %b %Y}", f"{gap.last:%d %b %Y}", gap.days) for gap in found.gaps),
        ),
    )  # fmt: skip


def _jumps(found: QualityReport) -> Listing | None:
    if not found.jumps:
        return None
    return Listing(
        name="jumps", title="Weeks far from the weeks around them",
        about="A sale, a holiday, or an import that went wrong.",
        grid=Grid(
            (Column("Week of", "text"), Column("What", "text"), Column("Figure", "figure"), Column("Usual", "figure"),
             Column("Difference", "text")),
            tuple(
                (f"{one.week:%d %b %Y}", one.what, one.value, one.usual,
                 percent(one.value / one.usual - 1) if one.usual else "–")
                for one in found.jumps
            ),
        ),
    )  # fmt: skip
