"""Hand-made segments: what a rule may say, what it means for one customer, and how it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.segmentation.rules.deciding import Known, bucket_of, decider
from analytics.segmentation.rules.grammar import RuleFaultError, checked_rule
from analytics.segmentation.rules.reading import read_rules, written
from analytics.segmentation.rules.wording import said

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
ANNA = Known(
    customer_id="anna",
    features={"frequency": 6, "recency_days": 12.5},
    traits={"city": "Leeds", "newsletter": True, "age": 41},
    predictions={"churn": 0.7},
    events={"Product Viewed": [NOW - timedelta(days=days) for days in (1, 2, 40)]},
    segment_id=3,
    now=NOW,
)


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({"feature": "frequency", "at_least": 6}, True),
        ({"feature": "frequency", "at_most": 5}, False),
        ({"feature": "basket_value", "at_most": 5}, False),  # not known is neither less nor more
        ({"feature": "basket_value", "known": False}, True),
        ({"trait": "city", "is": "leeds"}, True),
        ({"trait": "city", "one_of": ["York", "Hull"]}, False),
        ({"trait": "newsletter", "is": True}, True),
        ({"trait": "city", "at_least": 3}, False),
        ({"prediction": "churn", "at_least": 0.5}, True),
        ({"event": "Product Viewed"}, True),
        ({"event": "Product Viewed", "at_least": 3, "within_days": 30}, False),
        ({"event": "Cart Viewed", "at_most": 0}, True),
        ({"segment": 3}, True),
        ({"time": {"from": "2026-05-01", "until": "2026-05-03"}}, True),
        ({"time": {"from": "2026-05-04"}}, False),
        ({"not": {"segment": 3}}, False),
        ({"all": [{"segment": 3}, {"feature": "frequency", "at_least": 7}]}, False),
        ({"any": [{"segment": 4}, {"feature": "frequency", "at_least": 6}]}, True),
    ],
)
def test_a_condition_means_what_it_says(condition: dict[str, Any], fits: bool) -> None:
    assert checked_rule({"name": "x", "rule": condition}).condition == condition
    assert decider(condition)(ANNA) is fits


def test_a_bucket_draws_the_same_customers_each_time_and_about_its_share() -> None:
    condition = {"bucket": {"name": "spring test", "from": 0, "to": 20}}
    drawn = [decider(condition)(replace(ANNA, customer_id=f"c{number}")) for number in range(2000)]
    assert drawn == [bucket_of("spring test", f"c{number}") < 20 for number in range(2000)]
    assert 340 <= sum(drawn) <= 460  # 400, give or take more than three deviations of 18
    other = [bucket_of("autumn test", f"c{number}") < 20 for number in range(2000)]
    assert drawn != other


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"feature": "frequncy", "at_least": 3}, "rule.feature: 'frequncy' is not one; there are:"),
        ({"feature": "frequency"}, "rule: say what it is compared with"),
        ({"feature": "frequency", "at_least": 5, "at_most": 2}, "at_least is above at_most, so nobody fits"),
        ({"feature": "frequency", "atleast": 5}, "rule.atleast: not known beside `feature`"),
        ({"all": []}, "rule.all: write a list of conditions"),
        ({"all": [{"event": ""}]}, "rule.all[1].event: write the name of an event"),
        ({"event": "x", "within_days": 0}, "rule.within_days: write a number of days above 0"),
        ({"trait": 'a"b', "is": 1}, "rule.trait: write the name of a trait"),
        ({"bucket": {"name": "t", "from": 50, "to": 20}}, "from below to"),
        ({"time": {"from": "soon"}}, "rule.time.from: write a date such as 2026-05-03"),
        ({"segment": 1, "event": "x"}, "exactly one of"),
        ("everybody", "rule: write a condition"),
    ],
)
def test_a_fault_is_told_with_where_and_how_to_mend_it(rule: Any, told: str) -> None:
    with pytest.raises(RuleFaultError) as fault:
        checked_rule({"name": "x", "rule": rule})
    assert told in str(fault.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(RuleFaultError) as fault:
        checked_rule({"title": "x", "rule": {"any": [{"segment": "a"}, {"event": 3}]}})
    assert len(str(fault.value).splitlines()) == 4  # no name, an unknown key, two conditions


def test_a_rule_that_is_nested_without_end_is_refused() -> None:
    rule: dict[str, Any] = {"segment": 1}
    for _ in range(20):
        rule = {"not": rule}
    with pytest.raises(RuleFaultError, match="nested more than 8 deep"):
        checked_rule({"name": "x", "rule": rule})


def test_a_rule_reads_as_a_sentence() -> None:
    condition = {
        "all": [
            {"feature": "recency_days", "at_least": 60},
            {"event": "Product Viewed", "at_least": 3, "within_days": 30},
            {"not": {"trait": "city", "one_of": ["Leeds", "York"]}},
            {"bucket": {"name": "spring", "from": 0, "to": 50}},
        ]
    }
    assert said(condition) == (
        "ordered nothing within the last 60 days and did “Product Viewed” at least 3 times within 30 days "
        "and not (city is one of Leeds, York) and a random 50% (“spring”)"
    )


def test_rules_go_out_into_a_file_and_come_back_in(tmp_path: Path) -> None:
    rules = {"Regulars": {"feature": "frequency", "at_least": 6}, "Café": {"segment": 2}}
    file = tmp_path / "rules.yml"
    file.write_text(written(rules), encoding="utf-8")
    assert {rule.name: rule.condition for rule in read_rules(file)} == rules


def test_dates_in_a_file_are_read_as_dates(tmp_path: Path) -> None:
    file = tmp_path / "rule.yml"
    file.write_text("name: May\nrule:\n  time: {from: 2026-05-01}\n")
    assert read_rules(file)[0].condition == {"time": {"from": "2026-05-01"}}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleFaultError, match=r"none\.yml: cannot be read"):
        read_rules(tmp_path / "none.yml")
    file = tmp_path / "broken.yml"
    file.write_text("a: [")
    with pytest.raises(RuleFaultError, match="is no YAML"):
        read_rules(file)
