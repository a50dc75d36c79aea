"""BG/NBD, MBG/NBD, Pareto/NBD and Gamma-Gamma: the papers' figures, and what must hold whatever the data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.prediction.beta_geometric import BetaGeometric, fit_beta_geometric
from analytics.prediction.history import Floats
from analytics.prediction.pareto import ParetoNBD, fit_pareto
from analytics.prediction.spend import GammaGamma, fit_gamma_gamma
from benchmarks.predict_cdnow import END, HORIZON, read_cdnow
from tests.support.cdnow import needs_cdnow

#: As published for CDNOW, time in weeks.
BG = BetaGeometric(r=0.243, alpha=4.414, a=0.793, b=2.426)
MBG = BetaGeometric(r=0.525, alpha=6.183, a=0.891, b=1.614, may_leave_at_once=True)
PARETO = ParetoNBD(r=0.553, alpha=10.578, s=0.606, beta=11.669)
MODELS = [BG, MBG, PARETO]
#: Repeats, weeks to the last purchase, weeks in all.
KNOWN = (np.array([0.0, 2.0, 2.0, 26.0]), np.array([0.0, 10.0, 30.43, 30.86]), np.array([38.86] * 4))


def one(*values: float) -> tuple[Floats, ...]:
    return tuple(np.array([value]) for value in values)


@pytest.fixture(scope="module")
def weeks() -> tuple[tuple[Floats, Floats, Floats], Floats]:
    """CDNOW's first 39 weeks as the papers count them (to the last day, not past it), and what came in the next 39."""
    history = read_cdnow()
    summary = history.summary(END)
    orders, _ = history.bought_within(END, HORIZON)
    return (summary.repeats, summary.recency / 7, (summary.age - 1) / 7), orders[summary.customer]


@needs_cdnow
def test_bg_nbd_finds_the_parameters_of_its_paper(weeks: Any) -> None:
    model = fit_beta_geometric(*weeks[0])
    assert (model.r, model.alpha) == (pytest.approx(0.243, abs=5e-4), pytest.approx(4.414, abs=5e-4))
    assert (model.a, model.b) == (pytest.approx(0.793, abs=5e-4), pytest.approx(2.426, abs=5e-4))
    assert model.log_likelihood == pytest.approx(-9582.4, abs=0.05)


@needs_cdnow
def test_pareto_nbd_finds_the_parameters_of_its_note(weeks: Any) -> None:
    model = fit_pareto(*weeks[0])
    found = (model.r, model.alpha, model.s, model.beta)
    assert found == pytest.approx((0.553, 10.578, 0.606, 11.669), rel=2e-3)
    assert model.log_likelihood == pytest.approx(-9595.0, abs=0.05)


@needs_cdnow
def test_pareto_nbd_foretells_the_next_39_weeks_as_well_as_was_measured(weeks: Any) -> None:
    expected, came = fit_pareto(*weeks[0]).expected(39, *weeks[0]), weeks[1]
    assert np.mean(np.abs(expected - came)) <= 0.755
    assert np.sqrt(np.mean((expected - came) ** 2)) <= 1.603
    assert np.corrcoef(expected, came)[0, 1] >= 0.630


@needs_cdnow
def test_gamma_gamma_finds_the_parameters_of_its_note() -> None:
    history = read_cdnow()
    repeat = (history.day < END) & np.append(False, np.diff(history.customer) == 0)
    many = np.bincount(history.customer[repeat]).astype(np.float64)
    money = np.bincount(history.customer[repeat], history.amount[repeat])
    model = fit_gamma_gamma(many, money / np.maximum(many, 1))
    assert (model.p, model.q, model.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.01)


def test_a_one_time_buyer_has_never_left_in_bg_nbd_only() -> None:
    nobody = one(0, 0, 38.86)
    assert BG.alive(*nobody) == 1
    assert MBG.alive(*nobody) < 1
    assert PARETO.alive(*nobody) < 1


def test_alive_is_the_published_formula() -> None:
    x, seen, end = 2, 30.43, 38.86
    left = BG.a / (BG.b + x - 1) * ((BG.alpha + end) / (BG.alpha + seen)) ** (BG.r + x)
    assert BG.alive(*one(x, seen, end)) == pytest.approx(1 / (1 + left))


