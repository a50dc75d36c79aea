"""kill -9 of a real gateway: what was acknowledged is answered, once, in order. And proof that a loss would be found.

`RAPPORT_TEST_KILLS` sets how often it is killed at random (default 6; 20 and more for a release).
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.conversations import lines
from store.engine import Database
from store.tables import messages, turns
from tests.support.fake_rasa import FakeRasa
from tests.support.gateway_house import fresh_database
from tests.support.gateway_process import GatewayProcess, KeenTalker
from tests.support.run_gateway import POINTS

pytestmark = pytest.mark.reliability

KILLS = int(os.environ.get("RAPPORT_TEST_KILLS", "6"))


@dataclass
class Findings:
    """What must not be found."""

    #: Acknowledged, and not in the database under that seq.
    lost: list[str] = field(default_factory=list)
    #: Stored or answered twice.
    doubled: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    #: A talker's transcript differs from the server's.
    different: list[str] = field(default_factory=list)


def _look(database: Database, talkers: list[KeenTalker]) -> Findings:
    findings = Findings()
    with database.read() as connection:
        stored = list(connection.execute(select(messages).order_by(messages.c.conversation_id, messages.c.seq)))
        answered = Counter(row.message_id for row in connection.execute(select(turns.c.message_id)))
    for talker in talkers:
        mine = [row for row in stored if row.conversation_id == talker.conversation_id]
        by_client = {row.client_message_id: row for row in mine if row.client_message_id}
        for client_id, seq in talker.acked.items():
            if client_id not in by_client or by_client[client_id].seq != seq:
                findings.lost.append(client_id)
        counts = Counter(row.text for row in mine if row.author == "customer")
        counts += Counter(row.text for row in mine if row.author == "bot" and row.text != lines.TROUBLE)
        findings.doubled += [text for text, count in counts.items() if count > 1]
        questions = [row for row in mine if row.author == "customer"]
        findings.unanswered += [row.text for row in questions if row.state != "done" or answered[row.message_id] != 1]
        replies = [row.text for row in mine if row.author == "bot" and row.text != lines.TROUBLE]
        if replies != [f"You said: {row.text}" for row in questions][: len(replies)]:
            findings.out_of_order.append(talker.name)
        if [row.seq for row in mine] != list(range(1, len(mine) + 1)):
            findings.out_of_order.append(f"{talker.name}: seqs")
        server = {row.seq: (row.author, row.text) for row in mine}
        if any(server.get(seq) != seen for seq, seen in talker.seen.items()):
            findings.different.append(talker.name)
        findings.different += talker.surprises
    return findings


async def _all_done(database: Database) -> None:
    waiting = select(messages.c.message_id).where(messages.c.state.in_(("received", "deferred")))
    async with asyncio.timeout(30):
        while True:
            with database.read() as connection:
                if not connection.execute(waiting).all():
                    return
            await asyncio.sleep(0.05)


async def _under_fire(folder: Path, kills: int, *options: str) -> tuple[Findings, int]:
    """Let five talkers talk while the gateway is killed `kills` times; give findings and acknowledged messages."""
    database = fresh_database(folder)
    talkers = [KeenTalker(f"talker-{number}") for number in range(5)]
    stop = asyncio.Event()
    async with FakeRasa() as rasa:
        rasa.behaviour = rasa.after(0.01)
        async with GatewayProcess(str(database.engine.url), rasa.url, *options) as gateway:
            talking = [asyncio.create_task(talker.talk(gateway, 0.02, stop)) for talker in talkers]
            for _ in range(kills):
                await asyncio.sleep(random.uniform(0.1, 0.6))
                await gateway.kill()
                await gateway.start()
            await asyncio.sleep(0.3)
            stop.set()
            await asyncio.wait_for(asyncio.gather(*talking), 30)
            await _all_done(database)
    findings = _look(database, talkers)
    ran = Counter(turn["message_id"] for turn in rasa.ran)
    findings.doubled += [message_id for message_id, times in ran.items() if times > 1]
    database.close()
    return findings, sum(len(talker.acked) for talker in talkers)


async def test_a_gateway_killed_at_random_loses_and_doubles_nothing(tmp_path: Path) -> None:
    findings, acknowledged = await _under_fire(tmp_path, KILLS)
    assert findings == Findings()
    assert acknowledged > 20 * KILLS


async def test_the_harness_finds_the_loss_of_a_build_that_acknowledges_before_it_commits(tmp_path: Path) -> None:
    findings, _ = await _under_fire(tmp_path, 3, "--careless")
    assert findings.lost


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_each_point_of_a_messages_way_the_outcome_is_the_same(tmp_path: Path, point: str) -> None:
    database = fresh_database(tmp_path)
    talker, stop = KeenTalker("ana"), asyncio.Event()
    talker.unsent["ana-000001"] = "hello"
    stop.set()  # only what is to be sent already
    async with FakeRasa() as rasa:
        async with GatewayProcess(str(database.engine.url), rasa.url, "--die-at", point) as gateway:
            talking = asyncio.create_task(talker.talk(gateway, 1.0, stop))
            await asyncio.wait_for(gateway.ended(), 10)
            await gateway.start("--die-at", point)
            await asyncio.wait_for(talking, 10)
            await _all_done(database)
        assert len(rasa.ran) == 1
    assert _look(database, [talker]) == Findings()
    with database.read() as connection:
        said = [
            (row.seq, row.author, row.text) for row in connection.execute(select(messages).order_by(messages.c.seq))
        ]
    assert said == [(1, "customer", "hello"), (2, "bot", "You said: hello")]
    database.close()


async def test_a_gateway_told_to_stop_under_load_loses_nothing_either(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    talkers = [KeenTalker(f"talker-{number}") for number in range(3)]
    stop = asyncio.Event()
    async with FakeRasa() as rasa:
        rasa.behaviour = rasa.after(0.05)
        async with GatewayProcess(str(database.engine.url), rasa.url) as gateway:
            talking = [asyncio.create_task(talker.talk(gateway, 0.02, stop)) for talker in talkers]
            await asyncio.sleep(0.5)
            gateway.terminate()
            await asyncio.wait_for(gateway.ended(), 15)
            await gateway.start()
            stop.set()
            await asyncio.wait_for(asyncio.gather(*talking), 30)
            await _all_done(database)
    assert _look(database, talkers) == Findings()
    database.close()
