"""Tuning the encoder: exported faithfully, judged on what it never saw, used only where it is better, and forgotten."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.launch.encoder import choose
from language import encoder_files
from language.encoder import FINGERPRINT, SentenceEncoder, fingerprint
from language.encoder_graph import quantised
from language.onnx_format import OnnxFormatError
from rapport.cli.main import make_app
from rapport.errors import InputError, TrainingError
from rapport.training.encoder import keeping
from rapport.training.encoder.export import packed
from rapport.training.encoder.judging import Judgement
from rapport.training.encoder.running import tune_encoder
from rapport.training.encoder.split import Split
from rapport.training.encoder.tuning import missing
from tests.support.fake_tuner import FakeFloats, FakeTuner

PLACES = ("the shop", "the app", "my phone", "the website", "the chat", "the store", "my account", "town", "the till")
SAYS = {
    "ask_hours": "is {} open on sundays", "ask_offers": "any deals in {} today",
    "track_order": "where is my parcel in {}",
    "greet": "hello there {}", "goodbye": "bye bye from {}", "complain": "{} is terrible and slow",
    "ask_payment": "can i pay by card in {}", "thank": "thank you {}", "ask_help": "how does {} work",
    "recommend": "what would you suggest in {}", "deny": "no, not {}", "affirm": "yes, {} please",
    "search_product": "do you sell milk in {}", "ask_returns": "can i give it back in {}",
}  # fmt: skip
BETTER = Judgement(
    held_out=20, packaged=0.8, tuned=0.9, parity=0.996, mood_change=0.01, aspects_packaged=0.9, aspects_tuned=0.9
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a few sentences of each of fourteen intents."""
    lines = ["nlu:"]
    for intent, pattern in SAYS.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {pattern.format(place)}" for place in PLACES)]
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "all.yml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.fixture
def models(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "models"
    encoder_files.use_packaged()


def quiet(_text: str, _share: float | None = None) -> None:
    """Hear nothing."""


def keep(models: Path, weights: bytes) -> str:
    keeping.keep(models, weights, trained_at=datetime.now(UTC), sentences=7, figures={"tuned": 0.9})
    tuned = keeping.current_encoder(models)
    assert tuned is not None
    return tuned.sha256


def test_exported_weights_give_the_vectors_of_the_model_they_were_made_of() -> None:
    floats = FakeFloats()
    weights = packed(encoder_files.packaged_model_file().read_bytes(), floats.state())
    encoder = SentenceEncoder(quantised(weights), encoder_files.tokenizer_file())
    texts = ["where is my order?", "hi", "wheres my parcle its been 2 weeks!!", "close my account please"]
    assert np.sum(encoder.encode(texts) * floats.encode(texts), axis=1).min() > 0.999


def test_weights_of_another_shape_are_refused() -> None:
    base = encoder_files.packaged_model_file().read_bytes()
    name = "encoder.layer.0.output.dense.weight"
    for state in ({name: np.zeros((3, 3), np.float32)}, {"encoder.layer.9.output.dense.weight": np.eye(3, dtype="f4")}):
        with pytest.raises(OnnxFormatError, match="no weight"):
            packed(base, state)


def test_a_sentence_stays_held_out_when_others_are_added() -> None:
    texts = [f"sentence number {number}" for number in range(300)]
    few, many = (Split.of(texts[:count], ["a", "b"] * (count // 2)) for count in (200, 300))
    assert {texts[row] for row in few.held_out} == {texts[row] for row in many.held_out if row < 200}
    assert 0.1 < len(many.held_out) / 300 < 0.3
    with pytest.raises(TrainingError, match="too few"):
        Split.of(texts[:20], ["a", "b"] * 10)


def test_an_encoder_that_is_no_better_changes_nothing(project: Path, models: Path) -> None:
    tuner, heard = FakeTuner(), list[str]()
    tuned = tune_encoder(project, models, lambda text, _share=None: heard.append(text), tuner)
    assert not tuned.used
    assert tuned.judgement.packaged == tuned.judgement.tuned > 0.5
    assert tuned.judgement.parity > 0.999
    assert "no more than the packaged" in tuned.judgement.fault
    assert not models.exists()
    assert heard == ["loss 0.50", "write in 8 bits", "measure both encoders"]
    assert 0 < len(tuner.learnt) < len(SAYS) * len(PLACES)


def test_a_better_one_is_kept_used_and_forgotten(project: Path, models: Path) -> None:
    assert tune_encoder(project, models, quiet, FakeTuner(), lambda *_: BETTER).used
    known = keeping.current_encoder(models)
    assert known is not None
    assert (known.figures["tuned"], known.sentences > 0) == (0.9, True)
    keeping.use_current_encoder(models)
    assert fingerprint() != FINGERPRINT
    assert SentenceEncoder.load().encode(["hello"]).shape == (1, 384)
    assert keeping.forget(models)
    assert not keeping.forget(models)
    keeping.use_current_encoder(models)
    assert fingerprint() == FINGERPRINT
    keeping.tidy(models)
    assert list(models.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({}, ""),
        ({"tuned": 0.8}, "understands no more"),
        ({"parity": 0.98}, "strays from the float model"),
        ({"mood_change": 0.2}, "moods would be read otherwise"),
        ({"aspects_tuned": 0.85}, "aspects are read worse"),
    ],
)
def test_it_must_be_better_and_spoil_nothing(changed: dict[str, float], fault: str) -> None:
    told = replace(BETTER, **changed).fault
    assert bool(told) == bool(fault)
    assert fault in told


def test_rasas_process_is_told_which_encoder_to_open(models: Path) -> None:
    assert keeping.environment(models, "") == {}
    told = keeping.environment(models, keep(models, b"weights"))
    choose(told)
    assert encoder_files.weights_sha256() == told["RAPPORT_ENCODER_SHA256"]
    assert encoder_files.model_file().read_bytes() == b"weights"


def test_weights_that_were_changed_are_refused_with_the_remedy(models: Path) -> None:
    sha256 = keep(models, b"weights")
    keeping.weights_file(models, sha256).write_bytes(b"others")
    with pytest.raises(TrainingError, match="--forget"):
        keeping.environment(models, sha256)
    (models / keeping.RECORD).write_text("{}", encoding="utf-8")
    with pytest.raises(TrainingError, match="--forget"):
        keeping.current_encoder(models)
    assert keeping.forget(models)


def test_the_command_says_what_to_install_and_how_its_options_go_together() -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(make_app(), ["train", *arguments]).exception

    assert isinstance(run("--forget"), InputError)
    if importlib.util.find_spec("torch") is None:
        fault = run("--encoder")
        assert isinstance(fault, TrainingError)
        assert "torch" in missing()
        assert "requirements/train.in" in str(fault)
