"""The sentence encoder: which files it trusts, and what its vectors promise."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from language import encoder_files
from language.encoder import DIMENSIONS, FINGERPRINT, OtherEncoderError, SentenceEncoder, check_same_encoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load()


def test_a_vector_has_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["where is my order?", "", "🙂", "word " * 500])
    assert vectors.shape == (4, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_a_sentence_has_the_same_vector_alone_and_in_company(encoder: SentenceEncoder) -> None:
    alone = encoder.encode(["thanks"])[0]
    together = encoder.encode(["thanks", "do you have decaf coffee in large tins, please?"])[0]
    assert np.array_equal(together, alone)


def test_sentences_of_one_meaning_are_nearer_than_others(encoder: SentenceEncoder) -> None:
    order, parcel, coffee = encoder.encode(["where is my order?", "when does my parcel arrive?", "decaf coffee"])
    assert order @ parcel > 0.5 > order @ coffee


def test_no_sentences_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_what_is_remembered_cannot_be_changed_by_a_caller(encoder: SentenceEncoder) -> None:
    first = encoder.encode(["hello"])
    first[:] = 0
    assert np.linalg.norm(encoder.encode(["hello"])) == pytest.approx(1, abs=1e-5)


def test_a_changed_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    changed = tmp_path / "model.onnx"
    changed.write_bytes(b"not the model")
    with pytest.raises(encoder_files.EncoderFileError, match="make setup"):
        encoder_files.checked(changed, encoder_files.MODEL_SHA256)


def test_the_tested_file_is_accepted(tmp_path: Path) -> None:
    known = tmp_path / "model.onnx"
    known.write_bytes(b"the model")
    assert encoder_files.checked(known, hashlib.sha256(b"the model").hexdigest()) == known


def test_a_missing_file_or_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(encoder_files.EncoderFileError, match=r"nothing\.onnx is missing"):
        encoder_files.checked(tmp_path / "nothing.onnx", encoder_files.MODEL_SHA256)
    with pytest.raises(encoder_files.EncoderFileError, match="no_such_package is not installed"):
        encoder_files.packaged("no_such_package", "model.onnx")


def test_a_model_of_this_encoder_is_accepted() -> None:
    check_same_encoder(FINGERPRINT)


@pytest.mark.parametrize("trained_on", [None, "", FINGERPRINT + "1"])
def test_a_model_of_another_encoder_is_refused_with_the_remedy(trained_on: str | None) -> None:
    with pytest.raises(OtherEncoderError, match="rapport train"):
        check_same_encoder(trained_on)
