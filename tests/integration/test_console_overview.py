"""The overview on a seeded month: figures, charts, tables and downloads agree."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.ratings.service import SqlRatingService
from console.queries.facts import facts_since
from console.tables import TABLES
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse
from tests.support.seed_conversations import seed_conversations


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    return ConsoleHouse(tmp_path)


@pytest.fixture
async def hand(house: ConsoleHouse, aiohttp_client: Any) -> Hand:
    seed_conversations(house.database, datetime.now(UTC), in_outline=60)
    return Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))


async def test_the_page_shows_every_metric_with_its_n(hand: Hand) -> None:
    shown = re.sub(r"<[^>]+>", " ", await hand.text("/overview?range=30d"))
    for words in (
        "Containment",
        "Containment, no return",
        "Handoff",
        "Fallback",
        "Asked back",
        "Person offered",
        "Satisfaction",
        "Reply time",
        "Sentiment",
        "Waiting now",
    ):
        assert words in shown
    assert len(re.findall(r"\d+ of \d+ (?:conversations|turns)", shown)) == 6
    assert len(re.findall(r"95 % interval", shown)) == 6
    assert len(re.findall(r"n = \d+", shown)) == 2


async def test_an_empty_shop_has_dashes_and_no_charts(tmp_path: Path, aiohttp_client: Any) -> None:
    house = ConsoleHouse(tmp_path)
    hand = Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))
    shown = await hand.text("/overview")
    assert "nobody waits" in shown
    assert shown.count("Nothing in this range.") == len(TABLES)
    assert "data-chart-url" not in shown


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("span", ["24h", "7d", "30d"])
async def test_chart_table_and_download_have_the_same_numbers(hand: Hand, name: str, span: str) -> None:
    option = (await (await hand.get(f"/api/charts/{name}?range={span}")).json())["data"]
    download = await hand.get(f"/export/{name}.csv?range={span}")
    assert download.headers["Content-Disposition"] == f'attachment; filename="rapport-{name}-{span}.csv"'
    rows = list(csv.reader(io.StringIO(await download.text())))[1:]
    axis = option["yAxis"] if name == "intents" else option["xAxis"]
    order = rows[::-1] if name == "intents" else rows
    assert axis["data"] == [row[0] for row in order]
    for number, series in enumerate(option["series"], start=1):
        assert ["" if value is None else str(value) for value in series["data"]] == [row[number] for row in order]


async def test_an_unknown_range_in_the_address_shows_the_week(hand: Hand) -> None:
    assert "Last 7 days" in await hand.text("/overview?range=<script>")


def test_a_person_in_a_conversation_is_seen_by_her_message_or_the_handover(house: ConsoleHouse) -> None:
    now = datetime.now(UTC)
    seeded = seed_conversations(house.database, now, in_outline=0)
    with house.database.read() as connection:
        facts = facts_since(connection, now - timedelta(days=1), now)
        later = facts_since(connection, now - timedelta(seconds=1), now)
    assert facts.with_person == {seeded.told[key] for key in ("angry", "unhappy", "queue", "colleague")}
    assert later.with_person == frozenset()
    assert {one.person for one in facts.said} >= {"ana", "marcus", "priya"}


async def test_ratings_of_chats_are_a_tile_with_their_count(house: ConsoleHouse, hand: Hand) -> None:
    ratings = SqlRatingService(house.database, clock=lambda: datetime.now(UTC))
    for number, score in enumerate([5, 4, 2]):
        ratings.rate(f"conversation-{number}", None, score)
    shown = re.sub(r"<[^>]+>", " ", await hand.text("/overview?range=24h"))
    assert "2 of 3 rated chats" in shown
