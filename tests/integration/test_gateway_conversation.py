"""A customer, the gateway and the bot: what is promised of every message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from store.tables import conversations, decisions, messages, outbox, profiles, turns
from tests.support.gateway_house import House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


async def test_a_message_is_acknowledged_and_answered(house: House) -> None:
    async with house.talker() as talker:
        client_id = await talker.send("thank you")
        ack = await talker.next("ack")
        assert (ack["id"], ack["seq"], ack["repeated"]) == (client_id, 1, False)
        answer = await talker.says("bot")
        assert (answer["seq"], answer["text"]) == (2, "You said: thank you")


async def test_the_welcome_names_the_shop_and_keeps_a_token(house: House) -> None:
    async with house.talker() as talker:
        assert talker.welcome["shop"] == house.analytics.facts.name
        assert talker.welcome["owner"] == "bot"
        assert talker.welcome["customer"] is None
        assert len(talker.token) >= 43  # 256 bits in base64


async def test_the_bot_is_asked_as_the_contract_says(house: House) -> None:
    async with house.talker(identity=house.identity("ana")) as talker:
        await talker.send("any offers for me?")
        await talker.says("bot")
        assert talker.welcome["customer"] == {"name": "Ana"}
        (asked,) = house.rasa.asked
        assert asked | {"message_id": ""} == {
            "conversation_id": talker.conversation_id, "message_id": "", "text": "any offers for me?",
            "choice": None, "customer_id": "ana", "channel": "widget",
        }  # fmt: skip


async def test_a_card_number_reaches_neither_the_store_nor_the_bot(house: House) -> None:
    async with house.talker() as talker:
        await talker.send("my card 4111 1111 1111 1111 is declined, my password is hunter2")
        await talker.says("bot")
        (asked,) = house.rasa.asked
        kept = "my card [card number removed] is declined, my password is [password removed]"
        assert asked["text"] == kept
        assert (await house.transcript(talker.conversation_id))[0] == ("customer", kept)


async def test_a_repeated_client_message_id_changes_nothing(house: House) -> None:
    async with house.talker() as talker:
        client_id = await talker.send("hello")
        first = await talker.next("ack")
        await talker.says("bot")
        await talker.send("hello again", client_id)
        second = await talker.next("ack")
        assert (second["message_id"], second["seq"], second["repeated"]) == (first["message_id"], 1, True)
        assert await talker.hears_nothing()
        assert [author for author, _ in await house.transcript(talker.conversation_id)] == ["customer", "bot"]
        assert len(house.rasa.asked) == 1


async def test_fifty_copies_of_a_message_at_once_are_one_message(house: House) -> None:
    async with house.talker() as talker:
        for _ in range(50):
            await talker.send("hello", "the-same-id")
        acks = [await talker.next("ack") for _ in range(50)]
        assert {ack["seq"] for ack in acks} == {1}
        assert sum(not ack["repeated"] for ack in acks) == 1
        assert len(await house.rows(select(messages).where(messages.c.author == "customer"))) == 1


async def test_twenty_messages_in_a_second_are_answered_in_order(house: House) -> None:
    house.rasa.behaviour = house.rasa.after(0.005)
    async with house.talker() as talker:
        texts = [f"message number {number}" for number in range(20)]
        for text in texts:
            await talker.send(text)
        answers = [(await talker.says("bot"))["text"] for _ in texts]
        assert answers == [f"You said: {text}" for text in texts]
        assert [turn["text"] for turn in house.rasa.asked] == texts
        assert house.rasa.most_at_once == 1
        seqs = [seq for seq, _, _ in talker.messages()]
        assert seqs == list(range(1, 41))


async def test_conversations_are_answered_beside_each_other_but_only_two_at_once(house: House) -> None:
    house.rasa.behaviour = house.rasa.after(0.05)

    async def one() -> None:
        async with house.talker() as talker:
            await talker.send("hello")
            await talker.says("bot")

    await asyncio.gather(*(one() for _ in range(8)))
    assert house.rasa.most_at_once == 2


async def test_a_turn_is_written_with_all_it_brought(house: House) -> None:
    intent = {"name": "ask_offers", "confidence": 0.97}
    decision = {"kind": "offer", "chosen": "c-1", "withheld": None, "propensity": 0.4,
                "candidates": [{"offer_id": "c-1", "probability": 0.4}], "segment_id": 3}  # fmt: skip
    house.rasa.behaviour = house.rasa.saying(
        parse={"intent": intent, "ranking": [intent], "entities": [{"entity": "topic"}], "sentiment": -0.2},
        actions=["action_offer"],
        decisions=[decision],
        preferences={"refused_products": ["7"]},
    )
    async with house.talker(identity=house.identity("ana")) as talker:
        await talker.send("any offers?")
        await talker.says("bot")
    (turn,) = await house.rows(select(turns))
    assert (turn.intent, turn.confidence, turn.sentiment, turn.outcome) == ("ask_offers", 0.97, -0.2, "answered")
    assert (turn.ranking, turn.entities, turn.actions) == ([intent], [{"entity": "topic"}], ["action_offer"])
    assert turn.latency_ms > 0
    (taken,) = await house.rows(select(decisions))
    assert (taken.turn_id, taken.chosen, taken.propensity, taken.segment_id) == (turn.turn_id, "c-1", 0.4, 3)
    (profile,) = await house.rows(select(profiles))
    assert (profile.customer_id, profile.turns, profile.topics) == ("ana", 1, {"ask_offers": 1})
    assert profile.preferences == {"refused_products": ["7"]}
    (conversation,) = await house.rows(select(conversations))
    assert (conversation.mood, conversation.topic, conversation.last_seq) == (-0.2, "ask_offers", 2)


async def test_a_turn_is_not_lost_when_the_profile_cannot_be_updated(house: House) -> None:
    house.analytics.down = True
    async with house.talker(identity=house.identity("ana")) as talker:
        await talker.send("hello")
        assert (await talker.says("bot"))["text"] == "You said: hello"


async def test_quick_replies_keep_their_payload_in_the_house(house: House) -> None:
    why = {"title": "Why this one?", "payload": '/explain_recommendation{"product_id": "1"}'}
    card = {"id": "1", "title": "Kids cereal", "subtitle": "Cold cereal", "price": "$2.99", "reason": "you like it",
            "quick_replies": [why]}  # fmt: skip
    more = {"title": "Show me more", "payload": '/recommend{"mode": "more"}'}
    house.rasa.behaviour = house.rasa.saying(replies=[{"text": "Here:", "quick_replies": [more], "cards": [card]}])
    async with house.talker() as talker:
        await talker.send("recommend me something")
        shown = await talker.says("bot")
        assert "payload" not in str(shown)
        (more_shown,), (card_shown,) = shown["quick_replies"], shown["cards"]
        assert more_shown["title"] == "Show me more"
        assert card_shown | {"quick_replies": []} == card | {"quick_replies": []}

        house.rasa.behaviour = house.rasa.answer
        await talker.choose(card_shown["quick_replies"][0]["id"])
        mine = await talker.says("customer")
        assert mine["text"] == "Why this one?"
        assert (await talker.says("bot"))["text"] == f"You said: {why['payload']}"
        assert house.rasa.asked[-1]["choice"] == why["payload"]


async def test_a_quick_reply_of_another_conversation_is_refused(house: House) -> None:
    more = {"title": "Show me more", "payload": '/recommend{"mode": "more"}'}
    house.rasa.behaviour = house.rasa.saying(replies=[{"text": "Here:", "quick_replies": [more]}])
    async with house.talker() as owner, house.talker() as stranger:
        await owner.send("recommend me something")
        reply_id = (await owner.says("bot"))["quick_replies"][0]["id"]
        client_id = await stranger.choose(reply_id)
        refusal = await stranger.next("error")
        assert (refusal["code"], refusal["id"]) == ("unknown_reply", client_id)
        await owner.choose(reply_id[:-1] + "9")
        assert (await owner.next("error"))["code"] == "unknown_reply"
        assert await house.transcript(stranger.conversation_id) == []


async def test_text_is_text_whatever_it_looks_like(house: House) -> None:
    async with house.talker() as talker:
        await talker.send('  /restart{"a": 1}\u0000 \u202e ')
        await talker.says("bot")
        assert (house.rasa.asked[0]["text"], house.rasa.asked[0]["choice"]) == ('/restart{"a": 1}', None)


async def test_all_tabs_of_a_conversation_hear_everything(house: House) -> None:
    async with house.talker() as one, house.talker(token=one.token) as other:
        assert other.conversation_id == one.conversation_id
        await one.send("hello from the first tab")
        await one.says("bot")
        await other.says("bot")
        assert other.messages() == one.messages()
        assert [author for _, author, _ in other.messages()] == ["customer", "bot"]


async def test_what_came_while_away_is_resumed_in_order(house: House) -> None:
    async with house.talker() as talker:
        token = talker.token
        for text in ("one", "two", "three"):
            await talker.send(text)
            await talker.says("bot")
        live = talker.messages()
    async with house.talker(token=token, after=0) as again:
        for _ in live:
            await again.next("message")
        assert again.messages() == live
    async with house.talker(token=token, after=4) as later:
        for _ in live[4:]:
            await later.next("message")
        assert later.messages() == live[4:]
        await later.send("four")
        assert (await later.says("customer"))["seq"] == 7


async def test_a_client_that_claims_to_have_seen_more_than_there_is_still_hears_what_comes(house: House) -> None:
    async with house.talker(after=1000) as talker:
        await talker.send("hello")
        assert (await talker.says("bot"))["seq"] == 2


async def test_what_was_delivered_is_marked(house: House) -> None:
    async with house.talker() as talker:
        await talker.send("hello")
        await talker.says("bot")
    waiting = select(outbox).where(outbox.c.delivered_at.is_(None))
    await house.until(lambda connection: not connection.execute(waiting).all())
    (row,) = await house.rows(select(outbox))
    assert (row.attempts, row.channel) == (1, "widget")


async def test_messages_in_a_hurry_are_refused_kindly(tmp_path: Path) -> None:
    async with (
        open_house(fresh_database(tmp_path), message_rate=0.01, message_burst=2) as house,
        house.talker() as talker,
    ):
        for text in ("one", "two", "three"):
            await talker.send(text, f"message-{text}")
        refusal = await talker.next("error")
        assert (refusal["code"], refusal["id"]) == ("too_fast", "message-three")


async def test_a_full_queue_refuses_the_next_message_and_loses_none(tmp_path: Path) -> None:
    async with open_house(fresh_database(tmp_path), longest_queue=3) as house, house.talker() as talker:
        gate = asyncio.Event()
        house.rasa.behaviour = house.rasa.when(gate)
        for text in ("one", "two", "three", "four"):
            await talker.send(text)
        assert (await talker.next("error"))["code"] == "too_fast"
        gate.set()
        answers = [(await talker.says("bot"))["text"] for _ in range(3)]
        assert answers == ["You said: one", "You said: two", "You said: three"]


async def test_an_address_may_not_open_conversations_without_end(tmp_path: Path) -> None:
    limited = {"new_conversation_burst": 2, "new_conversation_rate": 1e-6, "unlimited_networks": ()}
    async with open_house(fresh_database(tmp_path), **limited) as house:
        async with house.talker() as first, house.talker():
            pass
        async with house.http.ws_connect(f"{house.url}/v1/chat") as socket:
            await socket.send_json({"type": "hello", "v": 1})
            assert (await socket.receive_json())["code"] == "too_fast"
        async with house.talker(token=first.token) as again:
            assert again.conversation_id == first.conversation_id


async def test_fallbacks_are_counted_as_such(house: House) -> None:
    intent = {"name": "nlu_fallback", "confidence": 0.3}
    house.rasa.behaviour = house.rasa.saying(parse={"intent": intent})
    async with house.talker() as talker:
        await talker.send("colourless green ideas")
        await talker.says("bot")
    (turn,) = await house.rows(select(turns))
    assert turn.outcome == "fallback"


async def test_a_handoff_of_the_bot_puts_the_conversation_into_the_queue(house: House) -> None:
    house.rasa.behaviour = house.rasa.saying(handoff="asked")
    async with house.talker() as talker:
        await talker.send("I want to talk to a person")
        await talker.says("bot")
        assert "queue" in (await talker.says("system"))["text"]
        await talker.send("are you there?")
        await talker.says("customer")
        (conversation,) = await house.rows(select(conversations))
        assert (conversation.owner, conversation.owner_version) == ("queue", 1)
        assert conversation.waiting_since == conversation.handed_over_at
        assert len(house.rasa.asked) == 1
    outcomes = {turn.outcome for turn in await house.rows(select(turns))}
    assert outcomes == {"handed_over", "agent"}


async def test_the_owner_is_told_to_all_tabs(house: House) -> None:
    house.rasa.behaviour = house.rasa.saying(handoff="asked")
    async with house.talker() as talker, house.talker(token=talker.token) as other:
        await talker.send("a person, please")
        assert (await talker.next("owner"))["owner"] == "queue"
        assert (await other.next("owner"))["owner"] == "queue"
