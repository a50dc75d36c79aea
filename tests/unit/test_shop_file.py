"""The shop's settings file: what it says, and how faults are told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from analytics.catalogue.synonyms import load_synonyms
from analytics.facade import open_analytics
from analytics.shop.loader import TOPICS, ShopFileError, load_shop
from language.yaml_text import load_yaml
from store.memory import memory_database

DEMO = Path(__file__).resolve().parents[2] / "rapport/shops/complete_journey/shop.yml"


def written(tmp_path: Path, **changes: object) -> Path:
    """Write the demo shop's file with some entries changed, or left out where the change is None."""
    content = load_yaml(DEMO.read_text()) | changes
    path = tmp_path / "shop.yml"
    path.write_text(yaml.safe_dump({name: value for name, value in content.items() if value is not None}))
    return path


def test_the_demo_shop_answers_every_topic() -> None:
    shop = load_shop(DEMO)
    assert shop.facts.answers.keys() >= TOPICS
    assert shop.promise.delivered_within == timedelta(hours=48)
    assert load_synonyms(shop.folder / "synonyms.yml")


def test_the_facade_opens_on_an_empty_database_and_knows_the_shop(tmp_path: Path) -> None:
    assert open_analytics(memory_database(), tmp_path, DEMO).shop() == load_shop(DEMO).facts


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": None}, "name: Field required"),
        ({"answers": {"delivery": "Soon."}}, "no contact, hours, payment, returns"),
        ({"delivery_promise": {"packed_within_hours": -1, "delivered_within_hours": 2}}, "packed_within_hours"),
        ({"timezone": "Atlantis"}, "timezone: .*America/New_York"),
        ({"colour": "blue"}, "colour: Extra inputs"),
        ({"demo_customers": [{"customer_id": "1"}]}, "demo_customers.0.name"),
    ],
)
def test_every_fault_is_named_with_its_place(tmp_path: Path, changes: dict[str, object], fault: str) -> None:
    with pytest.raises(ShopFileError, match=fault):
        load_shop(written(tmp_path, **changes))


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ShopFileError, match="RAPPORT_SHOP"):
        load_shop(tmp_path / "none.yml")
    broken = tmp_path / "broken.yml"
    broken.write_text("name: [")
    with pytest.raises(ShopFileError, match="not valid YAML"):
        load_shop(broken)


def test_rules_for_recommendations_are_read_without_regard_to_capitals(tmp_path: Path) -> None:
    section = {"never": ["Fireworks"], "boost": {"Own Brand": 2}, "age_limited": ["Wine"], "least_stock": 20}
    rules = load_shop(written(tmp_path, recommendations=section)).recommendations
    assert (rules.never, rules.boost, rules.age_limited) == ({"fireworks"}, {"own brand": 2.0}, {"wine"})
    assert (rules.least_stock, rules.campaign_stock) == (20, 20)  # a mailing never wants less than a chat
    assert load_shop(written(tmp_path)).recommendations.campaign_stock == 10


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ({"boost": {"Wine": 9}}, "recommendations.boost.Wine"),
        ({"nevr": ["Wine"]}, "recommendations.nevr"),
        ({"margin_weight": 2}, "recommendations.margin_weight"),
    ],
)
def test_a_rule_out_of_bounds_is_named(tmp_path: Path, section: dict[str, object], fault: str) -> None:
    with pytest.raises(ShopFileError, match=fault):
        load_shop(written(tmp_path, recommendations=section))


def test_what_bundles_cost_is_read_and_they_cost_their_sum_without_a_section(tmp_path: Path) -> None:
    bundles = load_shop(written(tmp_path, bundles={"percent_off": 7.5, "without": ["Wine"]})).bundles
    assert (bundles.percent_off, bundles.without, bundles.most_products) == (7.5, {"wine"}, 3)
    assert load_shop(written(tmp_path, bundles=None)).bundles.percent_off == 0


@pytest.mark.parametrize(
    "section", [{"percent_off": 51}, {"percent": 5}, {"most_products": 4}, {"least_margin": 1}, {"hours": 0}]
)
def test_a_faulty_section_of_bundles_is_named(tmp_path: Path, section: dict[str, object]) -> None:
    with pytest.raises(ShopFileError, match=rf"bundles\.{next(iter(section))}"):
        load_shop(written(tmp_path, bundles=section))
