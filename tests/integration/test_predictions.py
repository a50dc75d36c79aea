"""The job of predictions on both databases: what it writes, what it makes of few data, whom it would win back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert

from analytics.artifacts.registry import ArtifactRegistry
from analytics.facade import AnalyticsUnavailable
from analytics.jobs.build_predictions import MAKERS, PredictionsReport, build_predictions
from analytics.prediction.making import Made, Maker, Material
from analytics.prediction.reading import ARTIFACT, model_cards, predictions_of, win_back
from analytics.prediction_records import Prediction, Predictions
from analytics.reporting.making import make_report
from analytics.shop.loader import load_shop
from store.engine import Database
from store.memory import memory_database
from store.repositories.artifacts import active_artifact
from store.tables import customers, orders
from tests.support.corner_shop import SHOP_FILE

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def fill(database: Database, days_ago: dict[str, list[float]], total: float = 20.0) -> Database:
    """Add customers with an order so many days ago, each of the same total."""
    with database.write() as connection:
        if days_ago:
            connection.execute(insert(customers), [{"customer_id": name, "traits": {}} for name in days_ago])
        placed = [
            {"order_id": f"{name}-{place}", "customer_id": name, "placed_at": NOW - timedelta(days=ago), "total": total,
             "discount": 0}
            for name, listed in days_ago.items() for place, ago in enumerate(listed)
        ]  # fmt: skip
        if placed:
            connection.execute(insert(orders), placed)
    return database


def crowd(count: int, days: int = 300) -> dict[str, list[float]]:
    """Customers who buy at steady rates of their own, half of whom stop one day."""
    draw = np.random.default_rng(2)
    made = {}
    for number in range(count):
        gap, until = draw.uniform(5, 40), draw.uniform(0, days) if number % 2 else 0.0
        made[f"c{number}"] = sorted(np.arange(days - draw.uniform(0, gap), until, -gap).tolist()) or [days - 1.0]
    return made


def built(database: Database, folder: Path, makers: tuple[Maker, ...] = MAKERS[:1]) -> PredictionsReport:
    """Run the job with the maker of churn, orders and value alone: the others have their own tests."""
    return build_predictions(database, folder, NOW, lambda _step, _share: None, makers=makers)


def of(database: Database, customer_id: str) -> Predictions:
    with database.read() as connection:
        found = predictions_of(connection, customer_id)
    assert found is not None
    return found


def test_every_customer_gets_churn_orders_and_value_with_range_reason_and_baseline(
    database: Database, tmp_path: Path
) -> None:
    report = built(fill(database, crowd(60)), tmp_path)
    assert report.customers == 60
    found = of(database, "c7")
    assert (found.made_at, found.model_version) == (NOW, report.version)
    assert [one.kind for one in found.listed[:3]] == ["churn", "orders", "value"]
    for one in found.listed[:3]:
        assert one.low <= one.value <= one.high
        assert (one.horizon_days, one.basis) == (90, "model")
        assert "ordered about every" in one.reason


def test_who_went_silent_is_likelier_gone_than_who_has_just_bought(tmp_path: Path) -> None:
    database = memory_database()
    rhythms = {"quiet": [80.0 + 7 * week for week in range(20)], "here": [1.0 + 7 * week for week in range(30)]}
    built(fill(database, crowd(60) | rhythms), tmp_path)
    quiet, here = of(database, "quiet").of("churn"), of(database, "here").of("churn")
    assert quiet is not None
    assert here is not None
    assert quiet.value > 0.5 > here.value
    assert quiet.reason == "ordered about every 7 days (20 times), last 80 days ago"
    with database.read() as connection:
        ranked = [one.predictions.customer_id for one in win_back(connection, 100)]
        money = [one.at_risk for one in win_back(connection, 100)]
    assert ranked.index("quiet") < ranked.index("here")
    assert money == sorted(money, reverse=True)


def test_a_second_run_replaces_the_first_and_keeps_the_cards(database: Database, tmp_path: Path) -> None:
    fill(database, crowd(40))
    first, second = built(database, tmp_path), built(database, tmp_path)
    assert (first.customers, second.customers) == (40, 40)
    with database.read() as connection:
        cards = model_cards(connection)
        assert len(win_back(connection, 1000)) == 40
    assert [card.name for card in cards] == ["buying"]
    assert cards[0].version == second.version
    assert len(cards[0].sha256) == 64
    assert set(cards[0].metrics) >= {"churn_brier", "orders_mae", "value_capture"}
    assert {"bg_nbd", "pareto_nbd"} <= set(cards[0].baselines)
    assert len(cards[0].curves["calibration"]) == 10
    assert set(cards[0].models) == {"churn", "orders", "value"}
    assert f"value (by {cards[0].models['value']}) of the next 90 days" in cards[0].purpose


def test_cards_of_an_older_version_say_what_to_run(tmp_path: Path) -> None:
    database = fill(memory_database(), crowd(40))
    built(database, tmp_path)
    with database.read() as connection:
        artifact = active_artifact(connection, ARTIFACT)
    assert artifact is not None
    old = [{name: told for name, told in card.items() if name != "models"} for card in artifact.metrics["cards"]]
    ArtifactRegistry(database, tmp_path).save(ARTIFACT, b"", metrics={"cards": old}, now=NOW)
    with (
        database.read() as connection,
        pytest.raises(AnalyticsUnavailable, match="have no models; run `rapport predictions` again"),
    ):
        model_cards(connection)
    report = make_report(database, tmp_path, load_shop(SHOP_FILE), NOW, lambda _step, _share: None)
    (section,) = (one for one in report.sections if one.name == "predictions")
    assert section.missing == ("The model cards have no models; run `rapport predictions` again.",)


@pytest.mark.parametrize(
    "days_ago",
    [
        {"ana": [0.0]},
        {"ana": [200.0, 3.0]},
        {f"c{number}": [0.1] for number in range(5)},
        {f"c{number}": [float(number % 280)] for number in range(300)},
        {"ana": [0.0], "ben": [400.0]},
    ],
    ids=["one order", "one customer", "one day", "one-time buyers only", "two"],
)
def test_few_data_get_figures_with_wide_ranges_instead_of_a_crash(
    tmp_path: Path, days_ago: dict[str, list[float]]
) -> None:
    database = fill(memory_database(), days_ago)
    assert built(database, tmp_path, MAKERS).customers == len(days_ago)
    for one in of(database, next(iter(days_ago))).listed:
        assert np.isfinite([one.value, one.low, one.high, one.baseline]).all()
        assert one.low <= one.value <= one.high


def test_orders_without_money_are_worth_nothing(tmp_path: Path) -> None:
    database = fill(memory_database(), {"ana": [3.0, 9.0]}, total=0.0)
    built(database, tmp_path)
    value = of(database, "ana").of("value")
    assert value is not None
    assert value.value == 0


def test_an_empty_shop_has_no_predictions_and_no_artifact(database: Database, tmp_path: Path) -> None:
    report = built(database, tmp_path)
    assert (report.version, report.customers, report.cards) == (None, 0, ())
    with database.read() as connection:
        assert predictions_of(connection, "ana") is None
        assert win_back(connection, 5) == []
        assert model_cards(connection) == []


def test_who_has_not_ordered_yet_gets_the_shops_average(tmp_path: Path) -> None:
    database = fill(memory_database(), crowd(60))
    built(database, tmp_path)
    orders_of_somebody, orders_of_all = of(database, "newcomer").of("orders"), of(database, "c3").of("orders")
    assert orders_of_somebody is not None
    assert orders_of_all is not None
    assert orders_of_somebody.basis == "shop"
    assert orders_of_somebody.value == orders_of_somebody.baseline == orders_of_all.baseline


def test_a_further_maker_adds_to_the_lists(tmp_path: Path) -> None:
    hour = Prediction(kind="best_hour", value=0.4, low=0.2, high=0.6, reason="writes in the evening", baseline=0.1,
                      basis="history", label="18")  # fmt: skip

    def best_hour(material: Material) -> Made:
        assert material.now == NOW
        return Made(predictions={"c1": [hour]}, arrays={"hours": np.arange(24)})

    database = fill(memory_database(), crowd(40))
    built(database, tmp_path, makers=(*MAKERS[:1], best_hour))
    assert of(database, "c1").of("best_hour") == hour
    assert of(database, "c2").of("best_hour") is None


def test_data_that_ended_long_ago_is_taken_as_of_its_end(tmp_path: Path) -> None:
    fresh, stale = fill(memory_database(), crowd(60)), memory_database()
    fill(stale, {name: [ago + 500 for ago in listed] for name, listed in crowd(60).items()})
    built(fresh, tmp_path / "fresh")
    built(stale, tmp_path / "stale")
    here, there = (of(database, "c2").of("churn") for database in (fresh, stale))
    assert here is not None
    assert there is not None
    assert there.value == pytest.approx(here.value, abs=0.1)
    assert there.reason == here.reason
