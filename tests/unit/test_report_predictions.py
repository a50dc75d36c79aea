"""The sections on what to expect and on the data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert

from analytics.prediction_records import ModelCard
from analytics.quality_records import Completeness, Finding, Gap, Jump, QualityReport, SourceRun
from analytics.report_records import Card, Chart, Listing
from analytics.reporting.expected import load_expected
from analytics.reporting.ground import Ground, ground_of
from analytics.reporting.models import card_parts
from analytics.reporting.predictions import (
    churn_chart,
    prediction_findings,
    predictions_section,
    segments_chart,
    value_chart,
    weeks_chart,
    win_back,
)
from analytics.reporting.quality import quality_section
from store.tables import predictions
from tests.support.counted_shop import NOW, counted_shop, put_into_segments

#: churn, value, at risk, days to the next order.
EXPECTED = {"ana": (0.1, 60.0, 6.0, 3.0), "ben": (0.9, 10.0, 36.0, 90.0), "cleo": (0.55, 30.0, 16.5, None)}
CARD = ModelCard(
    name="buying", version="v1", purpose="churn (by bg_nbd) of the next 90 days", sha256="ab" * 32,
    trained_from=datetime(2026, 1, 1, tzinfo=UTC), trained_to=datetime(2026, 3, 1, tzinfo=UTC),
    metrics={"churn_auc": 0.81}, baselines={"bg_nbd": {"churn_auc": 0.8}, "rate": {}}, limits=("It knows no prices.",),
    curves={"calibration": [[0.1, 0.2, 30], [0.5, 0.5, 10]], "gain": [[0.0, 0.0], [0.2, 0.6], [1.0, 1.0]]},
)  # fmt: skip


@pytest.fixture
def ground() -> Iterator[Ground]:
    database = counted_shop()
    put_into_segments(database, {"ana": 1, "ben": 2}, {1: "Regulars", 2: "Gone"})
    rows = []
    for who, (churn, value, at_risk, days) in EXPECTED.items():
        listed = [{"kind": "churn", "value": churn, "horizon_days": 90, "reason": "“quiet”"}]
        listed += [{"kind": "next_order", "value": days}] if days else []
        rows.append(
            {"customer_id": who, "listed": listed, "churn": churn, "value": value, "at_risk": at_risk,
             "model_version": "v1", "made_at": NOW}
        )  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(predictions), rows)
    with ground_of(database, NOW, "UTC", "$") as made:
        assert load_expected(database, made) == 3
        yield made


def drawn(chart: Chart | None) -> dict[object, object]:
    assert chart is not None
    return {row[0]: row[1] for row in chart.drawn.rows if row[1]}


def test_customers_are_counted_by_the_odds_that_they_leave(ground: Ground) -> None:
    chart = churn_chart(ground)
    assert drawn(chart) == {"10–20 %": 1, "50–60 %": 1, "90–100 %": 1}
    assert chart is not None
    assert chart.title == "67\u00a0% of the customers will more likely than not order nothing within 90 days"


def test_value_is_spread_and_summed_by_segment(ground: Ground) -> None:
    assert sum(drawn(value_chart(ground)).values()) == 3  # type: ignore[arg-type]
    assert drawn(segments_chart(ground)) == {"Regulars": 60.0, "No segment": 30.0, "Gone": 10.0}


def test_next_orders_are_counted_by_week(ground: Ground) -> None:
    # Three days are this week, ninety days lie beyond twelve weeks; of cleo nothing is foretold.
    assert drawn(weeks_chart(ground)) == {"This week": 1, "+12 and later": 1}


def test_who_has_most_to_lose_stands_first(ground: Ground) -> None:
    listing = win_back(ground)
    assert listing is not None
    assert [row[0] for row in listing.grid.rows] == ["ben", "cleo", "ana"]
    (finding,) = prediction_findings(ground)
    # ben and cleo: 36 + 16.5.
    assert "2 customers will more likely than not order nothing within 90 days; $52.50 is at risk" in finding.text


def test_a_card_shows_its_figures_beside_the_baselines_and_its_curves() -> None:
    card, figures, calibration, gain = card_parts(CARD)
    assert isinstance(card, Card)
    assert card.paragraphs[0] == "For churn (by BG/NBD) of the next 90 days."
    assert "It knows no prices." in card.paragraphs
    assert isinstance(figures, Listing)
    assert figures.grid.rows[0][1:] == (0.81, 0.8, None)
    assert isinstance(calibration, Chart)
    # (30 · 0.1 + 10 · 0) / 40.
    assert calibration.title == "The odds of churn are off by 7.5 percentage points on average"
    assert isinstance(gain, Chart)
    assert gain.title.startswith(
        "The 20\u00a0% of customers with the highest predictions brought 60\u00a0% of the money"
    )


def test_curves_are_told_in_the_words_of_what_was_foretold() -> None:
    titles = [[part.title for part in card_parts(replace(CARD, name=name))[2:]] for name in ("answer", "next_category")]
    assert titles[0][0] == "The odds of an answer are off by 7.5 percentage points on average"
    assert titles[0][1].endswith("highest predictions gave 60\u00a0% of the answers")
    assert titles[1][0] == "The odds of being in the next basket are off by 7.5 percentage points on average"


def test_before_the_job_ran_the_section_names_the_command(ground: Ground) -> None:
    assert predictions_section(ground, 0, []).missing == ("Nothing is predicted yet: run `rapport predictions`.",)
    assert "shop's averages" in predictions_section(ground, 3, []).missing[0]
    assert len(predictions_section(ground, 3, [CARD]).parts) == 9


def test_an_empty_table_draws_nothing() -> None:
    database = counted_shop()
    with ground_of(database, NOW, "UTC", "$") as ground:
        assert load_expected(database, ground) == 0
        assert prediction_findings(ground) == []
        assert [make(ground) for make in (churn_chart, value_chart, segments_chart, weeks_chart, win_back)] == [
            None
        ] * 5


QUALITY = QualityReport(
    at=NOW, first_order_at=datetime(2026, 1, 1, tzinfo=UTC), last_order_at=NOW, days_old=2.0,
    runs=(
        SourceRun(source="The shop", imported_at=NOW, read={"orders": 10}, written={"orders": 8},
                  rejected={"orders": {"quantity is zero": 2}}, totals={},
                  findings=(Finding(table="orders", check="free_lines", found=1, of=4, done="kept", amount=2.5),)),
    ),
    completeness=(Completeness(what="customers with a name", have=1, of=4),
                  Completeness(what="products with a price", have=9, of=10)),
    gaps=(Gap(first=date(2026, 2, 1), last=date(2026, 2, 9), days=9),),
    jumps=(Jump(what="orders", week=date(2026, 3, 2), value=30.0, usual=10.0),), merges={"merged": 2, "proposed": 1},
)  # fmt: skip


def test_quality_says_what_was_found_and_what_was_done() -> None:
    section = quality_section(QUALITY)
    assert section.lead == (
        "Orders from 01 January 2026 to 31 May 2026; the last one is 2 days old. 1 thing found in the latest imports, "
        "listed with what was done. 2 customers known under two ids were made one. 1 pair of customers wait for a "
        "decision: `rapport customers merges`."
    )
    parts = {part.name: part for part in section.parts}
    assert list(parts) == ["run-1", "completeness", "findings", "gaps", "jumps"]
    run = parts["run-1"]
    assert isinstance(run, Card)
    assert run.facts == (("Orders", "8 of 10 rows"),)
    assert run.paragraphs[1] == "orders: 2 rows left out, quantity is zero."
    findings = parts["findings"]
    assert isinstance(findings, Listing)
    assert findings.grid.rows[0][2:6] == (1, 0.25, 2.5, "kept")
    assert "9 days" in parts["gaps"].title
    assert "Least complete: customers with a name" in parts["completeness"].title


def test_without_an_import_quality_says_what_to_run() -> None:
    empty = QualityReport(at=NOW, runs=(), completeness=(), first_order_at=None, last_order_at=None, days_old=None)
    assert quality_section(empty).missing == ("Nothing was imported yet: run `rapport import`.",)
    assert json.dumps(quality_section(None).missing) == '["Nothing was imported yet: run `rapport import`."]'
