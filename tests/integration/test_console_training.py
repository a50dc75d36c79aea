"""What the bot did not understand, and what people say of it: kept, shown, logged, taught."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner

from console.queries.training import candidates, counts
from rapport.cli.main import make_app
from rapport.training.corrected import read_corrected
from store.engine import Database
from store.repositories.turn_labels import TurnLabel, labelled_turns, set_label
from store.tables import agents, audit_log, messages, turn_labels, turns
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse
from tests.support.databases import migrated_database
from tests.support.seed_conversations import Seeded, seed_conversations

HTMX = {"HX-Request": "true"}


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    return ConsoleHouse(tmp_path)


@pytest.fixture
def seeded(house: ConsoleHouse) -> Seeded:
    return seed_conversations(house.database, datetime.now(UTC), in_outline=0)


@pytest.fixture
async def hand(house: ConsoleHouse, seeded: Seeded, aiohttp_client: Any) -> Hand:
    return Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        yield opened


def message_of(database: Database, text: str) -> str:
    with database.read() as connection:
        return str(connection.execute(select(messages.c.message_id).where(messages.c.text == text)).scalar_one())


def labels(database: Database) -> list[tuple[str, str | None]]:
    with database.read() as connection:
        rows = connection.execute(select(turn_labels.c.verdict, turn_labels.c.intent)).all()
    return [(row.verdict, row.intent) for row in rows]


CANADA = "do you ship to Canada and how much is it"


async def test_what_was_not_understood_is_listed_with_the_bots_guesses(hand: Hand, house: ConsoleHouse) -> None:
    with house.database.write() as connection:
        which = turns.c.message_id == message_of(house.database, CANADA)
        ranking = [{"name": "nlu_fallback", "confidence": 0.34}, {"name": "ask_delivery", "confidence": 0.31}]
        connection.execute(update(turns).where(which).values(ranking=ranking))
    shown = await hand.text("/training")
    for words in (CANADA, "Fallback", 'Delivery <span class="chip-number">31 %', "What the bot thought of"):
        assert words in shown, words
    assert "recommend me something for breakfast" not in shown


async def test_a_correction_is_kept_shown_and_logged(hand: Hand, house: ConsoleHouse, seeded: Seeded) -> None:
    message_id = message_of(house.database, CANADA)
    await hand.text("/training")
    judged = await hand.post(f"/training/{message_id}", {"verdict": "corrected", "intent": "ask_delivery"}, **HTMX)
    assert "Meant: <strong>Delivery</strong>" in await judged.text()
    assert labels(house.database) == [("corrected", "ask_delivery")]
    assert CANADA not in await hand.text("/training")
    assert CANADA in await hand.text("/training?show=judged&intent=ask_delivery")
    assert CANADA not in await hand.text("/training?show=judged&intent=recommend")
    assert "Meant: <strong>Delivery</strong>" in await hand.text(f"/conversations/{seeded.told['queue']}")
    with house.database.read() as connection:
        row = connection.execute(select(audit_log).where(audit_log.c.action == "judged")).one()
    assert row.details == {"message_id": message_id, "verdict": "corrected", "intent": "ask_delivery"}
    assert (row.agent_id, row.conversation_id) == ("id-mia", seeded.told["queue"])


async def test_a_word_is_changed_and_taken_back(hand: Hand, house: ConsoleHouse) -> None:
    address = f"/training/{message_of(house.database, 'recommend me something for breakfast')}"
    await hand.text("/training")
    for verdict, kept in (
        ("right", [("right", "recommend")]),
        ("left_out", [("left_out", None)]),
        ("undo", []),
    ):
        assert (await hand.post(address, {"verdict": verdict})).status == 303
        assert labels(house.database) == kept


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"verdict": "corrected", "intent": "rule_the_world"}, "Choose first what she meant"),
        ({"verdict": "corrected"}, "Choose first what she meant"),
        ({"verdict": "right"}, "Choose what she meant"),
        ({"verdict": "delete"}, "Choose one of the buttons"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    hand: Hand, house: ConsoleHouse, fields: dict[str, str], told: str
) -> None:
    address = f"/training/{message_of(house.database, CANADA)}"
    await hand.text(address)
    refused = await hand.post(address, fields)
    assert refused.status == 422
    assert told in await refused.text()
    assert told in await (await hand.post(address, fields, **HTMX)).text()
    assert labels(house.database) == []


async def test_a_pressed_button_and_an_unknown_message_teach_nothing(hand: Hand, house: ConsoleHouse) -> None:
    message_id = message_of(house.database, "A person")
    with house.database.write() as connection:
        connection.execute(
            update(messages).where(messages.c.message_id == message_id).values(payload={"choice": "/talk_to_person"})
        )
    await hand.text("/training")
    assert (await hand.post(f"/training/{message_id}", {"verdict": "left_out"})).status == 422
    assert (await hand.post("/training/nothing", {"verdict": "left_out"})).status == 404
    hand.token = "forged"
    assert (await hand.post(f"/training/{message_id}", {"verdict": "left_out"})).status == 403


async def test_the_reading_she_pressed_herself_is_proposed(hand: Hand, house: ConsoleHouse) -> None:
    asked, pressed = message_of(house.database, CANADA), message_of(house.database, "A person")
    with house.database.write() as connection:
        connection.execute(update(turns).where(turns.c.message_id == asked).values(outcome="asked_back"))
        choice = {"choice": '/ask_delivery{"mode": "meant"}'}
        connection.execute(update(messages).where(messages.c.message_id == pressed).values(payload=choice))
    shown = await hand.text("/training?show=missed")
    assert "She chose: Delivery" in shown
    assert '<option value="ask_delivery" selected>' in shown


def test_the_list_and_the_labels_are_the_same_on_both_databases(database: Database) -> None:
    now = datetime.now(UTC)
    seed_conversations(database, now, in_outline=60)
    with database.write() as connection:
        found = counts(connection, now)
        assert found["open"] == found["missed"] + found["unsure"] > 0
        listed = candidates(connection, "open", now)
        assert len(listed) == min(25, found["open"])
        assert sorted((one.at for one in listed), reverse=True) == [one.at for one in listed]
        for intent in ("ask_offers", "track_order"):
            label = TurnLabel(
                turn_id=listed[0].turn_id, verdict="corrected", intent=intent, agent_id="colleague", labelled_at=now
            )
            set_label(connection, label)
        assert [(one.text, one.intent) for one in labelled_turns(connection)] == [(listed[0].text, "track_order")]
        after = counts(connection, now)
        assert (after["open"], after["judged"]) == (found["open"] - 1, 1)
        assert candidates(connection, "judged", now)[0].label is not None


def test_corrected_turns_are_written_as_training_sentences(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    seed_conversations(database, now, in_outline=0)
    with database.write() as connection:
        same = turns.c.message_id == messages.c.message_id
        rows = connection.execute(select(messages.c.text, turns.c.turn_id).join_from(messages, turns, same))
        known = {row.text: row.turn_id for row in rows}
        connection.execute(update(agents).values(name="Ines Canada"))
        for text, intent in ((CANADA, "ask_delivery"), ("the eggs were broken again", "report_problem")):
            set_label(
                connection,
                TurnLabel(
                    turn_id=known[text], verdict="corrected", intent=intent, agent_id="colleague", labelled_at=now
                ),
            )
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    out = tmp_path / "corrected.yml"
    planned = run("--out", str(out), "--dry-run")
    assert (planned["added"], planned["left_out"], out.exists()) == (
        {"report_problem": ["the eggs were broken again"]}, {"name": 1}, False,
    )  # fmt: skip
    assert run("--out", str(out))["written"]
    assert read_corrected(out) == {"the eggs were broken again": "report_problem"}
    assert run("--out", str(out)) | {"left_out": {}} == {
        "file": str(out), "added": {}, "moved": {}, "removed": {}, "left_out": {}, "sentences": 1, "written": False,
    }  # fmt: skip


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(make_app(), ["nlu", "candidates", "--json", *arguments])
    if result.exception is not None:
        raise result.exception
    return dict(json.loads(result.stdout))