def test_expected_purchases_are_those_of_the_paper() -> None:
    assert BG.expected(39, *one(2, 30.43, 38.86))[0] == pytest.approx(1.226, abs=1e-3)  # its customer 0001


@pytest.mark.parametrize("model", MODELS)
def test_chances_of_nothing_agree_with_simulated_customers(model: BetaGeometric | ParetoNBD) -> None:
    draw, many, horizon = np.random.default_rng(5), 200_000, 20.0
    rate = draw.gamma(model.r, 1 / model.alpha, many)
    first_wait = draw.exponential(1, many) / rate
    if isinstance(model, ParetoNBD):
        leaves = draw.exponential(1, many) / draw.gamma(model.s, 1 / model.beta, many)
    else:
        at_once = model.may_leave_at_once & (draw.random(many) < draw.beta(model.a, model.b, many))
        leaves = np.where(at_once, 0.0, np.inf)
    nothing = np.mean(~(first_wait < np.minimum(horizon, leaves)))
    newcomer = one(0, 0, 0)
    assert model.silent(horizon, *newcomer)[0] == pytest.approx(nothing, abs=0.005)


@pytest.mark.parametrize("model", MODELS)
def test_the_longer_the_horizon_the_more_is_expected_and_the_less_likely_is_nothing(model: Any) -> None:
    expected = np.array([model.expected(horizon, *KNOWN) for horizon in (1, 10, 100)])
    silent = np.array([model.silent(horizon, *KNOWN) for horizon in (1, 10, 100)])
    assert (np.diff(expected, axis=0) > 0).all()
    assert (np.diff(silent, axis=0) < 0).all()


@pytest.mark.parametrize("model", MODELS)
@given(repeats=st.integers(0, 400), last=st.floats(0, 1), age=st.floats(0.1, 500), horizon=st.floats(0.1, 200))
@settings(max_examples=60, deadline=None)
def test_whatever_the_customer_figures_are_possible_ones(
    model: Any, repeats: int, last: float, age: float, horizon: float
) -> None:
    known = one(repeats, last * age if repeats else 0.0, age)
    expected, silent, alive = (float(figure[0]) for figure in (
        model.expected(horizon, *known), model.silent(horizon, *known), model.alive(*known)
    ))  # fmt: skip
    assert expected >= 0
    assert np.isfinite(expected)
    assert -1e-9 <= silent <= 1 + 1e-9
    assert 0 <= alive <= 1
    # At least one purchase cannot be likelier than the mean number of purchases says (Markov).
    assert 1 - silent <= expected + 1e-6


@pytest.mark.parametrize("model", MODELS)
@given(repeats=st.integers(1, 30), age=st.floats(1, 200), earlier=st.floats(0, 0.9))
@settings(max_examples=40, deadline=None)
def test_who_bought_more_lately_is_expected_more(model: Any, repeats: int, age: float, earlier: float) -> None:
    before, lately = (model.expected(10, *one(repeats, share * age, age))[0] for share in (earlier, earlier + 0.1))
    assert lately >= before - 1e-9
    fewer, more = (model.expected(10, *one(many, age, age))[0] for many in (repeats, repeats + 1))
    assert more >= fewer - 1e-9


def test_what_an_order_is_worth_lies_between_her_own_mean_and_everybodys() -> None:
    model = GammaGamma(p=6.25, q=3.74, v=15.44)
    everybody = 6.25 * 15.44 / (3.74 - 1)
    unknown, few, many = model.expected(np.array([0.0, 1.0, 50.0]), np.array([0.0, 100.0, 100.0])).tolist()
    assert unknown == pytest.approx(everybody)
    assert everybody < few < many < 100


@pytest.mark.parametrize("fit", [fit_beta_geometric, fit_pareto])
@pytest.mark.parametrize("repeats", [[0.0], [0.0] * 30, [300.0], [3.0, 0.0, 1.0]])
def test_few_customers_or_all_alike_still_give_sensible_figures(fit: Any, repeats: list[float]) -> None:
    x = np.array(repeats)
    known = x, np.where(x > 0, 90.0, 0.0), np.full(len(x), 100.0)
    expected = fit(*known, prior=1.0).expected(30, *known)
    assert (expected >= 0).all()
    assert (expected <= (x + 1) * 30 / 100 * 4 + 1).all()
