"""The sentences on top of a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from analytics.report_records import Finding
from analytics.reporting.ground import ground_of
from analytics.reporting.summary import shop_findings
from store.memory import memory_database
from tests.support.counted_shop import NOW, counted_shop

Bought = dict[str, Sequence[tuple[float, float, tuple[str, ...]]]]


def findings(bought: Bought, later: timedelta = timedelta(0)) -> list[Finding]:
    with ground_of(counted_shop(bought), NOW + later, "UTC", "$") as ground:
        return shop_findings(ground)


def weekly(orders_of_last_week: int, paid: float = 10.0) -> Bought:
    """Twelve weeks of eight to twelve orders by as many people, and the last one as wished."""
    bought: dict[str, list[tuple[float, float, tuple[str, ...]]]] = {}
    for week in range(1, 14):
        for number in range(8 + 2 * (week % 3)):
            bought.setdefault(f"c{number}", []).append((7 * week + 1 + number / 24, paid, ("milk",)))
    for number in range(orders_of_last_week):
        bought.setdefault(f"c{number % 12}", []).append((1 + number / 24, paid, ("milk",)))
    return dict(bought)


def test_a_usual_week_is_called_usual() -> None:
    first = findings(weekly(10))[0]
    # The week before, number 1, had 8 + 2 · 1 orders.
    assert first.text == (
        "In the last seven days 10 customers placed 10 orders worth $100, no more and no less than in the seven days "
        "before (within the usual range of the 12 weeks before)."
    )
    assert first.tone == "plain"


def test_an_unusual_week_is_called_so() -> None:
    first = findings(weekly(30))[0]
    assert "30 orders worth $300, 200\u00a0% more than in the seven days before: unusually high" in first.text
    assert first.tone == "good"
    assert findings(weekly(1))[0].tone == "bad"


def test_a_young_shop_is_told_without_a_judgement() -> None:
    first = findings({"ana": ((9, 5, ("tea",)), (2, 10, ("tea",)))})[0]
    assert first.text == "In the last seven days 1 customer placed 1 order worth $10.00."


def test_a_category_stands_out_beyond_chance_only() -> None:
    tea = {f"t{number}": ((30.0 + number / 5, 5.0, ("milk", "tea")),) for number in range(100)}
    milk = {f"m{number}": ((1.0 + number / 5, 5.0, ("milk",)),) for number in range(100)}
    texts = [finding.text for finding in findings({**tea, **milk}) if finding.kind == "stands_out"]
    assert texts[-1] == "“Hot drinks” was on 0 order lines in the last four weeks, on 100 in the four before."


def test_overdue_regulars_are_to_be_written_to() -> None:
    # Every five days for thirty days, then silent for 20: more than three times her gap.
    silent = {"ana": tuple((float(back), 10.0, ("tea",)) for back in (50, 45, 40, 35, 30, 25, 20))}
    steady = {"ben": tuple((float(back), 10.0, ("tea",)) for back in (50, 40, 30, 20, 10, 1))}
    (found,) = [finding for finding in findings({**silent, **steady}) if finding.kind == "to_do"]
    # Seven orders of 10 within 30 days.
    assert found.text.startswith("1 regular customer did not come back")
    assert "$70.00 a month" in found.text


def test_old_data_is_named_first() -> None:
    first = findings(weekly(10), later=timedelta(days=100))[0]
    assert first.text.startswith("The last order is of 30 May 2026")


def test_a_shop_without_orders_has_nothing_to_say() -> None:
    with ground_of(memory_database(), NOW, "UTC", "$") as ground:
        assert shop_findings(ground) == []
