"""Reading and writing ONNX files: what is written can be run, and is read back the same."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from language.onnx_format import Node, OnnxFormatError, read_model, write_model

STEP = np.array([[0.5, -2.0]], dtype=np.float32)


def written(nodes: list[Node], **tensors: np.ndarray) -> bytes:
    axes = {"x": ("rows", "2")}
    return write_model(nodes, tensors, inputs=axes, outputs={"y": ("rows", "2")}, operator_sets={"": 17})


@pytest.fixture
def model() -> bytes:
    return written([Node("Cast", ["x"], ["f"], attributes={"to": 1}), Node("Add", ["f", "step"], ["y"])], step=STEP)


def test_what_is_written_runs(model: bytes) -> None:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    assert session.run(["y"], {"x": np.array([[1, 2], [300, 4]])})[0].tolist() == [[1.5, 0.0], [300.5, 2.0]]


def test_an_attribute_may_be_a_real_number() -> None:
    model = written(
        [Node("Cast", ["x"], ["f"], attributes={"to": 1}), Node("Elu", ["f"], ["y"], attributes={"alpha": 0.25})]
    )
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    assert session.run(["y"], {"x": np.array([[-50, 3]])})[0].tolist() == [[-0.25, 3.0]]


def test_what_is_written_is_read_back(model: bytes) -> None:
    read = read_model(model)
    assert np.array_equal(read.tensors["step"], STEP)
    assert [(node.operation, list(node.inputs), list(node.outputs)) for node in read.nodes] == [
        ("Cast", ["x"], ["f"]),
        ("Add", ["f", "step"], ["y"]),
    ]


@pytest.mark.parametrize("kind", ["<f4", "u1", "i1", "<i4", "<i8", "?"])
def test_tensors_of_every_kind_keep_type_shape_and_numbers(kind: str) -> None:
    tensor = np.arange(600).reshape(2, 300).astype(kind)
    read = read_model(written([Node("Identity", ["x"], ["y"])], big=tensor)).tensors["big"]
    assert read.dtype == tensor.dtype
    assert np.array_equal(read, tensor)


def test_one_cut_anywhere_is_never_read_as_whole(model: bytes) -> None:
    whole = read_model(model)
    for end in range(len(model)):
        try:
            read = read_model(model[:end])
        except OnnxFormatError:
            continue
        assert read.nodes == whole.nodes  # only what comes after the graph is missing


def test_an_empty_file_has_no_graph() -> None:
    with pytest.raises(OnnxFormatError, match="no graph"):
        read_model(b"")
