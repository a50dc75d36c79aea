"""The section on what to expect: who leaves, who brings how much, who comes when, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.prediction_records import ModelCard
from analytics.report_records import Chart, Column, Finding, Grid, Listing, Part, Section
from analytics.reporting.bins import counts_in, round_bins
from analytics.reporting.ground import Ground
from analytics.reporting.models import card_parts
from analytics.reporting.words import CUSTOMER, amount, percent
from analytics.wording import counted

_TO_BUILD = "Nothing is predicted yet: run `rapport predictions`."
_UNMEASURED = "Too little is known to measure the models on: the shop's averages stand in."
#: Weeks ahead that are shown, and customers on the list of whom to win back.
_WEEKS, _WON_BACK = 12, 25

_BY_SEGMENT = """
SELECT coalesce(segment, 'No segment') AS named, sum(value), count(*), avg(churn), avg(value)
FROM expected LEFT JOIN people USING (customer_id) GROUP BY named ORDER BY sum(value) DESC NULLS LAST, named
"""
_AT_RISK = f"""
SELECT customer_id, coalesce(segment, '–'), at_risk, churn, value FROM expected LEFT JOIN people USING (customer_id)
WHERE at_risk > 0 ORDER BY at_risk DESC, customer_id LIMIT {_WON_BACK}
"""  # noqa: S608


def predictions_section(ground: Ground, expected: int, cards: Sequence[ModelCard], unread: str = "") -> Section:
    """Draw what is expected; before the job has run, say what to run.

    Parameters
    ----------
    ground : with the table `expected` of that many rows.
    cards : of the models in use.
    unread : why the cards cannot be read, with what to run; empty where they can.
    """
    if not expected:
        return Section(name="predictions", title="Predictions", lead="", missing=(_TO_BUILD,))
    drawn: list[Part | None] = [
        churn_chart(ground), value_chart(ground), segments_chart(ground), weeks_chart(ground), win_back(ground),
        *(part for card in cards for part in card_parts(card)),
    ]  # fmt: skip
    missing = () if cards else (unread or _UNMEASURED,)
    lead = (
        f"What is expected of {counted(expected, 'customer')}{_within(ground)}. A prediction is an estimate: charts of "
        "how sure they are stand below."
    )
    parts = tuple(part for part in drawn if part is not None)
    return Section(name="predictions", title="Predictions", lead=lead, parts=parts, missing=missing)


def prediction_findings(ground: Ground) -> list[Finding]:
    """Say how much money is at risk, and with how many customers."""
    count, risk = ground.one("SELECT count(*), sum(at_risk) FROM expected WHERE churn >= 0.5 AND at_risk > 0")
    if not count:
        return []
    text = (
        f"{counted(count, 'customer')} will more likely than not order nothing{_within(ground)}; "
        f"{amount(risk, ground.currency)} is at risk with them. Begin with the list of whom to win back."
    )
    return [Finding(kind="to_do", section="predictions", text=text, tone="bad")]


def churn_chart(ground: Ground) -> Chart | None:
    """Draw customers by their probability to order nothing more."""
    found = ground.rows(
        "SELECT least(floor(churn * 10), 9)::INTEGER, count(*) FROM expected WHERE churn IS NOT NULL GROUP BY 1"
    )
    if not found:
        return None
    counts = [dict(found).get(bar, 0) for bar in range(10)]
    n, likely = sum(counts), sum(counts[5:])
    columns = (Column("Probability", "text"), Column("Customers"), Column("Share", "share"))
    rows = tuple((f"{10 * bar}–{10 * bar + 10} %", count, count / n) for bar, count in enumerate(counts))
    return Chart(
        name="churn", title=f"{percent(likely / n)} of the customers will more likely than not order nothing"
        f"{_within(ground)}",
        about="Customers by the probability that they order nothing in that time.", shape="columns",
        x="Probability to order nothing, %", y="Customers", n=n, of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def value_chart(ground: Ground) -> Chart | None:
    """Draw customers by the money they are expected to bring."""
    n, middle, top, whole = ground.one(
        "SELECT count(value), median(value), quantile_cont(value, 0.98), sum(value) FROM expected"
    )
    if not n or top is None or top <= 0:
        return None
    bins = round_bins(float(top))
    found = ground.rows(
        f"SELECT least(floor(value / {bins.width}), {bins.count - 1})::INTEGER, count(*) FROM expected "  # noqa: S608
        "WHERE value IS NOT NULL GROUP BY 1"
    )
    (tenth,) = ground.one(
        "SELECT sum(value) FILTER (place <= 0.1) FROM "
        "(SELECT value, cume_dist() OVER (ORDER BY value DESC) AS place FROM expected WHERE value IS NOT NULL)"
    )
    counts = counts_in([(bar, count) for bar, count in found], bins)
    columns = (Column("Expected", "text"), Column("Customers"), Column("Share", "share"))
    rows = tuple(
        (label, count, count / n) for label, count in zip(bins.labels(lambda edge: f"{edge:,g}"), counts, strict=True)
    )
    share = percent((tenth or 0.0) / whole) if whole else "–"
    return Chart(
        name="value", title=f"Half of the customers are expected to bring {amount(middle, ground.currency)} or less; "
        f"the best tenth {share} of all",
        about=f"Customers by the money expected of them{_within(ground)}.", shape="columns",
        x=f"Expected, {ground.currency}", y="Customers", n=n, of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def segments_chart(ground: Ground) -> Chart | None:
    """Draw the money that is expected of each segment."""
    found = [row for row in ground.rows(_BY_SEGMENT) if row[1] is not None]
    whole = sum(row[1] for row in found)
    if not found or not whole:
        return None
    columns = (
        Column("Segment", "text"), Column("Expected in all", "money"), Column("Customers"),
        Column("Order nothing, mean", "share"), Column("Expected of one", "money"),
    )  # fmt: skip
    rows = tuple((name, round(value, 2), n, churn, mean) for name, value, n, churn, mean in found)
    return Chart(
        name="by_segment", title=f"“{found[0][0]}” are expected to bring {percent(found[0][1] / whole)} of "
        f"{amount(whole, ground.currency)}",
        about=f"Money expected{_within(ground)}, by segment.", shape="bars", x=f"Expected, {ground.currency}",
        y="Segment", n=sum(row[2] for row in found), of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def weeks_chart(ground: Ground) -> Chart | None:
    """Draw in which week customers are expected to order next."""
    found = ground.rows(
        f"SELECT least(floor(next_days / 7), {_WEEKS})::INTEGER, count(*) FROM expected "  # noqa: S608  (our own)
        "WHERE next_days IS NOT NULL GROUP BY 1"
    )
    if not found:
        return None
    counts = [dict(found).get(week, 0) for week in range(_WEEKS + 1)]
    n = sum(counts)
    labels = ["This week", *(f"+{week}" for week in range(1, _WEEKS)), f"+{_WEEKS} and later"]
    columns = (Column("Week", "text"), Column("Customers"), Column("Share", "share"))
    rows = tuple((label, count, count / n) for label, count in zip(labels, counts, strict=True))
    return Chart(
        name="weeks", title=f"{counted(counts[0], 'customer')} are expected to order within seven days, "
        f"{counted(sum(counts[1:4]), 'customer')} in the three weeks after",
        about="Customers by the week in which their next order is expected, counted from the day of predicting.",
        shape="columns", x="Weeks from now", y="Customers", n=n, of="customers",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def win_back(ground: Ground) -> Listing | None:
    """List the customers with whom most money is at risk."""
    found = ground.rows(_AT_RISK)
    if not found:
        return None
    columns = (
        Column(CUSTOMER, "text"), Column("Segment", "text"), Column("At risk", "money"),
        Column("Order nothing", "share"), Column("Expected", "money"),
    )  # fmt: skip
    return Listing(
        name="win_back", title=f"Whom to win back first: these {len(found)} customers",
        about="Money expected if she comes again, times the probability that she does not. By their numbers, for a "
        "report is passed on; their names and the whole list are in the console.",
        grid=Grid(columns, tuple(found)),
    )  # fmt: skip


def _within(ground: Ground) -> str:
    (days,) = ground.one("SELECT max(horizon) FROM expected")
    return f" within {days} days" if days else ""
