"""One sentence, one vector: the encoder that intent, sentiment and product linking share."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from language import encoder_files, encoder_graph
from language.memory import give_back

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
#: The model was trained on at most 128 word pieces; a customer's message rarely has more than 40.
MAX_TOKENS = 128
#: Names how vectors of the packaged encoder come about: those of another name are not to be compared with these.
FINGERPRINT = f"{encoder_files.MODEL_SHA256[:12]}-{encoder_graph.VERSION}"


class OtherEncoderError(RuntimeError):
    """A model was trained on the vectors of another encoder than the one in use."""


def fingerprint() -> str:
    """Give the name of the encoder that this process uses: `FINGERPRINT`, or that of the weights it was told to use."""
    return f"{encoder_files.weights_sha256()[:12]}-{encoder_graph.VERSION}"


def check_same_encoder(trained_on: str | None) -> None:
    """Make sure that a model learnt from vectors like ours.

    Parameters
    ----------
    trained_on : the `fingerprint()` kept with the model; None where none was, as older releases did.

    Raises
    ------
    OtherEncoderError : it is another one.
    """
    if trained_on != fingerprint():
        raise OtherEncoderError(
            f"The model was trained with the encoder {trained_on or 'of an older release'}, the one in "
            f"use is {fingerprint()}: run `rapport train`."
        )


class SentenceEncoder:
    """all-MiniLM-L6-v2 on ONNX Runtime: mean of the token states, scaled to length 1.

    Parameters
    ----------
    model : an ONNX model with the inputs `input_ids` and `attention_mask`, as `encoder_graph.quantised` makes it.
    tokenizer : the tokenizer's file; see `load` for the packaged one.
    threads : threads of one inference, >= 1. One is best for short messages and keeps a server's other cores free.
    remembered : how many single sentences keep their vector (a greeting is typed every minute).
    """

    def __init__(self, model: bytes, tokenizer: Path, *, threads: int = 1, remembered: int = 512) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        self._remember = functools.lru_cache(maxsize=remembered)(self._encode_one)

    @classmethod
    def load(cls, *, threads: int = 1, remembered: int = 512) -> SentenceEncoder:
        """Open the packaged encoder, made to multiply in int8 (half a second, 100 MB).

        Raises
        ------
        EncoderFileError : a file is missing or is not the tested one.
        """
        model = encoder_graph.quantised(encoder_files.model_file().read_bytes())
        encoder = cls(model, encoder_files.tokenizer_file(), threads=threads, remembered=remembered)
        del model
        give_back()
        return encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts; each is cut after 128 word pieces.

        Returns
        -------
        float32 array (len(texts), 384) in the order of `texts`, each row of length 1 (an empty text too).
        """
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        if len(texts) == 1:
            vectors[0] = self._remember(texts[0])
            return vectors
        # One by one: numbers are rounded by their range in the whole input, so in a batch a sentence's vector would
        # depend on its neighbours. Hardly slower, for nothing is computed for padding.
        for row, text in enumerate(texts):
            vectors[row] = self._encode_one(text)
        return vectors

    def _encode_one(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        states = self._session.run(["last_hidden_state"], feed)[0]
        mean = states[0].mean(axis=0)
        unit: Vectors = mean / np.linalg.norm(mean)
        return unit
