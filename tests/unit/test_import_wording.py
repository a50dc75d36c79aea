"""Shop codes to words: sizes, names, letter case, and the words of the demonstration shop."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.importing.errors import MappingError
from analytics.importing.sizes import pack_size
from analytics.importing.wording import LooseGoods, Vocabulary, Wording, load_vocabulary, title_case

SHOP = Path(__file__).resolve().parents[2] / "rapport" / "shops" / "complete_journey"


@pytest.mark.parametrize(
    ("code", "size"),
    [
        ("14.5 OZ", "14.5 oz"),
        ("8 1/2 OZ", "8.5 oz"),
        (".13 OZ", "0.13 oz"),
        ("1.0 OZ", "1 oz"),
        ("(600) 4 LB", "4 lb"),
        ("L      8 OZ", "8 oz"),
        ("1 GA", "1 gal"),
        ("GAL", "1 gal"),
        ("2 L", "2 L"),
        ("1 DZ", "1 dozen"),
        ("24 CT", "24 ct"),
        ("83.5 SQ FT", "83.5 sq ft"),
        ("12 PK/12 OZ", "12 × 12 oz"),
        ("10/6.75 OZ", "10 × 6.75 oz"),
        ("974246  PK", None),
        ("0 OZ", None),
        ("1/0 OZ", None),
        ("CTN", None),
        ("48-54 CT", None),
        ("", None),
        (None, None),
    ],
)
def test_a_pack_size_is_worded_or_left_out(code: str | None, size: str | None) -> None:
    assert pack_size(code) == size


def wording(**sections: object) -> Wording:
    return Wording(Vocabulary.model_validate(sections))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("FRZN FRENCH FRIES", "Frozen French fries"),
        ("BREAD:ITALIAN/FRENCH", "Bread, italian/French"),
        ("EGGS - LARGE", "Eggs, large"),
        ("POTATOES (BULK&BAG)", "Potatoes"),
        ("CANDY (NOT LIF", "Candy"),
        ("DOG & CAT TOYS", "Dog & cat toys"),
        ("TEA CAN", "Canned tea"),
        ("TEA CANDLES", "Tea candles"),
        ("", None),
        (None, None),
    ],
)
def test_a_code_is_read_as_words(code: str | None, words: str | None) -> None:
    shop = wording(words={"FRZN": "frozen", "FRENCH": "French"}, phrases={"TEA CAN": "canned tea"})
    assert shop.readable(code) == words


def test_a_name_is_built_from_the_most_telling_code_and_the_size() -> None:
    shop = wording(
        types={"FLUID MILK WHITE ONLY": "White milk"},
        types_of={"BEEF": {"LEAN": "Lean ground beef"}},
        patterns={"BACON": "{} bacon", "PORK": "Pork, {}"},
    )
    assert shop.product_name("FLUID MILK WHITE ONLY", "MILK", "GROCERY", "1 gal") == "White milk, 1 gal"
    assert shop.product_name("LEAN", "BEEF", "MEAT", None) == "Lean ground beef"
    assert shop.product_name("ECONOMY", "BACON", "MEAT", "1 lb") == "Economy bacon, 1 lb"
    assert shop.product_name("TURKEY BACON", "BACON", "MEAT", None) == "Turkey bacon"
    assert shop.product_name("RIBS", "PORK", "MEAT", None) == "Pork, ribs"
    assert shop.product_name(None, "BACON", "MEAT", None) == "Bacon"
    assert shop.product_name(None, None, "MEAT", "1 lb") == "Meat, 1 lb"
    assert shop.product_name(None, None, None, None) is None


def test_the_size_of_the_shops_own_case_is_left_out() -> None:
    rule = LooseGoods(department="PRODUCE", except_categories=["POTATOES"], size=r"\d{2,} lb")
    shop = Wording(Vocabulary(loose=[rule]))
    assert shop.size("40 LB", "PRODUCE", "TROPICAL FRUIT") is None
    assert shop.size("40 LB", "PRODUCE", "POTATOES") == "40 lb"
    assert shop.size("40 LB", "GROCERY", "DOG FOOD") == "40 lb"
    assert shop.size("5 LB", "PRODUCE", "ONIONS") == "5 lb"


def test_title_case_respects_hyphens_and_apostrophes() -> None:
    assert title_case("ANNA-LENA O'NEIL") == "Anna-Lena O'Neil"
    assert title_case("émile ZOLA") == "Émile Zola"
    assert title_case(None) is None


@pytest.mark.parametrize(
    ("type_code", "category", "department", "size", "name"),
    [
        ("KIDS CEREAL", "COLD CEREAL", "GROCERY", "14.5 OZ", "Kids cereal, 14.5 oz"),
        ("FLUID MILK WHITE ONLY", "FLUID MILK PRODUCTS", "GROCERY", "1 GA", "White milk, 1 gal"),
        ("IWS SINGLE CHEESE", "CHEESE", "GROCERY", "12 OZ", "Individually wrapped cheese slices, 12 oz"),
        ("BEERALEMALT LIQUORS", "BEERS/ALES", "GROCERY", "12 PK/12 OZ", "Beer, 12 × 12 oz"),
        ("BANANAS", "TROPICAL FRUIT", "PRODUCE", "40 LB", "Bananas"),
        ("POTATOES RUSSET (BULK&BAG)", "POTATOES", "PRODUCE", "5 LB", "Russet potatoes, 5 lb"),
        ("PEPPERS GREEN BELL", "PEPPERS-ALL", "PRODUCE", "48-54 CT", "Green bell peppers"),
        ("SFT DRNK 2 LITER BTL CARB INCL", "SOFT DRINKS", "GROCERY", "2 L", "Soft drink, large bottle, 2 L"),
        ("FRZN BISCUITS", "FROZEN BREAD/DOUGH", "GROCERY", "25 OZ", "Frozen biscuits, 25 oz"),
    ],
)
def test_the_demonstration_shops_products_read_like_a_shop(
    type_code: str, category: str, department: str, size: str, name: str
) -> None:
    shop = Wording(load_vocabulary(SHOP, ["words.yml", "product_types.yml"]))
    assert shop.product_name(type_code, category, department, shop.size(size, department, category)) == name


def test_an_unknown_section_of_a_word_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "words.yml").write_text("wrods: {A: b}\n")
    with pytest.raises(MappingError, match=r"words.yml: wrods"):
        load_vocabulary(tmp_path, ["words.yml"])


def test_word_files_add_to_each_other(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text("words: {A: x}\nlookups: {g: {K: v}}\n")
    (tmp_path / "two.yml").write_text("words: {B: y}\nloose: [{department: D, size: z}]\n")
    joined = load_vocabulary(tmp_path, ["one.yml", "two.yml"])
    assert (joined.words, joined.lookups, len(joined.loose)) == ({"A": "x", "B": "y"}, {"g": {"K": "v"}}, 1)
