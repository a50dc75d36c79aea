"""How well sentences it never saw are understood: in all, in each slice, and as Rasa itself reads them."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.own_intents import IN_DOUBT, Reading, figures, held_out, readings, share_right
from language.encoder import SentenceEncoder
from rapport.training.model import checked_model
from rapport.training.nlu import read_intent_model
from tests.support.rasa_house import RasaHouse, house_settings

ACCURACY = 0.89
OUT_OF_SCOPE_RECALL = 0.90
#: Hurried thumbs may be misread now and then, a hurried house may not.
SLICE_ACCURACY = 0.75
#: A sentence is also told to Rasa itself out of so many.
EVERY = 23
UNSURE = {"out_of_scope", IN_DOUBT}


@pytest.fixture(scope="module")
def understood(rasa_house: RasaHouse) -> list[Reading]:
    """Every held-out sentence of an intent that the bot was taught."""
    assert rasa_house.port, "trained"
    model = read_intent_model(checked_model(house_settings(rasa_house.log.parent).models))
    return readings(held_out(), model, SentenceEncoder.load())


def test_held_out_sentences_are_understood(understood: list[Reading]) -> None:
    in_scope = [reading for reading in understood if reading.right != "out_of_scope"]
    confusions = Counter((reading.right, reading.taken) for reading in in_scope if not reading.is_right)
    print(f"held-out accuracy {share_right(in_scope):.3f} of {len(in_scope)}")
    for (right, taken), times in confusions.most_common():
        print(f"  {right} → {taken}: {times}")
    assert figures(understood)["own_intents_accuracy"] >= ACCURACY, confusions.most_common()


def test_what_is_out_of_scope_falls_back(understood: list[Reading]) -> None:
    beyond = [reading for reading in understood if reading.right == "out_of_scope"]
    print(f"out-of-scope recall {share_right(beyond):.3f} of {len(beyond)}")
    taken = Counter(reading.taken for reading in beyond if not reading.is_right)
    assert figures(understood)["own_intents_oos_recall"] >= OUT_OF_SCOPE_RECALL, taken.most_common()


@pytest.mark.parametrize("part", sorted(held_out()))
def test_no_slice_is_left_behind(understood: list[Reading], part: str) -> None:
    read = [reading for reading in understood if reading.part == part]
    if not read:
        pytest.skip("none of its intents is taught yet")
    print(f"{part}: {share_right(read):.3f} of {len(read)}")
    wrong = Counter((reading.right, reading.taken) for reading in read if not reading.is_right)
    assert share_right(read) >= SLICE_ACCURACY, wrong.most_common()


def test_rasa_reads_as_measured(rasa_house: RasaHouse, understood: list[Reading]) -> None:
    """What is measured on the model alone is what a customer gets."""
    told = {reading.text: rasa_house.talk().says(reading.text).intent for reading in understood[::EVERY]}
    differ = {
        reading.text: (reading.taken, told[reading.text])
        for reading in understood[::EVERY]
        if reading.taken != told[reading.text] and not {reading.taken, told[reading.text]} <= UNSURE
    }
    assert differ == {}
