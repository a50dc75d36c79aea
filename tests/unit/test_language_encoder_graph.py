"""The graph that multiplies in int8: what is in it, and how near its vectors are to those of the packaged one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer

from language import encoder_files
from language.encoder import SentenceEncoder
from language.encoder_graph import LAYERS, WIDE_IN_FLOATS, quantised
from language.onnx_format import OnnxFormatError, read_model

SENTENCES = (
    "where is my order?", "hi", "wheres my parcle its been 2 weeks!!", "thx, bye", "🙂", "close my account please",
    "can I swap the oat milk for soy in tomorrow's box", "I was charged twice and nobody answers",
    "do you deliver on sundays to the islands, and what does it cost", "what's the weather in Rome",
    "show me something nice for a birthday breakfast",
    "is the big tin of decaf coffee in stock? and how much is it compared with the small one",
)  # fmt: skip


@pytest.fixture(scope="module")
def packaged() -> bytes:
    return encoder_files.model_file().read_bytes()


@pytest.fixture(scope="module")
def graph(packaged: bytes) -> bytes:
    return quantised(packaged)


def test_products_with_weights_are_of_whole_numbers_but_for_the_named_ones(graph: bytes) -> None:
    operations = Counter(node.operation for node in read_model(graph).nodes)
    # One product makes query, key and value; the others are the way out of the attention, the wide layer and back.
    assert operations["QAttention"] == LAYERS
    assert operations["DynamicQuantizeMatMul"] == 3 * LAYERS - len(WIDE_IN_FLOATS)
    assert operations["MatMul"] == len(WIDE_IN_FLOATS)


def test_weights_are_the_packaged_ones_number_by_number(packaged: bytes, graph: bytes) -> None:
    made = read_model(graph).tensors
    name = "inner.encoder.layer.0.attention.output.dense"
    real = (made[name + ".weight"].astype(float) - made[name + ".zero"]) * made[name + ".scale"]
    old = read_model(packaged).tensors
    same = [
        stem
        for stem in (name.removesuffix("_q") for name in old if name.endswith("_q"))
        if old[stem + "_q"].shape == real.shape and np.allclose(old[stem + "_q"] * old[stem + "_scale"], real)
    ]
    assert len(same) == 1


def test_it_is_made_the_same_each_time(packaged: bytes, graph: bytes) -> None:
    assert quantised(packaged) == graph


def test_vectors_are_near_those_of_the_packaged_graph(packaged: bytes) -> None:
    encoder = SentenceEncoder.load()
    cosines = np.sum(encoder.encode(SENTENCES) * exact(packaged, SENTENCES), axis=1)
    assert cosines.mean() > 0.99
    assert cosines.min() > 0.97


def test_a_file_of_another_kind_is_refused(packaged: bytes) -> None:
    with pytest.raises(OnnxFormatError):
        quantised(b"not a model")
    with pytest.raises(OnnxFormatError, match="cut short"):
        quantised(packaged[:-1000])


def exact(model: bytes, texts: tuple[str, ...]) -> np.ndarray:
    """Encode with the packaged graph, in floats."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(encoder_files.tokenizer_file()))
    tokenizer.no_padding()
    rows = []
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids])
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        rows.append(session.run(["last_hidden_state"], feed)[0][0].mean(axis=0))
    found = np.array(rows)
    return found / np.linalg.norm(found, axis=1, keepdims=True)
