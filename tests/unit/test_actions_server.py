"""The action server: rasa-sdk's protocol, behind a secret, never repeating what a customer wrote."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from actions import wiring
from actions.registry import ACTIONS
from actions.server import SECRET_HEADER, create_app
from analytics.records import ShopFacts
from tests.support.fake_analytics import FakeAnalytics

SECRET = "s3cret"
PRIVATE = "my private words"


def call_of(action: str) -> dict[str, Any]:
    message = {"text": PRIVATE, "intent": {"name": "ask_hours"}, "metadata": {"customer_id": None}}
    tracker = {"sender_id": "c", "slots": {}, "latest_message": message, "events": [], "active_loop": {}}
    return {"next_action": action, "sender_id": "c", "tracker": tracker, "domain": {}, "version": "3.6.21"}


@pytest.fixture
async def client():
    async with TestClient(TestServer(create_app(SECRET, FakeAnalytics()))) as client:
        yield client


async def ask(client: TestClient, call: Any, secret: str = SECRET):
    return await client.post("/webhook", json=call, headers={SECRET_HEADER: secret})


async def test_an_action_is_run_and_names_its_response(client: TestClient) -> None:
    response = await ask(client, call_of("action_answer_faq"))
    assert response.status == 200
    body = await response.json()
    assert {event["name"] for event in body["events"]} == {"mood", "channel", "segment", "history"}
    assert [message["response"] for message in body["responses"]] == ["utter_faq_hours"]


@pytest.mark.parametrize("secret", ["", "wrong", "s3cre", "ungültig"])
async def test_without_the_secret_nothing_is_run(client: TestClient, secret: str) -> None:
    response = await client.post("/webhook", json=call_of("action_greet"), headers={SECRET_HEADER: secret})
    assert response.status == 401
    assert (await client.post("/webhook", json=call_of("action_greet"))).status == 401


async def test_health_needs_no_secret(client: TestClient) -> None:
    response = await client.get("/health")
    assert (response.status, await response.json()) == (200, {"status": "ok", "actions": len(ACTIONS)})


async def test_an_unknown_action_is_named_in_the_answer(client: TestClient) -> None:
    response = await ask(client, call_of("action_unheard_of"))
    assert response.status == 404
    assert await response.json() == {"error": "unknown_action", "action_name": "action_unheard_of"}


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"{}", b"\xff\xfe"])
async def test_a_body_that_is_no_call_is_refused(client: TestClient, body: bytes) -> None:
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
    response = await client.post("/webhook", data=body, headers=headers)
    assert (response.status, await response.json()) == (400, {"error": "invalid_body"})


async def test_a_programming_error_is_a_500_with_an_id_and_without_the_conversation(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(FakeAnalytics):
        def shop(self) -> ShopFacts:
            raise ZeroDivisionError("1/0")

    wiring.configure(Broken())
    with caplog.at_level(logging.ERROR):
        response = await ask(client, call_of("action_answer_faq"))
    body = await response.json()
    assert (response.status, body["error"], body["action_name"]) == (500, "internal", "action_answer_faq")
    assert body["error_id"] in caplog.text
    assert PRIVATE not in caplog.text + await response.text()


async def test_analytics_away_is_an_honest_answer_and_no_error(client: TestClient) -> None:
    wiring.configure(FakeAnalytics(down=True))
    response = await ask(client, call_of("action_answer_faq"))
    assert response.status == 200
    assert [message["response"] for message in (await response.json())["responses"]] == ["utter_analytics_unavailable"]


async def test_a_slow_question_is_given_up_and_holds_up_nobody_else() -> None:
    class Slow(FakeAnalytics):
        def shop(self) -> ShopFacts:
            time.sleep(0.3)
            return super().shop()

    async with TestClient(TestServer(create_app(SECRET, Slow(), deadline=0.05))) as client:
        response = await ask(client, call_of("action_answer_faq"))
        assert (response.status, (await response.json())["error"]) == (504, "deadline")
        began = time.monotonic()
        assert (await client.get("/health")).status == 200
        assert time.monotonic() - began < 0.2


def test_an_empty_secret_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="RAPPORT_INTERNAL_SECRET"):
        create_app("", FakeAnalytics())


def test_an_action_without_analytics_says_what_to_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_door", [])
    with pytest.raises(wiring.NotConfiguredError, match=r"wiring\.configure"):
        wiring.analytics()
