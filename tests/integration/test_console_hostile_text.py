"""What customers write is text, wherever the console shows it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from store.tables import conversations, customers, messages, turns
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse

HOSTILE = [
    "<script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    "\"><svg onload=window.__xss=1>",
    "' hx-get='/console/sign-out' hx-trigger='load",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;",
    "</textarea><script>1</script>",
    "\u202egnirts desrever",
    "zero\x00byte and \x1b[31mcolour",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_stays_text_on_every_page(tmp_path: Path, aiohttp_client: Any, text: str) -> None:
    house = ConsoleHouse(tmp_path)
    now = datetime.now(UTC)
    card = {"id": "1", "title": text, "price": text, "reason": text}
    payload = {"cards": [card], "quick_replies": [{"id": "1", "title": text}]}
    with house.database.write() as connection:
        connection.execute(customers.insert().values(customer_id="ana", name=text, traits={}))
        connection.execute(
            conversations.insert().values(
                conversation_id="one", channel=text[:32], customer_id="ana", owner="queue", last_seq=2,
                topic=text[:100], created_at=now, last_message_at=now, waiting_since=now,
            )
        )  # fmt: skip
        for seq, author in ((1, "customer"), (2, "bot")):
            connection.execute(
                messages.insert().values(
                    message_id=f"m{seq}", conversation_id="one", seq=seq, author=author, text=text, author_name=text,
                    payload=payload, created_at=now,
                )
            )  # fmt: skip
        connection.execute(
            turns.insert().values(
                turn_id="t", conversation_id="one", message_id="m1", intent=text[:100], confidence=0.5, sentiment=0.0,
                outcome="answered", created_at=now,
            )
        )  # fmt: skip
    house.shop.names["ana"] = text
    hand = Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))
    for path in ("/conversations", "/conversations/one", "/conversations/one/news?after=0", "/conversations/one/head",
                 "/conversations/one/profile", "/overview"):  # fmt: skip
        shown = await hand.text(path)
        for live in ("<script>", "<img src=x", "<svg onload", "hx-get='/console/sign-out", "\x00", "\x1b", " 49 "):
            assert live not in shown, (path, live)
