"""One sentence, one vector: the encoder that intent, sentiment and product linking share."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from language import encoder_files
from language.memory import give_back

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
#: The model was trained on at most 128 word pieces; a customer's message rarely has more than 40.
MAX_TOKENS = 128
_BATCH = 32


class SentenceEncoder:
    """all-MiniLM-L6-v2 on ONNX Runtime: mean of the token states, scaled to length 1.

    Parameters
    ----------
    model, tokenizer : files of the encoder; see `load` for the packaged ones.
    threads : threads of one inference, >= 1. One is best for short messages and keeps a server's other cores free.
    remembered : how many single sentences keep their vector (a greeting is typed every minute).
    """

    def __init__(self, model: Path, tokenizer: Path, *, threads: int = 1, remembered: int = 512) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        self._remember = functools.lru_cache(maxsize=remembered)(self._encode_one)

    @classmethod
    def load(cls, *, threads: int = 1, remembered: int = 512) -> SentenceEncoder:
        """Open the packaged encoder (about half a second, 100 MB).

        Raises
        ------
        EncoderFileError : a file is missing or is not the tested one.
        """
        files = encoder_files.model_file(), encoder_files.tokenizer_file()
        encoder = cls(*files, threads=threads, remembered=remembered)
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
        for rows, encoded in self._batches(texts):
            vectors[rows] = encoded
        return vectors

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._run([self._tokenizer.encode(text).ids])[0]
        return vector

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        # Sentences of like length share a batch: hardly any padding is computed.
        order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            yield rows, self._run([pieces[row] for row in rows])

    def _run(self, pieces: list[list[int]]) -> Vectors:
        width = max(len(ids) for ids in pieces)
        ids = np.zeros((len(pieces), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sentence in enumerate(pieces):
            ids[row, : len(sentence)] = sentence
            mask[row, : len(sentence)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(["last_hidden_state"], feed)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (states * weights).sum(axis=1) / weights.sum(axis=1)
        unit: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit
