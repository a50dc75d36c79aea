"""The encoder's graph, made anew from its packaged int8 weights so that it multiplies in int8.

The packaged graph turns its weights into floats and computes in floats. This one rounds what flows between the layers
to 8 bits by its range in each sentence, and fuses attention, normalisation and GELU: half the time. It is put together
in memory when the encoder is opened, so there is no file to keep, to check or to lose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from language.onnx_format import FLOAT, INT32, Array, Model, Node, OnnxFormatError, read_model, write_model

#: Counts the ways to make the graph: vectors of another number are not to be compared with these.
VERSION = 1
LAYERS = 6
HEADS = 12
#: Layers whose way back from the wide states stays in floats: rounded there, short sentences stray most.
WIDE_IN_FLOATS = (0, 1, 2)
_EPSILON = 1e-12
_CONTRIB = "com.microsoft"
_STEM = "inner."
_EMBEDDINGS = "inner.embeddings."
#: Signed weights moved into unsigned bytes. Processors without int8 dot products add two signed-by-unsigned products
#: in 16 bits, which overflows; unsigned by unsigned is exact, so that every processor gives the same vectors.
_ZERO = 128


def quantised(packaged: bytes) -> bytes:
    """Make the ONNX model that multiplies in int8 out of the packaged one.

    Returns
    -------
    bytes
        A model with inputs `input_ids` and `attention_mask`, int64 (batch, tokens), and the output
        `last_hidden_state`, float32 (batch, tokens, 384).

    Raises
    ------
    OnnxFormatError : the packaged file is not the encoder's.
    """
    model = read_model(packaged)
    try:
        return _Encoder(model).written()
    except KeyError as error:
        raise OnnxFormatError(f"the packaged encoder has no {error}") from error


class _Encoder:
    """Collects the nodes and constants of the new graph, from the tokens to the last layer's states."""

    def __init__(self, model: Model) -> None:
        self._old = model.tensors
        self._weight_of = weights_by_bias(model)
        self._nodes: list[Node] = []
        self._tensors: dict[str, Array] = {}

    def written(self) -> bytes:
        states, norm = self._embedded(), _EMBEDDINGS + "LayerNorm"
        self._node("Cast", ["attention_mask"], "mask", to=INT32)
        for layer in range(LAYERS):
            at = f"inner.encoder.layer.{layer}."
            states = self._layer(states, norm, at, wide_in_floats=layer in WIDE_IN_FLOATS)
            norm = at + "output.LayerNorm"
        self._node("Identity", [states], "last_hidden_state")
        tokens = ("batch", "tokens")
        return write_model(
            self._nodes,
            self._tensors,
            inputs={"input_ids": tokens, "attention_mask": tokens},
            outputs={"last_hidden_state": (*tokens, "384")},
            operator_sets={"": 17, _CONTRIB: 1},
        )

    def _embedded(self) -> str:
        """Look words up in 8 bits and scale only what was found; all tokens are of type 0, so it joins the places."""
        rows = self._old[_EMBEDDINGS + "position_embeddings.weight_q"].astype(np.float32)
        places = rows * self._old[_EMBEDDINGS + "position_embeddings.weight_scale"]
        places = places + self._old[_EMBEDDINGS + "token_type_embeddings.weight"][0]
        words = self._constant("words", self._old[_EMBEDDINGS + "word_embeddings.weight_q"])
        scales = self._constant("scales", self._old[_EMBEDDINGS + "word_embeddings.weight_scale"])
        first = self._constant("first", np.zeros(1, dtype=np.int64))
        self._node("Shape", ["input_ids"], "length", start=1, end=2)
        self._node("Slice", [self._constant("places", places), first, "length", first], "place")
        self._node("Gather", [words, "input_ids"], "word_q")
        self._node("Cast", ["word_q"], "word_f", to=FLOAT)
        self._node("Gather", [scales, "input_ids"], "word_scale")
        self._node("Mul", ["word_f", "word_scale"], "word")
        self._node("Add", ["word", "place"], "summed")
        norm = [self._copied(_EMBEDDINGS + "LayerNorm.weight"), self._copied(_EMBEDDINGS + "LayerNorm.bias")]
        return self._node("LayerNormalization", ["summed", *norm], "states", epsilon=_EPSILON)

    def _layer(self, states: str, norm: str, at: str, *, wide_in_floats: bool) -> str:
        attended = self._attention(states, norm, at)
        added = self._dense(attended, at + "attention.output.dense")
        middle = self._normalised(added, states, at + "attention.output")
        evened, factors = self._evened(middle, at + "attention.output.LayerNorm", [at + "intermediate.dense.bias"])
        wide = self._dense(evened, at + "intermediate.dense", factors)
        bent = self._node("BiasGelu", [wide, self._copied(at + "intermediate.dense.bias")], at + "gelu", _CONTRIB)
        name = at + "output.dense"
        back = self._dense_in_floats(bent, name) if wide_in_floats else self._dense(bent, name)
        return self._normalised(back, middle, at + "output")

    def _attention(self, states: str, norm: str, at: str) -> str:
        parts = [f"{at}attention.self.{part}.bias" for part in ("query", "key", "value")]
        evened, factors = self._evened(states, norm, parts)
        weight, scale, zero = self._weights(at + "qkv", parts, factors)
        bias = self._constant(at + "qkv.bias", np.concatenate([self._old[part] for part in parts]))
        seen, seen_scale, seen_zero = (at + name for name in ("seen", "seen.scale", "seen.zero"))
        self._nodes.append(Node("DynamicQuantizeLinear", [evened], [seen, seen_scale, seen_zero]))
        inputs = [seen, weight, bias, seen_scale, scale, "mask", seen_zero, zero]
        return self._node("QAttention", inputs, at + "attended", _CONTRIB, num_heads=HEADS)

    def _dense(self, states: str, name: str, factors: Array | None = None) -> str:
        """Multiply; the bias is added in what follows."""
        weights = self._weights(name, [name + ".bias"], factors)
        return self._node("DynamicQuantizeMatMul", [states, *weights], name + ".product", _CONTRIB)

    def _dense_in_floats(self, states: str, name: str) -> str:
        weight = self._constant(name + ".weight", self._real([name + ".bias"]))
        return self._node("MatMul", [states, weight], name + ".product")

    def _evened(self, states: str, norm: str, biases: Sequence[str]) -> tuple[str, Array]:
        """Divide each column of the states by a factor that the weights' rows then carry.

        A few columns are far wider than the rest, and one range for all leaves those few steps. How wide a column is,
        its normalisation tells without any sentence: its bias and three times its spread.
        """
        width = np.abs(self._old[norm + ".bias"]) + 3 * np.abs(self._old[norm + ".weight"])
        factors = np.sqrt(width / np.abs(self._real(biases)).max(axis=1))
        factors = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
        name = biases[0] + ".evened"
        return self._node("Mul", [states, self._constant(name + ".by", 1 / factors)], name), factors

    def _normalised(self, states: str, passed_by: str, name: str) -> str:
        constants = [f"{name}.LayerNorm.weight", f"{name}.LayerNorm.bias", f"{name}.dense.bias"]
        inputs = [states, passed_by, *map(self._copied, constants)]
        return self._node("SkipLayerNormalization", inputs, name + ".states", _CONTRIB, epsilon=_EPSILON)

    def _weights(self, name: str, biases: Sequence[str], factors: Array | None) -> tuple[str, str, str]:
        """Put the weights that stand before these biases side by side, one scale and zero for each column."""
        real = self._real(biases)
        if factors is not None:
            real = real * factors[:, None]
        scales = np.abs(real).max(axis=0) / 127
        weight = (np.rint(real / scales) + _ZERO).astype(np.uint8)
        return (
            self._constant(name + ".weight", weight),
            self._constant(name + ".scale", scales.astype(np.float32)),
            self._constant(name + ".zero", np.full(scales.shape, _ZERO, dtype=np.uint8)),
        )

    def _real(self, biases: Sequence[str]) -> Array:
        """Give the weights that stand before these biases as the floats they mean, side by side."""
        stems = [self._weight_of[bias] for bias in biases]
        return np.concatenate([self._old[stem + "_q"] * self._old[stem + "_scale"] for stem in stems], axis=1)

    def _copied(self, name: str) -> str:
        return self._constant(name, self._old[name])

    def _constant(self, name: str, value: Array) -> str:
        self._tensors[name] = value
        return name

    def _node(
        self, operation: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: int | float
    ) -> str:
        self._nodes.append(Node(operation, inputs, [output], domain, attributes))
        return output


def weights_by_bias(model: Model) -> Mapping[str, str]:
    """Find the name of the weights whose product each bias is added to: the weights' own names are mere numbers."""
    makers = {output: node for node in model.nodes for output in node.outputs}
    found = {}
    for node in model.nodes:
        biases = [name for name in node.inputs if name.startswith(_STEM) and name.endswith(".bias")]
        if node.operation != "Add" or len(biases) != 1:
            continue
        maker = makers[next(name for name in node.inputs if name != biases[0])]
        if maker.operation == "MatMul":
            found[biases[0]] = maker.inputs[1]
    return found
