"""The section on segments, drawn of a small overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from analytics.report_records import Card, Chart, Listing, Part
from analytics.reporting.dendrogram import joints
from analytics.reporting.figure_words import figure_name, figure_text
from analytics.reporting.segment_sizes import sizes_chart
from analytics.reporting.segments import segments_section
from analytics.segment_records import (
    Candidate,
    Dendrogram,
    Drift,
    FigureDrift,
    MapPoint,
    Outlier,
    RuleSegment,
    SegmentMap,
    SegmentsOverview,
    SegmentView,
    SizesAt,
    Transitions,
)

NOW = datetime(2026, 5, 3, 3, tzinfo=UTC)
REGULARS = SegmentView(
    segment_id=1, name="Regulars", portrait="They come every week.", size=6, share=0.6,
    means={"monetary": 1234.5, "recency_days": 3.2, "discount_share": 0.15, "frequency": 12.0},
    places={"monetary": 0.8, "recency_days": 0.25}, rule="ordered at least 6 times", rule_recall=0.9,
    rule_precision=0.75, rfm_classes={"Champions": 4, "Loyal": 2},
)  # fmt: skip
NEW = SegmentView(
    segment_id=2, name="New", portrait="They came once.", size=4, share=0.4, means={"monetary": 20.0},
    places={"monetary": 0.1, "recency_days": 0.5}, rule=None, rule_recall=None, rule_precision=None,
)  # fmt: skip
OVERVIEW = SegmentsOverview(
    version="v1", kind="rebuild", built_at=NOW, trained_from=None, trained_to=None, data_hash="", customers=10,
    space="places", method="kmeans", figures=("monetary", "recency_days"), segments=(REGULARS, NEW),
    candidates=(
        Candidate(space="places", method="kmeans", k=2, silhouette=0.4, silhouette_rfm=0.4, davies_bouldin=0.9,
                  calinski_harabasz=120.0, smallest_share=0.4, balance=0.97, stability=0.95, score=0.6, chosen=True),
        Candidate(space="raw", method="ward", k=3, silhouette=0.95, silhouette_rfm=0.1, davies_bouldin=0.3,
                  calinski_harabasz=900.0, smallest_share=0.01, balance=0.1, note="parts a handful of whales"),
    ),
    rule_fidelity=0.9, notes=("A note.",),
    transitions=Transitions(since=NOW, until=NOW, ids=(1, 2), names=("Regulars", "New"), counts=((5, 0), (1, 2)),
                            newcomers=(0, 2)),
    drift=Drift(measured_at=NOW, figures=(FigureDrift(figure="monetary", psi=0.31, level="drifted"),), sizes=0.02,
                worst=0.31, rebuild=True),
    dendrogram=Dendrogram(leaf_sizes=(5, 3, 2), leaf_segments=(1, 2, 2), merges=((1, 2, 1.0), (0, 3, 4.0))),
    map=SegmentMap(x_title="money", y_title="recency", x_share=0.6, y_share=0.2,
                   points=(MapPoint(x=0.1, y=0.2, segment_id=2, customer_id="a"), MapPoint(x=1, y=1, segment_id=1)),
                   middles=(MapPoint(x=0.5, y=0.5, segment_id=1),)),
    outliers=(Outlier(customer_id="a", segment_id=2, why="spent more than everybody"),),
    rfm_classes={"Champions": 4, "Loyal": 2, "Lost": 4}, versions=(),
    rule_segments=(RuleSegment(name="Big baskets", text="basket over $100", created_at=NOW, customers=3),),
)  # fmt: skip


def parts() -> dict[str, Part]:
    return {part.name: part for part in segments_section(OVERVIEW, "$").parts}


def chart(name: str) -> Chart:
    found = parts()[name]
    assert isinstance(found, Chart)
    return found


def test_a_portrait_has_its_rule_with_how_sure_it_is_and_figures_with_units() -> None:
    card = parts()["segment-1"]
    assert isinstance(card, Card)
    assert card.paragraphs == (
        "They come every week.",
        "In short: ordered at least 6 times. The rule finds 90\u00a0% of them, and 75\u00a0% of whom it finds are.",
    )
    facts = dict(card.facts)
    assert (facts["Customers"], facts["Spent in all"], facts["Days since the last order"]) == (
        "6 (60\u00a0%)", "$1,234", "3 days",
    )  # fmt: skip
    assert (facts["Discounts ÷ price"], facts["Orders"]) == ("15\u00a0%", "12.0")


def test_the_heat_map_tells_from_the_middle() -> None:
    assert ("Spent in all", "Regulars", 0.3) in chart("heat").drawn.rows
    # 0.1 lies further from the middle than 0.8 and 0.25.
    assert chart("heat").title == "“New” differ most: by “spent in all” they stand far below the middle"
    assert chart("heat").read.rows[0] == ("Regulars", 0.8, 0.25)


def test_movements_count_who_stayed() -> None:
    # Of 5 + 1 + 2 who had a segment before, 5 + 2 stayed.
    assert (
        chart("movements").title
        == "88\u00a0% stayed in their segment; most who moved went from “New” to “Regulars” (1)"
    )
    assert chart("movements").drawn.rows == (
        ("Regulars", "Regulars", 5), ("New", "Regulars", 1), ("New", "New", 2), ("Not there before", "New", 2),
    )  # fmt: skip


def test_sizes_over_time_tell_who_grew_and_which_segments_are_gone() -> None:
    days = [datetime(2026, 5, day, tzinfo=UTC) for day in (1, 2, 3)]
    sizes = ({1: 3, 8: 5}, {1: 4, 8: 5}, {1: 6, 2: 4})
    told = replace(OVERVIEW, history=tuple(SizesAt(at=at, sizes=of) for at, of in zip(days, sizes, strict=True)))
    drawn = sizes_chart(told)
    assert drawn is not None
    assert drawn.title == "“Regulars” grew most since 01 May 2026: from 3 to 6 customers"
    assert [column.name for column in drawn.read.columns] == ["Day", "Regulars", "New", "No longer in use"]
    assert drawn.read.rows == (("01 May 2026", 3, None, 5), ("02 May 2026", 4, None, 5), ("03 May 2026", 6, 4, None))
    assert "sizes" in [part.name for part in segments_section(told, "$").parts]
    assert sizes_chart(replace(told, history=told.history[:1])) is None


def test_sizes_that_stayed_and_segments_that_are_all_new_are_told() -> None:
    first, last = SizesAt(at=NOW, sizes={8: 10}), SizesAt(at=NOW, sizes={1: 6, 2: 4})
    still, fresh = (sizes_chart(replace(OVERVIEW, history=(before, last))) for before in (last, first))
    assert still is not None
    assert still.title == "No segment has grown or shrunk since 03 May 2026"
    assert fresh is not None
    assert fresh.title == "All segments are new since 03 May 2026"


def test_joints_of_a_dendrogram_meet_in_the_middle() -> None:
    assert OVERVIEW.dendrogram is not None
    # Leaves 1 and 2 meet at height 1, in the place 1.5; leaf 0 meets them at height 4.
    assert joints(OVERVIEW.dendrogram) == [(1.0, 0.0, 2.0, 0.0, 1.0), (0.0, 0.0, 1.5, 1.0, 4.0)]
    assert chart("dendrogram").leaves == ("5 · Regulars", "3 · New", "2 · New")


def test_drift_says_what_to_do() -> None:
    assert chart("drift").title == "Since the segments were found, figures have drifted: build the segments anew"


def test_no_drift_is_a_sentence_and_no_empty_chart() -> None:
    assert OVERVIEW.drift is not None
    steady = replace(OVERVIEW, drift=replace(OVERVIEW.drift, worst=0.001))
    section = segments_section(steady, "$")
    assert "Nothing has drifted" in section.lead
    assert "drift" not in [part.name for part in section.parts]


def test_every_way_that_was_tried_is_listed_with_an_honest_word() -> None:
    listing = parts()["candidates"]
    assert isinstance(listing, Listing)
    assert [row[-1] for row in listing.grid.rows] == ["chosen", "parts a handful of whales"]
    assert "handful of big spenders" in listing.about


def test_lists_stand_at_the_end() -> None:
    assert list(parts())[-3:] == ["candidates", "outliers", "rules"]


def test_nothing_is_drawn_before_the_job_ran() -> None:
    section = segments_section(None, "$")
    assert section.parts == ()
    assert section.missing == ("There are no segments yet: run `rapport features`, then `rapport segments`.",)


def test_a_first_build_has_no_movements_and_says_so() -> None:
    bare = replace(OVERVIEW, transitions=None, drift=None, dendrogram=None, map=None, outliers=(), rule_segments=())
    section = segments_section(bare, "$")
    assert section.missing == ("Movements between segments are told once there is an earlier period.",)
    assert [part.name for part in section.parts] == ["segment-1", "segment-2", "heat", "classes", "candidates"]


def test_a_figure_nobody_described_is_named_by_itself() -> None:
    assert figure_name("carts_abandoned") == "Carts abandoned"
    assert figure_text("carts_abandoned", 1234.0, "$") == "1,234"
