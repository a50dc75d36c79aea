"""The desk's pages: who comes first, what stands beside a message, what happens at the buttons."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from analytics.account_records import Filing
from analytics.complaint_records import Complaint
from analytics.profile_records import Engagement, Preferences, SegmentMove
from console.queries.inbox import counts, inbox
from console.queries.transcript import lines_after, lines_before
from store.tables import audit_log, conversations, customers, messages
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse
from tests.support.known_people import a_prediction, expected
from tests.support.seed_conversations import Seeded, seed_conversations


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    return ConsoleHouse(tmp_path)


@pytest.fixture
def seeded(house: ConsoleHouse) -> Seeded:
    return seed_conversations(house.database, datetime.now(UTC), in_outline=4)


@pytest.fixture
async def hand(house: ConsoleHouse, seeded: Seeded, aiohttp_client: Any) -> Hand:
    return Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))


def test_who_waits_comes_first_the_unhappiest_at_the_top(house: ConsoleHouse, seeded: Seeded) -> None:
    with house.database.read() as connection:
        found = [entry.conversation_id for entry in inbox(connection, "all", "id-mia")]
    keys = {conversation_id: key for key, conversation_id in seeded.told.items()}
    assert [keys.get(one) for one in found[:5]] == ["angry", "unhappy", "queue", "happy", "colleague"]


def test_of_the_same_mood_the_longest_waiting_comes_first(house: ConsoleHouse, seeded: Seeded) -> None:
    with house.database.write() as connection:
        connection.execute(conversations.update().values(mood=-0.4).where(conversations.c.waiting_since.is_not(None)))
    with house.database.read() as connection:
        found = [entry.conversation_id for entry in inbox(connection, "waiting", "id-mia")]
    assert found == [seeded.told[key] for key in ("unhappy", "angry", "queue")]  # 12, 8 and 2 minutes


def test_the_filters_count_what_they_show(house: ConsoleHouse, seeded: Seeded) -> None:
    with house.database.read() as connection:
        assert len(inbox(connection, "waiting", "colleague")) == counts(connection, "colleague").waiting == 3
        assert len(inbox(connection, "mine", "colleague")) == counts(connection, "colleague").mine == 1
        assert len(inbox(connection, "all", "colleague")) == counts(connection, "colleague").all == seeded.total


async def test_intent_confidence_and_sentiment_stand_beside_the_customers_message(hand: Hand, seeded: Seeded) -> None:
    shown = await hand.text(f"/conversations/{seeded.told['angry']}")
    beside = shown[shown.index("really angry!!") :]
    notes = re.sub(r"<[^>]+>|\s+", " ", beside[: beside.index("</div>")])
    assert re.sub(r"\s+", " ", notes).strip().endswith("Complaint 96 % Angry −0.86 84 ms")


async def test_decisions_say_what_was_offered_and_why_something_was_withheld(hand: Hand, seeded: Seeded) -> None:
    shown = await hand.text(f"/conversations/{seeded.told['angry']}")
    assert "<bdi>10% off coffee</bdi>" in shown
    assert "probability 0.40 among 4" in shown
    assert "Offer withheld:</strong> the customer was unhappy in this message." in shown
    assert "Kids cereal, 14.5 oz · Decaf coffee, 12 oz · Greek yogurt, 6 oz" in shown


async def test_the_profile_shows_segment_scores_orders_and_offers(hand: Hand, seeded: Seeded) -> None:
    shown = await hand.text(f"/conversations/{seeded.told['angry']}")
    for words in ("Regulars", "They come every week.", "4 of 5", "$1,932.40", "6 days ago", "1 × Kids cereal", "(est.)",
                  "Running sentiment −0.48", "every 7.6 days"):  # fmt: skip
        assert words in shown, words


async def test_the_profile_shows_what_is_expected_and_why_tastes_engagement_and_her_way_through_segments(
    house: ConsoleHouse, hand: Hand, seeded: Seeded
) -> None:
    churn = a_prediction("churn", 0.62, low=0.48, high=0.75, baseline=0.3, horizon_days=90)
    house.shop.known_of["ana"] = {
        "predictions": expected(churn),
        "preferences": Preferences(stated={"dislikes": ("<b>peanuts</b>",)}),
        "unmet_requests": ("oat milk",),
        "engagement": Engagement(score=39.0, parts={"orders": 31.0, "conversations": 8.0}),
        "segment_history": (SegmentMove(segment_id=1, name="Newcomers", at=datetime.now(UTC), why="event"),),
        "rfm_class": "At risk",
    }
    shown = await hand.text(f"/conversations/{seeded.told['angry']}")
    for words in ("62 % (48 % to 75 %)", "silent for 41 days; average customer: 30 %", "&lt;b&gt;peanuts", "oat milk",
                  "39 of 100", "orders 31, chats 8", "Newcomers", "by what she did", "At risk"):  # fmt: skip
        assert words in shown, words


async def test_the_list_says_why_somebody_comes_first(hand: Hand, seeded: Seeded) -> None:
    assert "angry, waits 8 min" in await hand.text("/conversations?show=waiting")


async def test_open_complaints_and_requests_stand_on_the_panel_and_are_settled_there(
    house: ConsoleHouse, hand: Hand, seeded: Seeded
) -> None:
    page = f"/conversations/{seeded.told['angry']}"
    complaint = Complaint(
        conversation_id="c", customer_id="ana", topic="late", severity="severe", wish="refund", note="<b>40251</b>"
    )
    taken = house.shop.complaint_service().take_down(complaint, "c:1")
    house.shop.account_service().file(Filing(kind="export", customer_id="ana", conversation_id="c"), "c:2")
    shown = await hand.text(page)
    for words in ("Complaint: Late, severe", "would like: refund", "$10.00", "&lt;b&gt;40251", "Asked for: Export"):
        assert words in shown, words
    settled = await (await hand.post(page + "/settle", {"id": taken.complaint_id}, **{"HX-Request": "true"})).text()
    assert "Complaint: Late" not in settled
    assert "Asked for: Export" in settled
    assert house.shop.complaint_service().open_of("ana") == []
    with house.database.read() as connection:
        assert [row.action for row in connection.execute(select(audit_log.c.action))] == ["settled"]


async def test_what_is_another_customers_is_not_settled_here(house: ConsoleHouse, hand: Hand, seeded: Seeded) -> None:
    filed = house.shop.account_service().file(Filing(kind="erase", customer_id="tomas", conversation_id="d"), "d:1")
    assert filed is not None
    await hand.text(f"/conversations/{seeded.told['angry']}")
    for conversation_id in (seeded.told["angry"], seeded.told["visitor"]):
        await hand.post(f"/conversations/{conversation_id}/settle", {"id": filed.request_id})
    assert [one.request_id for one in house.shop.account_service().requests("tomas")] == [filed.request_id]
    assert (await hand.post("/conversations/nothing/settle", {"id": filed.request_id})).status == 404


async def test_a_visitor_has_no_profile_and_the_page_says_why(hand: Hand, seeded: Seeded) -> None:
    shown = await hand.text(f"/conversations/{seeded.told['visitor']}")
    assert "as soon as this visitor signs in at the shop" in shown


async def test_a_customer_without_a_name_goes_by_her_number(house: ConsoleHouse, hand: Hand, seeded: Seeded) -> None:
    with house.database.write() as connection:
        connection.execute(customers.update().values(name=None).where(customers.c.customer_id == "ana"))
    shown = await hand.text(f"/conversations/{seeded.told['angry']}")
    assert '<h2 id="who"><bdi>Customer ana</bdi></h2>' in shown
    shown = await hand.text(f"/conversations/{seeded.told['visitor']}")
    assert '<h2 id="who"><bdi>Visitor</bdi></h2>' in shown


async def test_the_page_stands_when_analytics_is_away(house: ConsoleHouse, hand: Hand, seeded: Seeded) -> None:
    house.shop.down = True
    shown = await hand.text(f"/conversations/{seeded.told['angry']}")
    assert "The database did not answer" in shown
    assert "really angry!!" in shown


async def test_an_unknown_conversation_is_not_found(hand: Hand) -> None:
    for path in ("", "/news", "/head", "/profile"):
        assert (await hand.get(f"/conversations/nothing{path}")).status == 404
    await hand.text("/conversations")
    for path in ("take-over", "give-back"):
        assert (await hand.post(f"/conversations/nothing/{path}")).status == 404


async def test_news_bring_new_lines_and_late_notes(house: ConsoleHouse, hand: Hand, seeded: Seeded) -> None:
    conversation_id = seeded.told["happy"]
    await hand.text(f"/conversations/{conversation_id}")
    house.desk.customer_writes(conversation_id, "one more thing")
    shown = await hand.text(f"/conversations/{conversation_id}/news?after=4")
    assert 'id="after" name="after" value="5"' in shown
    assert shown.count('class="line customer"') == 1
    assert shown.count('class="notes"') == 1 + 2  # the new line's, and those of the two before it
    again = await hand.text(f"/conversations/{conversation_id}/news?after=5")
    assert 'class="line' not in again


async def test_taking_over_answering_and_giving_back_reach_the_desk(
    house: ConsoleHouse, hand: Hand, seeded: Seeded
) -> None:
    conversation_id = seeded.told["queue"]
    page = f"/conversations/{conversation_id}"
    assert 'id="answer"' not in await hand.text(page)
    taken = await (await hand.post(page + "/take-over", **{"HX-Request": "true"})).text()
    assert 'id="answer"' in taken
    assert "You are answering" in taken
    form = {"text": "Hello, yes we do.", "client_message_id": "0123456789abcdef"}
    answered = await (await hand.post(page + "/answer", form, **{"HX-Request": "true"})).text()
    assert "0123456789abcdef" not in answered, "the next answer needs an id of its own"
    assert "Hello, yes we do." in await hand.text(page)
    returned = await (await hand.post(page + "/give-back", **{"HX-Request": "true"})).text()
    assert 'id="answer"' not in returned
    assert [call[0] for call in house.desk.asked] == ["take_over", "answer", "give_back"]
    assert house.desk.asked[1] == ("answer", conversation_id, "id-mia", "Mia", "0123456789abcdef", "Hello, yes we do.")


@pytest.mark.parametrize(
    ("change", "word"),
    [({"text": "  "}, "Write an answer first"), ({"text": "x" * 4001}, "longer than 4000"),
     ({"client_message_id": "1"}, "out of date")],
)  # fmt: skip
async def test_a_faulty_answer_never_reaches_the_desk(
    house: ConsoleHouse, hand: Hand, seeded: Seeded, change: dict[str, str], word: str
) -> None:
    page = f"/conversations/{seeded.told['queue']}"
    await hand.text(page)
    await hand.post(page + "/take-over")
    form = {"text": "Hello", "client_message_id": "0123456789", **change}
    response = await hand.post(page + "/answer", form, **{"HX-Request": "true"})
    assert word in await response.text()
    assert [call[0] for call in house.desk.asked] == ["take_over"]


async def test_what_the_desk_refuses_is_said_and_the_answer_is_kept(hand: Hand, seeded: Seeded) -> None:
    page = f"/conversations/{seeded.told['queue']}"
    await hand.text(page)
    form = {"text": "Hello", "client_message_id": "0123456789"}
    response = await hand.post(page + "/answer", form, **{"HX-Request": "true"})
    assert "Take the conversation over before you answer." in await response.text()
    assert (await hand.post(page + "/answer", form)).status == 409


def test_a_long_transcript_is_read_a_page_at_a_time(house: ConsoleHouse, seeded: Seeded) -> None:
    conversation_id = seeded.told["happy"]
    now = datetime.now(UTC)
    with house.database.write() as connection:
        for seq in range(5, 405):
            connection.execute(
                messages.insert().values(
                    message_id=f"m{seq}", conversation_id=conversation_id, seq=seq, author="bot", text=str(seq),
                    payload={}, created_at=now,
                )
            )  # fmt: skip
    with house.database.read() as connection:
        latest = lines_before(connection, conversation_id, None)
        earlier = lines_before(connection, conversation_id, latest[0].seq)
        assert [line.seq for line in latest] == list(range(255, 405))
        assert [line.seq for line in earlier] == list(range(105, 255))
        assert [line.seq for line in lines_after(connection, conversation_id, 402)] == [403, 404]
