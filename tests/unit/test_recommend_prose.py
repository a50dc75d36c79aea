"""What is told of products beyond their names, as the recommender reads it."""

from __future__ import annotations

from sqlalchemy import insert

from analytics.recommendation.prose import LETTERS_OF_ALL, LETTERS_OF_ONE, REVIEWS_READ, read_prose
from analytics.recommendation.purchases import read_range
from store.tables import outside_reviews, reviews
from tests.support.shop_in_memory import SmallShop, ago


def review(shop: SmallShop, product_id: str, text: str, days: float, number: int = 0) -> None:
    names = {"review_id": f"{product_id}-{days}-{number}", "key": f"{product_id}-{days}-{number}"}
    with shop.database.write() as connection:
        connection.execute(
            insert(reviews).values(
                **names, customer_id=f"c{number}", product_id=product_id, stars=4, text=text, created_at=ago(days)
            )
        )


def shop_of(*product_ids: str) -> SmallShop:
    shop = SmallShop()
    for product_id in product_ids:
        shop.product(product_id, product_id.capitalize())
    return shop


def prose_of(shop: SmallShop, *product_ids: str) -> tuple[str, ...] | None:
    with shop.database.read() as connection:
        return read_prose(connection, product_ids)


def test_a_shop_that_tells_nothing_has_no_prose_and_its_range_is_what_it_was() -> None:
    shop = shop_of("tea", "jam")
    review(shop, "tea", "", 1)
    with shop.database.read() as connection:
        on_sale = read_range(connection)
    assert on_sale.prose is None
    assert on_sale.texts == ("Jam Food Grocery ", "Tea Food Grocery ")


def test_descriptions_come_before_the_words_of_reviews_the_latest_first_wherever_they_stand() -> None:
    shop = shop_of("tea", "jam", "egg")
    shop.change_product("tea", description="Leaves from a hill.")
    review(shop, "tea", "smells of smoke", 9)
    review(shop, "jam", "too sweet", 5)
    with shop.database.write() as connection:
        elsewhere = {"review_id": "x", "site": "marketplace", "stars": 1, "text": "arrived stale", "written_at": ago(2)}
        connection.execute(insert(outside_reviews).values(product_id="tea", **elsewhere))
    told = prose_of(shop, "egg", "jam", "tea")
    assert told == ("", "too sweet", "Leaves from a hill. arrived stale smells of smoke")


def test_the_range_has_the_prose_of_each_product_in_its_order() -> None:
    shop = shop_of("b", "a")
    shop.change_product("b", description="of b")
    with shop.database.read() as connection:
        on_sale = read_range(connection)
    assert dict(zip(on_sale.products.tolist(), on_sale.prose or (), strict=True)) == {"a": "", "b": "of b"}


def test_reviews_are_read_up_to_a_bound_and_none_speaks_for_all() -> None:
    shop = shop_of("tea", "jam")
    review(shop, "jam", "y" * 3 * LETTERS_OF_ONE, 1)
    for number in range(REVIEWS_READ + 5):
        review(shop, "tea", f"w{number}", 1 + number, number)
    told = dict(zip(("tea", "jam"), prose_of(shop, "tea", "jam") or (), strict=True))
    assert told["tea"].split() == [f"w{number}" for number in range(REVIEWS_READ)]
    assert told["jam"] == "y" * LETTERS_OF_ONE
    for number in range(9):
        review(shop, "jam", "z" * LETTERS_OF_ONE, 2, number)
    told = dict(zip(("tea", "jam"), prose_of(shop, "tea", "jam") or (), strict=True))
    assert len(told["jam"]) <= LETTERS_OF_ALL
