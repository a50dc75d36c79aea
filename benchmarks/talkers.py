"""Talkers for the three ways in: the gateway's WebSocket, our Rasa channel, stock Rasa's REST channel."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Sequence
from typing import Any

import aiohttp

from benchmarks.measure import OpenTalker, Say

#: Longest wait for one answer; beyond it the turn counts as failed.
PATIENCE_SECONDS = 30.0


def gateway_talkers(session: aiohttp.ClientSession, url: str, identities: Sequence[str]) -> OpenTalker:
    """Talk through the whole house: WebSocket in, committed, understood, answered, committed, delivered.

    `identities` are signed tokens of different customers, one a talker.
    """

    async def open_talker(number: int) -> Say:
        socket = await session.ws_connect(f"{url}/v1/chat", max_msg_size=2**20)
        hello = {"type": "hello", "v": 1, "token": None, "identity": identities[number], "after": 0}
        await socket.send_json(hello)
        await _frame(socket, lambda frame: frame["type"] == "welcome")

        async def say(text: str) -> bool:
            client_id = str(uuid.uuid4())
            await socket.send_json({"type": "send", "id": client_id, "text": text})
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    ack = await _frame(socket, lambda frame: frame["type"] == "ack" and frame["id"] == client_id)
                    await _frame(socket, lambda frame: _answers(frame, ack["seq"]))
            except TimeoutError:
                return False
            return True

        return say

    return open_talker


def _answers(frame: dict[str, Any], seq: int) -> bool:
    return bool(frame["type"] == "message" and frame["author"] == "bot" and frame["seq"] > seq)


async def _frame(socket: aiohttp.ClientWebSocketResponse, wanted: Any) -> dict[str, Any]:
    while True:
        message = await socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise RuntimeError(f"the gateway closed the socket: {message.type.name} {message.data}")
        frame: dict[str, Any] = json.loads(message.data)
        if frame["type"] == "error":
            raise RuntimeError(f"the gateway refused a frame: {frame['code']}: {frame['message']}")
        if wanted(frame):
            return frame


def rapport_talkers(session: aiohttp.ClientSession, url: str, secret: str, customers: Sequence[str]) -> OpenTalker:
    """Ask our Rasa channel as the gateway does: at most two turns at a time."""
    gate = asyncio.Semaphore(2)

    async def open_talker(number: int) -> Say:
        conversation = str(uuid.uuid4())

        async def say(text: str) -> bool:
            turn = {
                "conversation_id": conversation, "message_id": str(uuid.uuid4()), "text": text, "choice": None,
                "customer_id": customers[number], "channel": "widget",
            }  # fmt: skip
            async with (
                gate,
                session.post(f"{url}/webhooks/gateway/turn", json=turn, headers={"X-Rapport-Secret": secret}) as answer,
            ):
                body = await answer.json()
                return answer.status == 200 and bool(body["replies"])

        return say

    return open_talker


def stock_talkers(session: aiohttp.ClientSession, url: str, customers: Sequence[str]) -> OpenTalker:
    """Ask stock Rasa's REST channel, which takes whatever comes at once."""

    async def open_talker(number: int) -> Say:
        sender = str(uuid.uuid4())

        async def say(text: str) -> bool:
            metadata = {"message_id": str(uuid.uuid4()), "customer_id": customers[number], "channel": "rest"}
            turn = {"sender": sender, "message": text, "metadata": metadata}
            async with session.post(f"{url}/webhooks/rest/webhook", json=turn) as answer:
                return answer.status == 200 and bool(await answer.json())

        return say

    return open_talker
