"""What a browser is told: kinds that anybody may be shown, what goes with each, and nothing of a single customer."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from analytics.recommendation.device import neighbours, shelf
from analytics.recommendation.device.neighbours import KEPT, LEVELS, nearest
from analytics.recommendation.device.relations import summed
from analytics.recommendation.device.shelf import LEAST_BUYERS, MOST_OTHERS
from analytics.recommendation.ranking.rows import Rows
from analytics.recommendation.rules import Rules
from analytics.recommendation_records import RecommendationPolicy
from tests.support.device_shop import device_export, row

PASTA, SAUCE, SOAP, TEA = row("p", "Pasta"), row("s", "Sauce", "Jars"), row("x", "Soap", "Bath"), row("t", "Tea")
SHOP = (PASTA, SAUCE, SOAP, TEA)
#: Pasta and sauce by eight people, soap by five and once with pasta, tea by one too few.
BASKETS = [["p", "s"]] * 8 + [["x"]] * 4 + [["x", "p"]] + [["t", "p"]] * (LEAST_BUYERS - 1)


def read(baskets: Sequence[Sequence[str]] = BASKETS, rows: Any = SHOP, rules: Rules | None = None) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(device_export(rows, baskets, rules).body)
    return document


def near(document: dict[str, Any], product_id: str) -> list[tuple[str, int]]:
    """Give (id, weight) of a product's neighbours as a browser reads them."""
    at = slice(KEPT * document["ids"].index(product_id), KEPT * (document["ids"].index(product_id) + 1))
    places = np.frombuffer(b64decode(document["neighbours"]), "<u2")[at].tolist()
    weights = b64decode(document["weights"])[at]
    return [(document["ids"][place], weight) for place, weight in zip(places, weights, strict=True) if weight]


def test_a_product_is_told_with_what_its_card_needs_and_what_goes_with_it() -> None:
    document = read()
    assert document["ids"] == ["p", "s", "x"]
    assert document["names"] == ["Pasta", "Sauce", "Soap"]
    assert [document["categories"][one] for one in document["category"]] == ["Food", "Jars", "Bath"]
    assert (document["prices"], document["currency"], document["kept"]) == ([1.0] * 3, "$", KEPT)
    assert near(document, "p") == [("s", 2 * LEVELS + 1)]


def test_less_than_five_buyers_of_a_product_or_of_a_pair_are_told_to_nobody() -> None:
    document = read()
    assert "t" not in document["ids"]
    assert near(document, "x") == []
    assert near(read([*BASKETS, *[["x", "p"]] * (LEAST_BUYERS - 1)]), "x") == [("p", 2 * LEVELS + 1)]


def test_one_customers_odd_basket_leaves_no_trace() -> None:
    assert device_export(SHOP, [*BASKETS, ["s", "x"]]) == device_export(SHOP, BASKETS)


def test_popularity_is_told_in_doublings() -> None:
    assert read()["popularity"] == [3, 3, 2]  # 8 + 1 + 4 buyers, 8, 5
    assert read([*BASKETS, ["p"], ["s"], ["x"]])["popularity"] == [3, 3, 2]


def test_no_word_of_a_customer_is_in_it() -> None:
    body = device_export(SHOP, BASKETS).body.decode()
    assert "customer" not in body
    assert set(json.loads(body)) == {
        "format", "currency", "categories", "ids", "others", "names", "category", "department", "prices",
        "popularity", "kept", "neighbours", "weights",
    }  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [
        Rules(discreet=frozenset({"jars"})),
        Rules(policy=RecommendationPolicy(never_products=frozenset({"s"}))),
        Rules(policy=RecommendationPolicy(age_limited=frozenset({"jars"}))),
    ],
    ids=["discreet", "never", "age"],
)
def test_the_shops_rules_hold(rules: Rules) -> None:
    document = read(rules=rules)
    assert document["ids"] == ["p", "x"]
    assert near(document, "p") == []


def test_what_is_sold_out_is_not_told() -> None:
    assert read(rows=(PASTA, row("s", "Sauce", "Jars", in_stock=False), SOAP, TEA))["ids"] == ["p", "x"]


def test_products_of_one_kind_are_told_once_and_recognised_by_all_their_ids() -> None:
    sizes = [row(f"p{number}", f"Pasta, {number} oz", size=f"{number} oz") for number in range(6)]
    baskets = [[one.product_id] for number, one in enumerate(sizes) for _ in range(LEAST_BUYERS + number)]
    document = read(baskets, sizes)
    assert document["ids"] == ["p5"]
    assert document["others"] == [["p4", "p3", "p2"]]
    assert len(document["others"][0]) == MOST_OTHERS


def test_what_the_shop_boosts_comes_first() -> None:
    baskets = [["p", "s"]] * 8 + [["p", "x"]] * 6
    boosted = Rules(policy=RecommendationPolicy(boost={"bath": 4.0}))
    assert [one for one, _ in near(read(baskets), "p")] == ["s", "x"]
    assert [one for one, _ in near(read(baskets, rules=boosted), "p")] == ["x", "s"]


def test_its_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_KINDS", 2)
    document = read()
    assert document["ids"] == ["p", "s"]
    assert len(b64decode(document["weights"])) == 2 * KEPT


def test_the_version_changes_with_what_is_told_and_with_nothing_else() -> None:
    first = device_export(SHOP, BASKETS)
    assert device_export(SHOP, BASKETS) == first
    assert device_export((*SHOP[1:], row("p", "Fresh pasta")), BASKETS).version != first.version


def test_words_speak_where_too_few_bought_both_and_never_louder() -> None:
    model = sparse.csr_matrix(np.array([[1, 1, 0]] * LEAST_BUYERS + [[0, 0, 1]] * LEAST_BUYERS, np.float32))
    words = np.array([[1, 0.9, 0.6], [0, 1, 0], [0.5, 0, 1]], np.float32)
    found = nearest(model, np.ones(model.shape[0], np.float32), np.ones(3, np.float32), None, words)
    by_words = int(np.ceil(LEVELS * neighbours.BY_WORDS * 0.6 / 0.9))
    assert found.places[0, :2].tolist() == [1, 2]
    assert found.weights[0, :3].tolist() == [2 * LEVELS + 1, 2 * by_words, 0]
    assert found.weights[2, :1].tolist() == [2 * int(np.ceil(LEVELS * neighbours.BY_WORDS))]


def test_relations_of_products_are_added_up_to_kinds() -> None:
    matrix = sparse.csr_matrix(np.array([[0, 1, 2, 0], [0, 0, 2, 0], [0, 0, 0, 9], [0, 0, 0, 0]], np.float32))
    kinds = np.array([0, 0, 1, -1], np.int32)
    # of kind 0: 1 within itself, 2 + 2 to kind 1; the last product is not told.
    assert summed([Rows.of(matrix)], kinds, 2).tolist() == [[1 / 4, 1], [0, 0]]
