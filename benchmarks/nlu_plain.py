"""The baseline of `rapport bench nlu`: TF-IDF of words and pieces of words, and a linear support vector machine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from benchmarks.nlu_data import Sentences


class PlainModel:
    """scikit-learn as its users put it together, trained on construction."""

    def __init__(self, sentences: Sentences) -> None:
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
        self._model = make_pipeline(make_union(words, pieces), LinearSVC())
        self._model.fit(sentences.texts, sentences.labels)
        #: In the order of the columns of `scores`.
        self.labels: tuple[str, ...] = tuple(self._model.classes_)

    def scores(self, sentences: Sentences) -> npt.NDArray[np.float64]:
        """Give (sentences, labels): the distance of each sentence to the border of each label."""
        distances: npt.NDArray[np.float64] = self._model.decision_function(sentences.texts)
        return distances
