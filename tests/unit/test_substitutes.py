"""What to take instead: most like it, never what is sold out, unwanted or only a smaller pack."""

from __future__ import annotations

from dataclasses import replace

from analytics.catalogue.substitutes import substitutes
from store.repositories.catalogue import ProductRow


def coffee(
    product_id: str, name: str, price: float | None = 5.0, size: str | None = "12 oz", **rest: bool
) -> ProductRow:
    full = f"{name}, {size}" if size else name
    return ProductRow(
        product_id=product_id, name=full, category="Coffee", department="Grocery", brand=None, size=size, price=price,
        times_sold=10, in_stock=rest.get("in_stock", True),
    )  # fmt: skip


GROUND = coffee("ground", "Ground coffee")
DECAF = coffee("decaf", "Decaf ground coffee", 6.0)
FILTERS = coffee("filters", "Paper filters", 1.0, "100 ct")
OTHERS = [GROUND, DECAF, FILTERS]


def ids(wanted: ProductRow, others: list[ProductRow], **how: object) -> list[str]:
    return [one.product.product_id for one in substitutes(wanted, others, limit=3, **how)]  # type: ignore[arg-type]


def test_the_likest_name_comes_first_and_the_thing_itself_never() -> None:
    assert ids(GROUND, OTHERS) == ["decaf", "filters"]


def test_what_is_sold_out_unpriced_or_excluded_is_left_out() -> None:
    others = [coffee("a", "Ground beans", in_stock=False), coffee("b", "Ground blend", None), DECAF]
    assert ids(GROUND, others, exclude={"decaf"}) == []


def test_another_of_the_same_stands_in_only_where_the_first_is_sold_out() -> None:
    twin = replace(GROUND, product_id="twin", name="Ground coffee, 12 oz, variety 2")
    assert ids(GROUND, [twin]) == []
    assert ids(replace(GROUND, in_stock=False), [twin]) == ["twin"]


def test_cheaper_means_cheaper_by_the_ounce_too() -> None:
    small = coffee("small", "Ground roast", 3.0, "4 oz")
    cheap = coffee("cheap", "Ground mild", 4.0)
    cent_less = coffee("cent", "Ground dark", 4.99)
    assert ids(GROUND, [small, cheap, cent_less, DECAF], cheaper=True) == ["cheap"]


def test_nothing_is_cheaper_than_a_price_nobody_knows() -> None:
    assert ids(replace(GROUND, price=None), [DECAF], cheaper=True) == []


def test_what_she_buys_herself_comes_first_among_what_fits_alike() -> None:
    mild, dark = coffee("mild", "Mild coffee"), coffee("dark", "Dark coffee")
    assert ids(GROUND, [mild, dark]) == ["dark", "mild"]
    assert ids(GROUND, [mild, dark], own={"mild"}) == ["mild", "dark"]


def test_no_two_read_the_same() -> None:
    others = [coffee("1", "Mild coffee"), coffee("2", "Mild coffee", 5.5, "14 oz"), DECAF]
    assert len(ids(GROUND, others)) == 2


def test_the_reason_says_what_is_alike_and_what_differs() -> None:
    def reason(other: ProductRow) -> str:
        return substitutes(GROUND, [other], limit=1)[0].reason.text

    assert reason(coffee("1", "Mild coffee", 4.0)) == "also from Coffee, the same size, 20% cheaper"
    assert (
        reason(coffee("2", "Mild coffee", 10.0, "24 oz"))
        == "also from Coffee, about the same price for the same amount"
    )
    assert reason(FILTERS) == "also from Coffee, 80% cheaper"
    assert reason(coffee("3", "Mild coffee", 7.5)) == "also from Coffee, the same size, 50% dearer"
