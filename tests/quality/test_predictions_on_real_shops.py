"""Churn and orders of a real shop's later weeks, learnt from the earlier ones: beside the best model of buying."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from analytics.prediction.buying_models import BUYING
from analytics.prediction.history import History, day_of, read_history
from analytics.prediction.measures import auc, measure
from analytics.prediction.serving import serve
from analytics.workspace import open_workspace
from benchmarks.online_retail import load_online_retail
from tests.support.public_data import needs

pytestmark = [pytest.mark.quality, needs("online_retail")]

#: Days ahead, from a day that no choice was made on.
_DAY, _HORIZON = day_of(date(2011, 8, 1)), 60


@pytest.fixture(scope="module")
def history() -> History:
    """Give the purchase days of a sample of the customers."""
    with open_workspace() as sales:
        load_online_retail(sales)
        return read_history(sales, datetime(2012, 1, 1, tzinfo=UTC)).some(2200, seed=3)


def test_what_serves_tells_leavers_better_and_misses_fewer_orders_than_the_models_of_buying(history: History) -> None:
    summary = history.summary(_DAY)
    orders, value = (truth[summary.customer] for truth in history.bought_within(_DAY, _HORIZON))
    gone = np.where(orders == 0, 1.0, 0.0)
    serving = serve(history, _DAY, _HORIZON)
    assert serving.tested is not None
    ours = measure(serving.expected, orders, value)
    singles = [train(history, _DAY, _HORIZON).expected(history, summary, _DAY) for train in BUYING.values()]
    assert ours["churn_auc"] >= max(auc(said.churn, gone) for said in singles)
    assert ours["orders_mae"] <= 1.02 * min(measure(said, orders, value)["orders_mae"] for said in singles)
    assert ours["churn_ece"] <= 0.06
    assert abs(ours["orders_bias"]) <= 0.25
