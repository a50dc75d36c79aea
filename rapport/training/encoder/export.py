"""Float weights of a tuned encoder, written as the file of int8 weights that `language.encoder_graph` reads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from language.encoder_graph import weights_by_bias
from language.onnx_format import Array, OnnxFormatError, read_model, write_model

_STEM = "inner."
Floats = npt.NDArray[np.float32]


def packed(base: bytes, state: Mapping[str, Floats]) -> bytes:
    """Put tuned weights in the place of the packaged ones.

    Parameters
    ----------
    base : the packaged model; what `state` has no weights for (embeddings) stays as it is.
    state : float weights by their names in transformers' BertModel: matrices of linear layers are (out, in).

    Returns
    -------
    bytes
        A file of the packaged one's form: matrices in 8 bits, one scale a column. It holds weights, not a graph to run.

    Raises
    ------
    OnnxFormatError : a weight is unknown to the packaged model, or has another shape there.
    """
    model = read_model(base)
    tensors: dict[str, Array] = dict(model.tensors)
    stems = weights_by_bias(model)
    for name, value in state.items():
        bias = _STEM + name.removesuffix("weight") + "bias"
        if value.ndim == 2:
            stem = stems.get(bias, "")
            weight, scale = _in_eight_bits(np.ascontiguousarray(value.T))
            _replace(tensors, stem + "_q", weight)
            _replace(tensors, stem + "_scale", scale)
        else:
            _replace(tensors, _STEM + name, value.astype(np.float32))
    tokens = ("batch", "tokens")
    return write_model(
        model.nodes,
        tensors,
        inputs={"input_ids": tokens, "attention_mask": tokens},
        outputs={"last_hidden_state": (*tokens, "384")},
        operator_sets={"": 17},
    )


def _in_eight_bits(real: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    scale = np.maximum(np.abs(real).max(axis=0, keepdims=True) / 127, np.finfo(np.float32).tiny).astype(np.float32)
    return np.rint(real / scale).astype(np.int8), scale


def _replace(tensors: dict[str, Array], name: str, value: Array) -> None:
    known = tensors.get(name)
    if known is None or known.shape != value.shape or known.dtype != value.dtype:
        raise OnnxFormatError(f"the packaged encoder has no weight {name} of the shape {value.shape}")
    tensors[name] = value
