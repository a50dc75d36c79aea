"""Pages on customers and on the whole shop."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.insight_records import CustomerRow
from analytics.profile_records import SegmentMove
from console.report.folder import keep
from console.report.page import ReportAssets, page_of
from store.repositories import audit
from store.repositories.agents import agent_by_id
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse
from tests.support.fake_insights import MADE_AT, REPORT
from tests.support.known_people import a_prediction, expected

XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    folder = tmp_path / "reports"
    made = ConsoleHouse(tmp_path, settings={"reports": folder})
    made.add("Jonas")
    keep(folder, page_of(REPORT, ReportAssets("let drawn;", "body{}"), made.config.time_zone), MADE_AT)
    return made


@pytest.fixture
async def hand(house: ConsoleHouse, aiohttp_client: Any) -> Hand:
    with house.database.read() as connection:
        agent = agent_by_id(connection, "id-jonas")
    assert agent is not None
    return Hand(await aiohttp_client(house.app())).sign_in_as(house, agent)


async def test_customers_are_listed_with_what_is_known(hand: Hand) -> None:
    page = await hand.text("/customers")
    assert "Ana Brandt" in page
    assert "$1,932.40" in page
    assert "6 days ago" in page
    assert "Customer ben" in page
    assert "1 to 3 of 3" in page


async def test_an_address_says_which_customers_in_which_order(house: ConsoleHouse, hand: Hand) -> None:
    page = await hand.text("/customers?q=an&segment=3&sort=name&way=up&page=0")
    wanted = house.shop.shown.asked[-1]
    assert (wanted.search, wanted.segment_id, wanted.sort, wanted.descending) == ("an", 3, "name", False)
    assert "Ana Brandt" in page
    assert 'aria-sort="ascending"' in page
    # The same column again turns the order round, another one begins with the most.
    assert "/console/customers?q=an&amp;segment=3&amp;sort=name&amp;way=down" in page
    assert "sort=spent&amp;way=down" in page


@pytest.mark.parametrize("address", ["?sort=password", "?segment=x", "?page=-1", "?page=999999999999", "?q=%00%ff"])
async def test_an_address_that_makes_no_sense_shows_a_list_all_the_same(hand: Hand, address: str) -> None:
    assert (await hand.get(f"/customers{address}")).status == 200


async def test_only_the_table_comes_where_the_page_asks(hand: Hand) -> None:
    response = await hand.get("/customers", **{"HX-Request": "true"})
    text = await response.text()
    assert "<html" not in text
    assert "Ana Brandt" in text


async def test_what_customers_are_called_is_text(house: ConsoleHouse, hand: Hand) -> None:
    house.shop.shown.people = (
        CustomerRow(customer_id=f'a"{XSS}', name=XSS, segment_id=3, segment=XSS, recency_days=1, orders=1, spent=1),
    )
    page = await hand.text("/customers")
    assert "<img" not in page
    assert "&lt;img" in page


async def test_one_customer_with_everything_known(house: ConsoleHouse, hand: Hand) -> None:
    churn = a_prediction("churn", 0.25, horizon_days=90, baseline=0.5)
    hour = a_prediction("best_hour", 0.4, label="18", basis="history")
    house.shop.known_of["ana"] = {
        "predictions": expected(churn, hour), "rfm_class": "Champions", "hours": {18: 0.4, 9: 0.2},
        "segment_history": (SegmentMove(segment_id=3, name="Regulars", at=MADE_AT, why="event"),),
        "unmet_requests": (XSS,), "channels": {"widget": 1.0},
    }  # fmt: skip
    page = await hand.text("/customers/ana")
    for told in (
        "Ana Brandt",
        "Champions",
        "What happened",
        "Ordered for $12.49",
        "Kids cereal",
        "Orders nothing more, 90 days",
        "25 %",
        "22 % to 28 %",
        "silent for 41 days",
        "18:00 (40 %)",
        "by what she did",
        "website (100 %)",
        "&lt;img src=x",
    ):
        assert told in page
    assert (await hand.get("/customers/nobody")).status == 404


async def test_the_shop_is_told_by_the_last_report(hand: Hand) -> None:
    page = await hand.text("/insights/shop")
    for told in ("Orders as usual.", "April was the strongest month", "n = 12 orders", "$31.00"):
        assert told in page
    assert (await (await hand.get("/api/insights/shop/months")).json())["data"]["rapport"]["y"] == "money"
    assert "Mar 2026,10.5" in await hand.text("/export/insights/shop/months.csv")
    for wrong in ("/api/insights/shop/nothing", "/api/insights/quality/findings", "/insights/nothing",
                  "/export/insights/segments/segment-3.csv"):  # fmt: skip
        assert (await hand.get(wrong)).status == 404


async def test_without_a_report_pages_say_what_to_run(house: ConsoleHouse, hand: Hand) -> None:
    house.shop.shown.kept = replace(REPORT, sections=REPORT.sections[:1])
    assert "The last report does not tell of this yet" in await hand.text("/insights/predictions")
    house.shop.shown.kept, house.shop.shown.groups, house.shop.shown.people = None, (), ()
    for address in ("/insights/shop", "/insights/quality", "/insights/segments", "/customers"):
        assert "<code>rapport " in await hand.text(address)
    assert (await hand.get("/api/insights/shop/months")).status == 404


async def test_whom_to_win_back_is_taken_away_and_written_down(house: ConsoleHouse, hand: Hand) -> None:
    assert "The odds are right" in await hand.text("/insights/predictions")
    response = await hand.post("/insights/predictions/win-back.csv")
    lines = (await response.text()).splitlines()
    assert lines[0].startswith("Customer,Name,Segment")
    # Of ben nothing is predicted.
    assert [line.split(",")[0] for line in lines[1:]] == ["ana", "marcus"]
    assert (house.shop.shown.asked[-1].sort, house.shop.shown.asked[-1].descending) == ("at_risk", True)
    with house.database.read() as connection:
        noted = audit.latest(connection)[0]
    assert (noted.action, noted.details["name"]) == ("exported", "Whom to win back, 2 customers")


async def test_how_good_recommendations_are_is_told_by_the_last_report(hand: Hand) -> None:
    page = await hand.text("/insights/recommendations")
    for told in ("Lists are better than habit", "Built on Monday.", "n = 3 customers", "The recommender"):
        assert told in page
    assert (await hand.get("/api/insights/recommendations/lists-all")).status == 200
    assert "Habit,0.2" in await hand.text("/export/insights/recommendations/lists-all.csv")


async def test_segments_and_their_members(hand: Hand) -> None:
    page = await hand.text("/insights/segments")
    assert "Regulars" in page
    assert "Most stayed" in page
    page = await hand.text("/insights/segments/3")
    for told in ("In short: at least 6 orders.", "Ana Brandt"):
        assert told in page
    assert "Marcus Lind" not in page
    for wrong in ("99", "x", "9999999999"):
        assert (await hand.get(f"/insights/segments/{wrong}")).status == 404


async def test_reports_are_listed_and_opened_in_a_sandbox(hand: Hand) -> None:
    assert "19 of 2026" in await hand.text("/insights/reports")
    response = await hand.get("/insights/reports/2026-W19")
    assert "what the data says" in await response.text()
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts")
    assert "script-src 'sha256-" in policy
    assert "allow-same-origin" not in policy
    for wrong in ("2026-W01", "..%2fconsole", "console.db"):
        assert (await hand.get(f"/insights/reports/{wrong}")).status == 404


async def test_a_console_without_a_folder_has_no_reports(tmp_path: Path, aiohttp_client: Any) -> None:
    house = ConsoleHouse(tmp_path)
    hand = Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))
    assert "There is no report yet" in await hand.text("/insights/reports")


async def test_an_outage_is_told_in_a_line(house: ConsoleHouse, hand: Hand) -> None:
    house.shop.down = True
    response = await hand.get("/customers")
    assert response.status == 503
    assert "did not answer" in await response.text()
