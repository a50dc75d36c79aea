"""What learns from earlier days: signals counted by hand, regressions, weights, ranges, season, and what serves."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.special import expit

from analytics.prediction import choosing
from analytics.prediction.beta_geometric import fit_beta_geometric
from analytics.prediction.blend import USUAL, Blending, learn_weights
from analytics.prediction.choosing import choose_horizon, money_deviance
from analytics.prediction.expected import Expected
from analytics.prediction.history import History, day_of, history_of
from analytics.prediction.learning import TooFewDataError
from analytics.prediction.measures import auc, average_precision, calibration_error, capture
from analytics.prediction.ranges import coverage, fit_ranges, probability_spread, scattered_count
from analytics.prediction.recency import fit_recency
from analytics.prediction.regression import fit_regression
from analytics.prediction.season import INDEX, Season, fit_season
from analytics.prediction.serving import UNTESTED, serve
from analytics.prediction.signals import signals_of


def bought(*rows: tuple[str, int, float]) -> History:
    names, places = np.unique(np.array([row[0] for row in rows]), return_inverse=True)
    return history_of(names, places, *(np.array([row[part] for row in rows]) for part in (1, 2)), np.ones(len(rows)))


def shop(customers: int, days: int, *, first: int = 0, seed: int = 0, busy: float = 1.0) -> History:
    """Customers who buy at rates of their own, and leave one day; `busy` times as often from October on."""
    draw = np.random.default_rng(seed)
    rows = []
    for number in range(customers):
        rate, until = draw.gamma(2, 0.02) + 0.005, draw.exponential(2.0 * days)
        for day in range(days):
            season = busy if date.fromordinal(date(1970, 1, 1).toordinal() + first + day).month >= 10 else 1.0
            if day < until and draw.random() < rate * season:
                rows.append((f"c{number:04}", first + day, 20.0 + draw.gamma(2, 10)))
    return bought(*rows)


def test_signals_of_a_rhythm_are_those_counted_by_hand() -> None:
    history = bought(("ana", 0, 10.0), ("ana", 10, 20.0), ("ana", 40, 60.0), ("ben", 95, 5.0), ("ben", 100, 99.0))
    summary = history.summary(100)
    signals = signals_of(history, summary, 100)
    ana, ben = (dict(zip(signals.names, row, strict=True)) for row in signals.matrix)
    assert (ana["silence"], ana["age"], ana["purchases"]) == (60, 100, 3)
    assert (ana["bought_60"], ana["bought_90"], ana["bought_180"]) == (1, 2, 3)
    assert (ana["gap"], ana["gap_longest"], ana["gap_last"]) == ((10 + 30) / 2, 30, 30)
    assert ana["silence_in_gaps"] == 60 / 20
    assert ana["fading_30"] == pytest.approx(0.5 ** (100 / 30) + 0.5 ** (90 / 30) + 0.5 ** (60 / 30))
    assert ana["money_log"] == pytest.approx(np.log1p(90))
    assert np.isnan(ben["gap"])
    assert (ben["purchases"], ben["silence"]) == (1, 5)  # what she bought on the day itself is not known yet


def test_regressions_find_the_slope_that_was_put_in() -> None:
    draw = np.random.default_rng(1)
    signal = draw.normal(size=(20_000, 2))
    linear = -0.5 + 0.8 * signal[:, 0]
    churn = fit_regression("logistic", signal, (draw.random(20_000) < expit(linear)).astype(np.float64))
    orders = fit_regression("poisson", signal, draw.poisson(np.exp(linear)).astype(np.float64))
    at = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    for model in (churn, orders):
        middle, higher, beside = model.linear(at).tolist()
        assert middle == pytest.approx(-0.5, abs=0.06)
        assert higher - middle == pytest.approx(0.8, abs=0.06)
        assert beside - middle == pytest.approx(0.0, abs=0.06)


def test_a_regression_takes_a_missing_signal_for_the_middle_one() -> None:
    draw = np.random.default_rng(2)
    signal = np.column_stack([np.where(draw.random(2000) < 0.3, np.nan, draw.normal(size=2000)), np.full(2000, np.nan)])
    model = fit_regression("logistic", signal, (draw.random(2000) < 0.3).astype(np.float64))
    missing, middle = model.linear(np.array([[np.nan, np.nan], [np.nanmedian(signal[:, 0]), 0.0]]))
    assert missing == pytest.approx(middle, abs=0.01)


def test_weights_go_to_the_member_that_was_right_and_stay_usual_without_evidence() -> None:
    draw = np.random.default_rng(3)
    right = draw.normal(size=5000) * 2
    truth = (draw.random(5000) < expit(right)).astype(np.float64)
    links = np.vstack([right, draw.normal(size=5000), draw.normal(size=5000)])
    weights = learn_weights(links, truth, churn=True)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.8
    few = learn_weights(links[:, :3], truth[:3], churn=True)
    assert few == pytest.approx(USUAL, abs=0.1)


def test_ranges_cover_four_in_five_of_what_comes() -> None:
    draw = np.random.default_rng(4)
    expected = draw.gamma(1, 2, 4000)
    came = draw.poisson(expected * draw.gamma(2, 0.5, 4000)).astype(np.float64)
    assert 0.78 <= coverage(expected, came) <= 0.95
    assert fit_ranges(expected[:50], came[:50]) is None
    low, high = scattered_count(np.array([0.0, 0.1, 5.0]))
    assert (low <= [0, 0.1, 5]).all()
    assert (high >= [0, 0.1, 5]).all()


def test_the_range_of_a_probability_is_as_wide_as_groups_were_off() -> None:
    draw = np.random.default_rng(5)
    said = draw.uniform(0.1, 0.9, 20_000)
    honest = (draw.random(20_000) < said).astype(np.float64)
    bold = (draw.random(20_000) < 0.5).astype(np.float64)
    assert probability_spread(said, honest) < 0.2 < 1.0 < probability_spread(said, bold)


def test_measures_are_those_worked_by_hand() -> None:
    score, truth = np.array([0.9, 0.8, 0.7, 0.1]), np.array([1.0, 0.0, 1.0, 0.0])
    assert auc(score, truth) == 3 / 4  # of four pairs the second is above the third
    assert average_precision(score, truth) == (1 / 1 + 2 / 3) / 2
    assert capture(np.array([5.0, 1.0] * 5), np.array([30.0, 7.0] + [0.0] * 8)) == 30 / 37
    assert calibration_error(np.full(10, 0.3), np.array([1.0] * 5 + [0.0] * 5), bins=1) == pytest.approx(0.2)
    assert np.isnan(auc(score, np.ones(4)))


def test_a_season_is_expected_of_monthly_shops_and_not_of_weekly_ones() -> None:
    first = day_of(date(2024, 1, 1))
    weekly = bought(*((f"c{one}", first + day, 9.0) for one in range(40) for day in range(one % 7, 250, 7)))
    summary = weekly.summary(first + 250)
    counts = fit_beta_geometric(summary.repeats, summary.recency, summary.age, prior=1.0)
    assert fit_season(weekly, first + 250, counts).factor(first + 274, 90) == pytest.approx(1.0, abs=0.06)
    usual = Season(months=np.log(INDEX), usual=0.93)
    assert usual.factor(day_of(date(2024, 12, 1)), 31) == pytest.approx(1.36 / 0.93)
    assert Season().factor(first, 90) == 1.0


def test_a_shop_with_two_years_knows_its_own_season() -> None:
    first, day = day_of(date(2023, 1, 1)), day_of(date(2024, 9, 20))
    factors = []
    for busy in (1.0, 2.0):
        history = shop(250, day - first, first=first, seed=9, busy=busy)
        summary = history.summary(day)
        counts = fit_beta_geometric(summary.repeats, summary.recency, summary.age, prior=1.0)
        factors.append(fit_season(history, day, counts).factor(day_of(date(2024, 10, 1)), 60))
    quiet, busy_one = factors
    assert busy_one > 1.25
    assert busy_one > quiet + 0.15


def test_a_blend_beats_recency_and_gives_possible_figures() -> None:
    history = shop(400, 330, seed=6)
    day = 330 - 60
    summary = history.summary(day)
    gone = (history.bought_within(day, 60)[0][summary.customer] == 0).astype(np.float64)
    said = Blending().train(history, day, 60).expected(history, summary, day)
    plain = fit_recency(history, day, 60).expected(history, summary, day)
    assert auc(said.churn, gone) > auc(plain.churn, gone)
    assert calibration_error(said.churn, gone) < 0.08
    assert ((said.churn >= 0) & (said.churn <= 1) & (said.orders >= 0) & (said.value >= 0)).all()


def test_nothing_of_the_day_or_later_is_looked_at() -> None:
    history = shop(250, 300, seed=7)
    cut = history.day < 240
    past = history_of(np.array(history.customers), history.customer[cut], history.day[cut], history.amount[cut],
                      history.lines[cut])  # fmt: skip
    whole, known = (serve(one, 240, 60).expected for one in (history, past))
    assert np.array_equal(whole.churn, known.churn)
    assert np.array_equal(whole.orders, known.orders)
    assert np.array_equal(whole.value, known.value)


def test_too_little_history_is_said_and_simpler_models_serve() -> None:
    history = shop(40, 60, seed=8)
    with pytest.raises(TooFewDataError):
        Blending().train(history, 60, 30)
    serving = serve(history, 60)
    assert (serving.tested, set(serving.chosen)) == (None, {UNTESTED})


def test_churn_orders_and_value_are_each_said_by_the_model_that_was_nearest() -> None:
    history = bought(("ana", 0, 10.0), ("ben", 1, 10.0))
    near, far = np.array([0.0, 40.0]), np.array([40.0, 0.0])
    said = {
        "counts": Expected(churn=np.array([0.1, 0.9]), orders=np.array([0.1, 2.0]), value=far),
        "money": Expected(churn=np.array([0.5, 0.5]), orders=np.array([2.0, 0.1]), value=near),
        "leaving": Expected(churn=np.array([0.9, 0.1]), orders=np.array([1.0, 1.0]), value=far),
    }
    tested = choosing.Tested(day=2, horizon=30, summary=history.summary(2), orders=np.array([0.0, 2.0]),
                    value=np.array([0.0, 40.0]), said=said)  # fmt: skip
    chosen = tested.best()
    assert chosen == ("leaving", "counts", "money")
    served = chosen.of(said)
    assert served.value is near
    assert served.orders is said["counts"].orders


def test_the_error_of_money_is_the_one_worked_by_hand_and_the_same_for_every_currency() -> None:
    expected, came = np.array([9.0, 16.0]), np.array([16.0, 0.0])
    assert money_deviance(expected, came) == (4 * (4 - 3) ** 2 / 3 + 4 * (0 - 4) ** 2 / 4) / 2
    # Returns beyond what was bought are nothing, and nothing expected of a buyer costs no infinity.
    assert money_deviance(np.array([9.0]), np.array([-5.0])) == 4 * 3
    assert np.isfinite(money_deviance(np.array([0.0, 0.0]), came))
    assert money_deviance(np.zeros(2), np.zeros(2)) == pytest.approx(0, abs=1e-5)
    for wrong in (0.0, 3.0, 100.0):
        one, other = (money_deviance(np.array([wrong, 16.0]) * rate, came * rate) for rate in (1, 10_000))
        assert other == pytest.approx(100 * one)  # √10,000


def test_the_true_mean_has_the_smallest_error_of_money() -> None:
    came = np.random.default_rng(10).gamma(0.2, 100, 5000)
    errors = {said: money_deviance(np.full(5000, said), came) for said in (came.mean() * np.array([0.8, 1, 1.25]))}
    assert min(errors, key=errors.__getitem__) == came.mean()


@pytest.mark.parametrize(
    ("days", "horizon"), [(365, 90), (225, 90), (224, 60), (150, 60), (75, 30), (35, 14), (34, None)]
)
def test_the_horizon_is_the_longest_that_can_be_tested(days: int, horizon: int | None) -> None:
    assert choose_horizon(days) == horizon
