"""How engaged a customer is: goals, frequency and age, in parts that add up."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from analytics.customers.engagement import engagement_of, freshness
from analytics.profile_records import GOALS, Engagement, EngagementPolicy
from analytics.shop.loader import ShopFileError, load_shop
from language.yaml_text import load_yaml
from rapport.paths import PROJECT
from tests.support.shop_in_memory import NOW, ago

SHOP_FILE = PROJECT / "rapport/shops/complete_journey/shop.yml"


def test_a_deed_counts_half_after_each_half_life() -> None:
    assert freshness([NOW, ago(30), ago(60)], NOW, 30.0) == pytest.approx(1 + 1 / 2 + 1 / 4)


def test_a_deed_of_the_future_counts_as_one_of_now() -> None:
    assert freshness([ago(-3)], NOW, 30.0) == 1.0


def test_the_parts_are_goals_times_deeds_and_add_up_to_the_score() -> None:
    policy = EngagementPolicy(goals={"orders": 10.0, "views": 0.5})
    found = engagement_of({"views": 4.0, "orders": 1.5, "reviews": 3.0}, policy)
    assert found == Engagement(score=10 * 1.5 + 0.5 * 4, parts={"orders": 15.0, "views": 2.0})


def test_the_score_ends_at_a_hundred_and_the_parts_do_not() -> None:
    found = engagement_of({"orders": 20.0}, EngagementPolicy(goals={"orders": 10.0}))
    assert (found.score, found.parts) == (100.0, {"orders": 200.0})


def test_somebody_who_did_nothing_is_not_engaged() -> None:
    assert engagement_of({}, EngagementPolicy()) == Engagement(score=0.0)


def test_the_shop_file_says_what_counts_and_keeps_the_rest(tmp_path: Path) -> None:
    policy = load_shop(_with(tmp_path, {"half_life_days": 14, "goals": {"reviews": 20}})).engagement
    assert (policy.half_life_days, policy.goals) == (14.0, GOALS | {"reviews": 20.0})


def test_an_unknown_goal_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ShopFileError, match=r"engagement\.goals\.dances"):
        load_shop(_with(tmp_path, {"goals": {"dances": 3}}))


def _with(folder: Path, engagement: dict[str, object]) -> Path:
    said = load_yaml(SHOP_FILE.read_text(encoding="utf-8")) | {"engagement": engagement}
    path = folder / "shop.yml"
    path.write_text(yaml.safe_dump(said), encoding="utf-8")
    return path
