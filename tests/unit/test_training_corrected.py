"""Corrected turns become training sentences: once each, beside the hand-written ones, never in their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.yaml_text import load_yaml
from rapport.errors import InputError
from rapport.training.corrected import Taught, merged, read_corrected, write_corrected
from rapport.training.teachable import Names
from store.repositories.turn_labels import LabelledTurn, Verdict

INTENTS = {"track_order", "ask_offers"}
KNOWN = {"any offers": "ask_offers"}


def said(
    text: str, intent: str | None = "track_order", verdict: Verdict = "corrected", requests: int = 1
) -> LabelledTurn:
    return LabelledTurn(turn_id=text, text=text, verdict=verdict, intent=intent, requests=requests, whose=())


def merge(before: dict[str, str], *turns: LabelledTurn) -> tuple[dict[str, str], Taught]:
    return merged(before, turns, KNOWN, INTENTS, Names(frozenset(), ()))


def test_a_corrected_turn_is_added_and_only_once() -> None:
    now, taught = merge({}, said("wheres my stuff"), said("Wheres my stuff?"))
    assert now == {"wheres my stuff": "track_order"} or now == {"Wheres my stuff?": "track_order"}
    assert sum(len(texts) for texts in taught.added.values()) == taught.sentences == 1
    assert merge(now, said("wheres my stuff"))[1] == Taught(file="", sentences=1)


def test_the_latest_word_on_a_sentence_counts() -> None:
    now, taught = merge({"got it yet": "ask_offers"}, said("got it yet", "ask_offers"), said("got it yet"))
    assert now == {"got it yet": "track_order"}
    assert taught.moved == {"track_order": ["got it yet"]}


def test_what_is_not_for_training_after_all_is_taken_out() -> None:
    now, taught = merge({"got it yet": "track_order"}, said("got it yet", None, "left_out"))
    assert now == {}
    assert (taught.removed, taught.left_out) == ({"track_order": ["got it yet"]}, {"not_for_training": 1})


def test_what_a_hand_written_sentence_says_is_not_said_again_nor_contradicted() -> None:
    now, taught = merge({}, said("Any offers?", "ask_offers"), said("any offers"), said("a and b", requests=2))
    assert now == {}
    assert taught.left_out == {"known_already": 1, "taught_otherwise": 1, "several_requests": 1}


def test_an_intent_that_the_domain_lost_is_taken_out() -> None:
    assert merge({"dance": "dancing"}, said("jump", "jumping")) == (
        {},
        Taught(file="", removed={"dancing": ["dance"]}, left_out={"unknown_intent": 1}),
    )


def test_the_file_is_rasa_training_data_and_reads_back_the_same(tmp_path: Path) -> None:
    sentences = {"wheres: my 'stuff' # now": "track_order", "any deals?": "ask_offers", "got it - yet": "track_order"}
    path = tmp_path / "new" / "corrected.yml"
    write_corrected(path, sentences)
    assert read_corrected(path) == sentences
    blocks = load_yaml(path.read_text(encoding="utf-8"))["nlu"]
    assert [block["intent"] for block in blocks] == ["ask_offers", "track_order"]
    write_corrected(path, {})
    assert read_corrected(path) == {}


def test_a_hand_written_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "orders.yml"
    path.write_text("nlu: []\n", encoding="utf-8")
    for somebody_elses in (path, tmp_path):
        with pytest.raises(InputError, match="left alone"):
            read_corrected(somebody_elses)
