"""Small checks at the gateway's edges: addresses, origins, quick replies, Rasa's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from gateway.addresses import client_address, is_within, networks
from gateway.config import GatewayConfig
from gateway.conversations.lines import intent_of
from gateway.conversations.minting import QuickReply, find_quick_reply, minted
from gateway.rasa.answer import read_answer
from gateway.rasa.failures import BadAnswerError
from store.memory import memory_database
from store.repositories.conversations import Conversation, add_conversation
from store.repositories.messages import Message, add_messages
from tests.support.fake_rasa import answer_to

NOW = datetime(2026, 5, 3, tzinfo=UTC)


# Addresses


def _address(forwarded: str | None, *trusted: str, peer: str = "10.0.0.1") -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=peer)
    return client_address(request, networks(trusted))


def test_a_forwarded_address_is_believed_of_trusted_proxies_only() -> None:
    assert _address("1.2.3.4") == "10.0.0.1"
    assert _address("1.2.3.4", "10.0.0.0/8") == "1.2.3.4"


def test_what_a_client_forges_before_the_proxy_is_not_believed() -> None:
    assert _address("6.6.6.6, 1.2.3.4", "10.0.0.0/8") == "1.2.3.4"
    assert _address("6.6.6.6, 1.2.3.4, 10.0.0.2", "10.0.0.0/8") == "1.2.3.4"


def test_a_proxy_without_a_forwarded_address_is_the_client() -> None:
    assert _address(None, "10.0.0.0/8") == "10.0.0.1"


def test_a_mapped_address_is_the_address_itself() -> None:
    assert is_within("::ffff:127.0.0.1", networks(["127.0.0.0/8"]))
    assert not is_within("nonsense", networks(["0.0.0.0/0"]))


def test_secrets_are_not_shown_with_the_configuration() -> None:
    shown = repr(GatewayConfig(internal_secret="swordfish-1", identity_secret="swordfish-2"))
    assert "swordfish" not in shown


# Quick replies


@pytest.fixture
def connection() -> Iterator[Connection]:
    database = memory_database()
    with database.write() as connection:
        for conversation_id in ("one", "other"):
            add_conversation(connection, _conversation(conversation_id))
        yield connection
    database.close()


def _conversation(conversation_id: str) -> Conversation:
    return Conversation(
        conversation_id=conversation_id, channel="widget", visitor_id=None, customer_id=None, owner="bot",
        agent_id=None, owner_version=0, last_seq=1, mood=None, topic=None, created_at=NOW, last_message_at=NOW,
        waiting_since=None, handed_over_at=None,
    )  # fmt: skip


def test_a_quick_reply_is_found_by_its_id_in_its_own_conversation_only(connection: Connection) -> None:
    more, why = QuickReply("More", "/recommend"), QuickReply("Why?", "/explain_recommendation")
    payload = minted("m-1", [more], [{"id": "1", "title": "Cereal", "quick_replies": [why]}])
    message = Message(
        message_id="m-1", conversation_id="one", seq=1, author="bot", text="", payload=payload, created_at=NOW
    )
    add_messages(connection, [message])
    ids = [payload["quick_replies"][0]["id"], payload["cards"][0]["quick_replies"][0]["id"]]
    assert len(set(ids)) == 2
    assert [find_quick_reply(connection, "one", reply_id) for reply_id in ids] == [more, why]
    assert [find_quick_reply(connection, "other", reply_id) for reply_id in ids] == [None, None]
    assert find_quick_reply(connection, "one", "m-1") is None
    assert find_quick_reply(connection, "one", "m-1:3") is None


def test_the_intent_of_a_payload_is_its_name() -> None:
    assert intent_of('/recommend{"mode": "more"}') == "recommend"
    assert intent_of("/talk_to_person") == "talk_to_person"


# Rasa's answers


def _body(**changed: Any) -> bytes:
    return json.dumps(answer_to({"message_id": "m-1", "text": "hi", "choice": None}) | changed).encode()


def test_an_answer_of_the_contracts_shape_is_read() -> None:
    answer = read_answer(_body(handoff="asked"), "m-1")
    assert (answer.replies[0].text, answer.handoff) == ("You said: hi", "asked")


def test_a_handoff_needs_no_reply() -> None:
    assert read_answer(_body(replies=[], handoff="asked"), "m-1").replies == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"message_id": "m-2"},
        {"replies": []},
        {"replies": [{"text": " "}]},
        {"replies": "none"},
        {"replies": [{"text": "x" * 8001}]},
        {"replies": [{"text": "a", "quick_replies": [{"title": "b", "payload": "no slash"}]}]},
        {"parse": None},
        {"parse": {"sentiment": 2.0}},
        {"parse": {"intent": {"name": "greet", "confidence": 1.5}}},
        {"decisions": [{"kind": "offer", "propensity": 0.0}]},
        {"decisions": [{"kind": "bribe", "propensity": 1.0}]},
    ],
)
def test_an_answer_of_any_other_shape_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(BadAnswerError):
        read_answer(_body(**changed), "m-1")


def test_a_sentiment_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadAnswerError):
        read_answer(_body(parse={"sentiment": float("nan")}), "m-1")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_make_anything_but_a_refusal(body: bytes) -> None:
    with pytest.raises(BadAnswerError):
        read_answer(body, "m-1")


def test_a_refusal_does_not_repeat_what_was_said() -> None:
    with pytest.raises(BadAnswerError) as refusal:
        read_answer(_body(replies="my card number is 4111"), "m-1")
    assert "4111" not in str(refusal.value)
