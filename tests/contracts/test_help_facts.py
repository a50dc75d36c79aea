"""The demo shop's help pages say what its standing answers say, and everything they link to exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analytics.help.pages import load_help
from analytics.help.passages import passages_of, plain_text
from analytics.help_records import HelpPage
from analytics.shop.loader import load_shop

SHOP = Path(__file__).resolve().parents[2] / "rapport/shops/complete_journey"
PAGES = {page.slug: page for page in load_help(SHOP / "help")}
ANSWERS = load_shop(SHOP / "shop.yml").facts.answers
#: Where the long form of each standing answer stands.
PAGES_OF = {
    "delivery": ["delivery"],
    "returns": ["returns", "missing-or-damaged"],
    "payment": ["payment", "click-and-collect"],
    "hours": ["stores"],
    "contact": ["contact"],
}
#: Amounts, days, hours, e-mail and telephone: whatever a customer would hold us to.
FIGURE = re.compile(
    r"\$\d+(?:\.\d+)?|\+[\d ]+\d|\S+@\S+\w|\b\d+ (?:days|am|pm)\b|\bwithin (?:one|two) days?\b|\bwithin two\b"
)


def words_of(page: HelpPage) -> str:
    return " ".join(plain_text(section.markdown) for section in page.sections)


@pytest.mark.parametrize("topic", sorted(PAGES_OF))
def test_every_figure_of_a_standing_answer_stands_on_its_page(topic: str) -> None:
    text = " ".join(words_of(PAGES[slug]) for slug in PAGES_OF[topic])
    figures = FIGURE.findall(ANSWERS[topic])
    assert figures or topic == "payment"
    assert [figure for figure in figures if figure not in text] == []


def test_every_way_to_pay_of_the_standing_answer_stands_on_its_page() -> None:
    assert ANSWERS["payment"] in words_of(PAGES["payment"])


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (r"[Ff]ree from \$(\d+)", "35"),
        (r"\$(\d+\.\d\d) below", "4.90"),
        (r"[Bb]ring it back .*?within (\d+) days", "30"),
        (r"[Mm]onday to Saturday from (\d+ am to \d+ pm)", "7 am to 10 pm"),
        (r"Sunday from (\d+ am to \d+ pm)", "8 am to 8 pm"),
    ],
)
def test_no_page_says_another_figure(figure: str, said: str) -> None:
    text = "\n".join(map(words_of, PAGES.values()))
    assert set(re.findall(figure, text)) == {said}


def test_the_pages_say_what_the_policy_on_orders_allows() -> None:
    policy = load_shop(SHOP / "shop.yml").order_policy
    assert f"{policy.return_within_days} days" in words_of(PAGES["returns"])
    assert f"within {policy.refund_days} days" in words_of(PAGES["returns"])
    assert f"within {policy.report_within_days} days" in words_of(PAGES["missing-or-damaged"])
    assert f"Up to ${policy.refund_unseen_up_to:g} is refunded at once" in words_of(PAGES["missing-or-damaged"])
    assert policy.cancel_until == policy.address_until == "being_prepared"
    assert words_of(PAGES["change-or-cancel"]).count("until it is packed") >= 1


def test_there_are_pages_for_everything_a_shop_is_asked() -> None:
    assert len(PAGES) == 18


def test_every_link_on_a_page_leads_to_a_page_and_a_section() -> None:
    addresses = {page.url for page in PAGES.values()}
    addresses |= {f"{page.url}#{section.anchor}" for page in PAGES.values() for section in page.sections}
    text = "\n".join(section.markdown for page in PAGES.values() for section in page.sections)
    assert set(re.findall(r"\]\(([^)]+)\)", text)) <= addresses


def test_every_passage_is_short_enough_to_be_said_whole() -> None:
    assert {passage.url: len(passage.text) for passage in passages_of(PAGES.values()) if len(passage.text) > 350} == {}
