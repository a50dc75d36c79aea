"""Purchase intent of a running session: what other shops taught first, what ours teaches then."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.prediction.bayes_logistic import Logistic, fit_logistic
from analytics.prediction.session_intent import PRIOR, SessionFigures, learn_intent, purchase_intent

LOOKING = SessionFigures(product_pages=4, other_pages=1, minutes=3.0)
FILLING = SessionFigures(product_pages=4, other_pages=1, minutes=3.0, added=2)


def test_before_any_session_the_weights_are_those_of_other_shops() -> None:
    found = purchase_intent(LOOKING)
    logit = -4.6 + 0.15 * log(1 + 4) + 0.10 * log(1 + 1) + 0.25 * log(1 + 3)
    assert found.value == pytest.approx(1 / (1 + exp(-logit)), abs=1e-4)
    assert (found.kind, found.basis, found.baseline) == ("intent", "shop", 0.025)


def test_a_filled_cart_makes_a_purchase_likelier_and_the_reason_tells_it() -> None:
    looking, filling = purchase_intent(LOOKING), purchase_intent(FILLING)
    assert filling.value > 5 * looking.value
    assert looking.reason == "5 pages in 3 minutes, 4 of them products; nothing in the cart"
    assert filling.reason == "5 pages in 3 minutes, 4 of them products; 2 things put into the cart"


@pytest.mark.parametrize(("minutes", "words"), [(0.2, "1 minute"), (1.4, "1 minute"), (1.6, "2 minutes")])
def test_one_minute_is_not_several(minutes: float, words: str) -> None:
    session = SessionFigures(product_pages=1, minutes=minutes)
    assert purchase_intent(session).reason == f"1 page in {words}, 1 of them products; nothing in the cart"


def test_a_shop_where_nobody_buys_teaches_it_and_the_range_narrows() -> None:
    taught = learn_intent([(LOOKING, False)] * 400)
    before, after = purchase_intent(LOOKING), purchase_intent(LOOKING, taught)
    assert after.value < before.value
    assert after.high - after.low < before.high - before.low
    assert after.baseline == pytest.approx((0 + 0.025 * 40) / (400 + 40), abs=1e-4)


def test_after_some_hundred_sessions_with_purchases_it_is_the_shops_own_model() -> None:
    few = learn_intent([(FILLING, True)] * 29 + [(LOOKING, False)] * 400)
    enough = learn_intent([(FILLING, True)] * 40 + [(LOOKING, False)] * 400)
    assert (purchase_intent(FILLING, few).basis, purchase_intent(FILLING, enough).basis) == ("shop", "model")


def test_many_rows_outweigh_the_prior() -> None:
    model = fit_logistic(np.zeros((4000, 0)), np.repeat([1.0, 0.0], [1000, 3000]), np.array([5.0]), np.array([1.0]))
    assert model.chances(np.zeros((1, 0)))[0] == pytest.approx(1000 / 4000, abs=0.01)


def test_a_model_is_kept_as_arrays_and_comes_back_the_same() -> None:
    model = learn_intent([(FILLING, True), (LOOKING, False)])
    assert purchase_intent(FILLING, Logistic.from_arrays(model.to_arrays())) == purchase_intent(FILLING, model)


@given(
    st.integers(0, 10_000), st.floats(0, 1e6), st.integers(0, 100), st.booleans(), st.none() | st.integers(0, 23)
)  # fmt: skip
def test_whatever_a_session_does_the_chance_is_one_and_within_its_range(
    pages: int, minutes: float, added: int, returning: bool, hour: int | None
) -> None:
    figures = SessionFigures(product_pages=pages, minutes=minutes, added=added, returning=returning, hour=hour)
    found = purchase_intent(figures)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_every_figure_has_a_weight_and_a_spread_above_zero() -> None:
    assert all(deviation > 0 for _, _, deviation in PRIOR)
    assert len({name for name, _, _ in PRIOR}) == len(PRIOR)
