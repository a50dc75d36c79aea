"""The report's section on the recommender."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.artifacts.registry import Artifact, ArtifactRegistry
from analytics.recommendation.ranking.features import FEATURES
from analytics.recommendation.ranking.trees import fit_trees
from analytics.report_records import Card, Chart, Listing
from analytics.reporting.feature_words import feature_words
from analytics.reporting.making import make_report
from analytics.reporting.packing import packed, unpacked
from analytics.reporting.recommender import recommender_section
from analytics.shop.loader import load_shop
from tests.support.corner_shop import SHOP_FILE
from tests.support.counted_shop import NOW, counted_shop

BUILT = datetime(2026, 5, 4, 3, tzinfo=UTC)


def figures(ndcg: float) -> dict[str, float]:
    return {"ndcg": ndcg, "recall": 0.25, "hit": 0.5, "coverage": 0.4, "customers": 120.0}


METRICS = {
    "recommender": figures(0.3), "habit": figures(0.25), "popular": figures(0.1),
    "recommender_new": figures(0.1), "habit_new": figures(0.05), "popular_new": figures(0.2),
}  # fmt: skip


def model(metrics: dict[str, Any], content: bytes = b"") -> Artifact:
    return Artifact(name="recommender", version="v7", content=content, metrics=metrics, created_at=BUILT)


def test_each_kind_of_lists_stands_beside_simpler_ways() -> None:
    section = recommender_section(model(METRICS))
    assert section.lead == "The model in use was built on 04 May 2026 at 03:00 UTC."
    parts = {part.name: part for part in section.parts}
    assert list(parts) == ["lists-all", "lists-new", "model-recommender", "figures-recommender"]
    of_all, of_new = parts["lists-all"], parts["lists-new"]
    assert isinstance(of_all, Chart)
    # 0.3 / 0.25 - 1, and 1 - 0.1 / 0.2
    assert of_all.title == "Of all products: lists are 20\u00a0% better than “Habit”"
    assert of_new.title == "Of products new to the customer: lists are 50\u00a0% worse than “What sells most”"
    assert of_all.drawn.rows == (("The recommender", 0.3), ("Habit", 0.25), ("What sells most", 0.1))
    assert of_all.read.rows[0] == ("The recommender", 0.3, 0.25, 0.5, 0.4)
    assert of_all.n == 120


def test_the_model_card_holds_every_figure_beside_those_of_simpler_ways() -> None:
    parts = {part.name: part for part in recommender_section(model(METRICS)).parts}
    card, listing = parts["model-recommender"], parts["figures-recommender"]
    assert isinstance(card, Card)
    assert "Built on 04 May 2026 at 03:00 UTC." in card.paragraphs
    assert isinstance(listing, Listing)
    rows = {row[0]: row[1:] for row in listing.grid.rows}
    assert rows["Lists of all products: nDCG@10"] == (0.3, 0.25, 0.1)
    assert rows["Lists of what is new to her: nDCG@10"] == (0.1, 0.05, 0.2)
    assert len(rows) == 2 * 4


@pytest.mark.parametrize(("other", "words"), [(0.3, "as good as"), (0.0, "better than")])
def test_equal_lists_are_not_told_to_be_better(other: float, words: str) -> None:
    metrics = {"recommender": figures(0.3), "popular": figures(other)}
    assert words in recommender_section(model(metrics)).parts[0].title


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.05, 0.35, "lists are 20\u00a0% better than “Habit”"),
        (-0.04, 0.44, "so few customers do not tell whether lists are better than “Habit”"),
    ],
)
def test_a_gain_that_may_be_chance_is_not_told_as_one(low: float, high: float, words: str) -> None:
    habit = figures(0.25) | {"beaten_low": low, "beaten_high": high}
    chart = recommender_section(model({"recommender": figures(0.3), "habit": habit})).parts[0]
    assert chart.title == f"Of all products: {words}"
    assert isinstance(chart, Chart)
    assert f"between {low * 100:.0f}\u00a0% and {high * 100:.0f}\u00a0%".replace("-", "−") in chart.about


def test_every_feature_has_words() -> None:
    assert [name for name in FEATURES if feature_words(name) == name.replace("_", " ")] == []


def test_the_features_that_weigh_most_are_told_in_words() -> None:
    drawn = np.random.default_rng(0)
    features = drawn.random((400, len(FEATURES)), dtype=np.float32)
    bought = (features[:, FEATURES.index("due")] > 0.7).astype(np.float32)
    trees = fit_trees([(features, np.stack([bought, np.ones(400, np.float32)], axis=1))])
    file = io.BytesIO()
    text = np.frombuffer(trees.text.encode(), dtype=np.uint8)
    np.savez(file, ranking_features=np.array(FEATURES), ranking_trees_all=text)
    listing = next(one for one in recommender_section(model(METRICS, file.getvalue())).parts if one.name == "features")
    assert isinstance(listing, Listing)
    assert listing.title == "What counts most: whether it is due by her rhythm"
    shares = [float(str(row[1])) for row in listing.grid.rows]
    assert len(shares) == 5
    assert shares == sorted(shares, reverse=True)
    assert 0.5 < shares[0] <= sum(shares) <= 1.0


def test_features_are_worded_and_unknown_ones_keep_their_name() -> None:
    assert feature_words("recent_rank") == "place by what sells of late"
    assert feature_words("some_new_one") == "some new one"


def test_what_is_missing_is_said_with_the_command() -> None:
    assert recommender_section(None).missing == ("There is no recommender yet: run `rapport recommender`.",)
    assert recommender_section(None, "The file is gone.").missing == ("The file is gone.",)
    short = recommender_section(model({}))
    assert short.missing == ("The past is too short to measure the recommender on.",)
    assert [part.name for part in short.parts] == ["model-recommender"]


def test_a_report_is_made_with_a_model_without_one_and_with_a_damaged_one(tmp_path: Path) -> None:
    database = counted_shop()

    def section() -> Any:
        report = make_report(database, tmp_path, load_shop(SHOP_FILE), NOW, lambda _step, _share: None)
        return unpacked(packed(report)).section("recommendations")

    assert section().missing == ("There is no recommender yet: run `rapport recommender`.",)
    registry = ArtifactRegistry(database, tmp_path)
    version = registry.save("recommender", {"products": np.array(["a"])}, metrics=METRICS, now=BUILT)
    assert [part.name for part in section().parts][:2] == ["lists-all", "lists-new"]
    (tmp_path / "recommender" / f"{version}.bin").write_bytes(b"changed")
    assert "run `rapport recommender` to rebuild it" in section().missing[0]
