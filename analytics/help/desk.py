"""Answering a question with a passage of the help pages, or with nothing where no page is about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from analytics.catalogue.words import words_of
from analytics.facade import AnalyticsUnavailable
from analytics.help.lexical import LexicalIndex
from analytics.help.meaning import Encoder, MeaningIndex
from analytics.help.passages import Passage, passages_of, searched
from analytics.help_records import HelpPage, HelpPassage
from language.encoder import SentenceEncoder
from language.encoder_files import EncoderFileError

#: How much the words say beside the meaning. Chosen on the tuning questions of tests/quality/help_questions.yml among
#: 0, 0.2 … 1.5: all that from 0.6 to 1.0 is as good, words alone find far fewer pages, meaning alone some fewer.
WORDS = 0.8
#: Below it no page is about the question: chosen on the same questions, see docs/how-to/help-pages.md.
LEAST_SCORE = 0.32


class HelpDesk:
    """Searches the pages by words and by meaning; shared by all threads.

    Parameters
    ----------
    pages : all pages of the shop.
    folder : keeps the vectors of the passages between starts.
    open_encoder : opens the sentence encoder, at the first question: a process that only shows pages needs none.
    """

    def __init__(
        self, pages: Sequence[HelpPage], folder: Path, open_encoder: Callable[[], Encoder] = SentenceEncoder.load
    ) -> None:
        self.pages = tuple(pages)
        self._passages: tuple[Passage, ...] = passages_of(pages)
        self._page_of = np.repeat(np.arange(len(self.pages)), [len(searched(page)) for page in self.pages])
        self._words = LexicalIndex(self._passages)
        self._folder = folder
        self._open_encoder = open_encoder
        self._meaning: MeaningIndex | None = None
        self._lock = Lock()

    def find(self, question: str, limit: int) -> list[HelpPassage]:
        """Give the best passage of each page that is about the question, best page first.

        Raises
        ------
        AnalyticsUnavailable
            The sentence encoder is not installed.
        """
        if not self._passages or not words_of(question):
            return []
        scores = self.scores(question)
        found: list[HelpPassage] = []
        seen: set[int] = set()
        for at in np.argsort(-scores, kind="stable"):
            if len(found) >= limit or scores[at] < LEAST_SCORE:
                break
            page = int(self._page_of[at])
            if page not in seen:
                seen.add(page)
                found.append(_passage(self._passages[at], float(scores[at])))
        return found

    def scores(self, question: str) -> NDArray[np.float32]:
        """Give how well each passage fits, 0..1, in the order of pages and sections."""
        meaning, words = self._meanings().scores(question), self._words.scores(question)
        fused: NDArray[np.float32] = ((meaning + WORDS * words) / (1 + WORDS)).astype(np.float32)
        return fused

    def _meanings(self) -> MeaningIndex:
        with self._lock:
            if self._meaning is None:
                try:
                    encoder = self._open_encoder()
                except EncoderFileError as error:
                    raise AnalyticsUnavailable(f"Help pages can't be searched: {error}") from error
                self._meaning = MeaningIndex(self._passages, encoder, self._folder)
            return self._meaning


def _passage(passage: Passage, score: float) -> HelpPassage:
    return HelpPassage(title=passage.title, text=passage.text, url=passage.url, score=round(score, 4))
