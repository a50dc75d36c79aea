"""As much of the ONNX file format as a sentence encoder needs: read tensors and nodes, write a graph.

An ONNX file is one protobuf message. The `onnx` package would read it, but weighs 31 MB, and Rasa's environment pins
another protobuf; what is needed of the format are varints and length-delimited fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
#: A varint, or the bytes of a text, a message or a packed list.
Value = int | bytes | memoryview

#: TensorProto.DataType and the numpy types we meet.
_DTYPES = {1: "<f4", 2: "u1", 3: "i1", 6: "<i4", 7: "<i8", 9: "?"}
_CODES = {np.dtype(name): code for code, name in _DTYPES.items()}
FLOAT, INT32, INT64 = 1, 6, 7
_VARINT, _EIGHT_BYTES, _BYTES, _FOUR_BYTES = 0, 1, 2, 5


class OnnxFormatError(ValueError):
    """The bytes are no ONNX model of the kind we read."""


@dataclass(frozen=True)
class Node:
    """One operation of a graph; `attributes` may be int or float."""

    operation: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    domain: str = ""
    attributes: Mapping[str, int | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """What was read of a file: constants by name, and nodes in order (without their attributes)."""

    tensors: Mapping[str, Array]
    nodes: Sequence[Node]


def read_model(data: bytes) -> Model:
    """Read an ONNX model whose constants stand in it as raw bytes.

    Returns
    -------
    Model
        Its arrays are views of `data`: nothing is copied.

    Raises
    ------
    OnnxFormatError : the bytes are cut short, or hold a kind of tensor that we do not read.
    """
    tensors: dict[str, Array] = {}
    nodes = []
    for graph in _messages(memoryview(data), 7):
        nodes += [_node(node) for node in _messages(graph, 1)]
        tensors |= dict(_tensor(tensor) for tensor in _messages(graph, 5))
    if not nodes:
        raise OnnxFormatError("there is no graph in it")
    return Model(tensors, nodes)


def write_model(
    nodes: Sequence[Node],
    tensors: Mapping[str, Array],
    inputs: Mapping[str, Sequence[str]],
    outputs: Mapping[str, Sequence[str]],
    operator_sets: Mapping[str, int],
) -> bytes:
    """Write an ONNX model (format 8).

    Parameters
    ----------
    inputs : int64 tensors, name to the names of its axes. outputs : the same in float32.
    operator_sets : domain to version.
    """
    graph = [(1, _node_bytes(node)) for node in nodes]
    graph.append((2, b"encoder"))
    graph += [(5, _tensor_bytes(name, tensor)) for name, tensor in tensors.items()]
    graph += [(11, _declared(name, INT64, axes)) for name, axes in inputs.items()]
    graph += [(12, _declared(name, FLOAT, axes)) for name, axes in outputs.items()]
    sets = [(8, _message([(1, domain.encode()), (2, version)])) for domain, version in operator_sets.items()]
    return _message([(1, 8), (2, b"rapport"), (7, _message(graph)), *sets])


def _fields(data: memoryview) -> Iterator[tuple[int, Value]]:
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        kind = key & 7
        if kind == _VARINT:
            value, place = _varint(data, place)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, place = _varint(data, place)
        elif kind in (_FOUR_BYTES, _EIGHT_BYTES):
            size = 4 if kind == _FOUR_BYTES else 8
        else:
            raise OnnxFormatError(f"unknown wire type {kind}")
        if place + size > len(data):
            raise OnnxFormatError("it is cut short")
        yield key >> 3, data[place : place + size]
        place += size


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    value = shift = 0
    while place < len(data):
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
    raise OnnxFormatError("it is cut short")


def _messages(data: memoryview, number: int) -> list[memoryview]:
    return [value for found, value in _fields(data) if found == number and isinstance(value, memoryview)]


def _texts(data: memoryview, number: int) -> list[str]:
    return [bytes(value).decode() for value in _messages(data, number)]


def _node(data: memoryview) -> Node:
    return Node("".join(_texts(data, 4)), _texts(data, 1), _texts(data, 2), "".join(_texts(data, 7)))


def _tensor(data: memoryview) -> tuple[str, Array]:
    shape: list[int] = []
    code, raw = 0, memoryview(b"")
    for number, value in _fields(data):
        if number == 1:
            shape += _dimensions(value)
        elif number == 2 and isinstance(value, int):
            code = value
        elif number == 9 and isinstance(value, memoryview):
            raw = value
    name = "".join(_texts(data, 8))
    try:
        return name, np.frombuffer(raw, dtype=_DTYPES[code]).reshape(shape)
    except (KeyError, ValueError) as error:
        raise OnnxFormatError(f"the tensor {name} cannot be read ({error})") from error


def _dimensions(value: Value) -> list[int]:
    """Give the dimensions of one field: a single one, or several packed together."""
    if isinstance(value, int):
        return [value]
    packed, place, found = memoryview(value), 0, []
    while place < len(packed):
        size, place = _varint(packed, place)
        found.append(size)
    return found


def _message(fields: Sequence[tuple[int, Value]]) -> bytes:
    parts: list[bytes | memoryview] = []
    for number, value in fields:
        if isinstance(value, int):
            parts.append(_varint_bytes(number << 3 | _VARINT) + _varint_bytes(value))
        else:
            parts += [_varint_bytes(number << 3 | _BYTES) + _varint_bytes(len(value)), value]
    return b"".join(parts)


def _varint_bytes(value: int) -> bytes:
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _node_bytes(node: Node) -> bytes:
    fields: list[tuple[int, Value]] = [(1, name.encode()) for name in node.inputs]
    fields += [(2, name.encode()) for name in node.outputs]
    fields += [(4, node.operation.encode()), (7, node.domain.encode())]
    return _message(fields + [(5, _attribute(name, value)) for name, value in node.attributes.items()])


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, int):
        return _message([(1, name.encode()), (3, value), (20, 2)])
    four_bytes = _varint_bytes(2 << 3 | _FOUR_BYTES) + np.array(value, dtype="<f4").tobytes()
    return _message([(1, name.encode()), (20, 1)]) + four_bytes


def _tensor_bytes(name: str, tensor: Array) -> bytes:
    shape: list[tuple[int, Value]] = [(1, size) for size in tensor.shape]
    return _message([*shape, (2, _CODES[tensor.dtype]), (8, name.encode()), (9, tensor.tobytes())])


def _declared(name: str, code: int, axes: Sequence[str]) -> bytes:
    """Give a ValueInfoProto: an axis that is a number has that size, any other one a size that varies."""
    sizes = [(1, _message([(1, int(axis)) if axis.isdigit() else (2, axis.encode())])) for axis in axes]
    tensor = _message([(1, code), (2, _message(sizes))])
    return _message([(1, name.encode()), (2, _message([(1, tensor)]))])
