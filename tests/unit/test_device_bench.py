"""The benchmark of the export for browsers: one click told, the rest of the basket asked for."""

from __future__ import annotations

import numpy as np

from analytics.recommendation.device.shelf import LEAST_BUYERS
from analytics.recommendation.purchases import Purchases, Range
from benchmarks.recommending.device import OnDevice
from benchmarks.recommending.protocol import Asked, Known
from benchmarks.recommending.splits import Split
from benchmarks.recommending.tasks import first_click

PASTA, SAUCE, SOAP, RARE = range(4)
BASKETS = [[PASTA, SAUCE]] * (LEAST_BUYERS + 1) + [[SOAP]] * LEAST_BUYERS + [[PASTA, RARE]]


def known() -> Known:
    """A shop where pasta and sauce go together, and something was bought once."""
    lines = [(number, product) for number, basket in enumerate(BASKETS) for product in basket]
    customer, product = np.array(lines, dtype=np.int32).T
    products = np.array(["pasta", "sauce", "soap", "trifle"])
    numbers = np.arange(len(products), dtype=np.int32)
    return Known(
        purchases=Purchases(
            customers=np.array([f"c{number:02}" for number in range(len(BASKETS))]),
            customer=customer,
            product=product,
            basket=customer,
            age=np.ones(len(lines), np.float32),
        ),
        on_sale=Range(products=products, groups=numbers, categories=numbers),
        words=tuple(products.tolist()),
    )


def test_the_click_is_told_and_not_wanted_and_a_basket_of_one_is_not_asked() -> None:
    unsold = 7
    wanted = {0: frozenset({PASTA, SAUCE}), 3: frozenset({SOAP}), 5: frozenset({SOAP, unsold})}
    cut = Split(known=known(), wanted=wanted, orders=np.ones(len(BASKETS), np.int64), newcomers=(frozenset({unsold}),))
    task = first_click(cut)
    assert [wish.customer for wish in task.asked] == [None, None]
    both = {PASTA, SAUCE}
    assert task.bought[0] == both - set(task.asked[0].clicked)
    assert (task.asked[1].clicked, task.bought[1]) == ((SOAP,), {unsold})


def test_what_goes_with_the_click_is_listed_and_rare_things_never() -> None:
    for model in (OnDevice(), OnDevice(baskets=False)):
        recommend = model.fit(known())
        clicks = [Asked(customer=None, clicked=(one,)) for one in (PASTA, SAUCE, SOAP, RARE)]
        assert recommend(clicks) == [[SAUCE], [PASTA], [], []]
