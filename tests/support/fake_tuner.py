"""An encoder that was "tuned" without torch: the packaged weights as floats, changed a little where a test asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from language.encoder import SentenceEncoder
from language.encoder_files import packaged_model_file
from language.encoder_graph import weights_by_bias
from language.onnx_format import read_model

Vectors = npt.NDArray[np.float32]


class FakeFloats:
    """Stands in for the tuned model in floats."""

    def __init__(self) -> None:
        self._encoder = SentenceEncoder.load()
        model = read_model(packaged_model_file().read_bytes())
        self.weights: dict[str, npt.NDArray[np.float32]] = {}
        for bias, stem in weights_by_bias(model).items():
            name = bias.removeprefix("inner.")
            real = model.tensors[stem + "_q"] * model.tensors[stem + "_scale"]
            self.weights[name.removesuffix("bias") + "weight"] = real.T.astype(np.float32)
            self.weights[name] = np.array(model.tensors[bias])

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)

    def state(self) -> dict[str, npt.NDArray[np.float32]]:
        return self.weights


class FakeTuner:
    """Remembers what it was given to learn from, and tells of one step."""

    def __init__(self) -> None:
        self.learnt: list[str] = []

    def __call__(
        self, texts: Sequence[str], labels: Sequence[str], told: Callable[[str, float | None], None]
    ) -> FakeFloats:
        self.learnt = list(texts)
        told("loss 0.50", 1.0)
        return FakeFloats()
