"""`rapport bench nlu`: intents, what is beyond them, and sentiment on public sets, beside plain TF-IDF and VADER."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from benchmarks import nlu_latency
from benchmarks.nlu_data import FOLDER, Sentences, Split, banking77, clinc150
from benchmarks.nlu_plain import PlainModel
from benchmarks.own_intents import figures as own_figures
from benchmarks.own_intents import held_out
from benchmarks.own_intents import readings as own_readings
from language.encoder import SentenceEncoder
from language.intent.calibration import calibration_error
from language.intent.model import OUT_OF_SCOPE, IntentModel
from language.intent.scope import REJECTED
from language.intent.training import train
from language.sentiment_data import DataAbsentError
from language.train_sentiment import train as train_sentiment
from rapport.errors import BenchError
from rapport.paths import PROJECT
from rapport.training.nlu import training_sentences

Figures = dict[str, float]
Numbers = npt.NDArray[np.float64]


def run(quick: bool) -> dict[str, Any]:
    """Train on the parts made for training, measure on the others.

    Parameters
    ----------
    quick : every eighth sentence, and no sentiment (it reads 20,000 sentences).

    Returns
    -------
    dict
        In the form of every benchmark. `banking77_ece`: expected calibration error, lower is better, 15 bins.
        `clinc150_in_scope_accuracy`: of the best of the 150 intents. `clinc150_oos_recall`: share of what is beyond
        that is told so where 4 % of what is in scope is rejected. `…_as_trained`: the same with the bound chosen in
        training, and what that bound costs in scope.
        `own_intents_accuracy`, `own_intents_oos_recall`: of the sentences in `tests/conversations/held_out`, which are
        not in the training data. `nlu_p50_ms`, `nlu_p95_ms`, `nlu_per_s`: the whole pipeline on one core, beside stock
        Rasa where it is installed.
        `movies_r`, `editorials_r`: Pearson's r on a domain the sentiment head was not trained on.

    Raises
    ------
    BenchError
        A public set is missing.
    """
    began = time.perf_counter()
    sets = {"banking77": banking77(quick), "clinc150": clinc150(quick)}
    encoder = SentenceEncoder.load()
    figures = _banking(sets["banking77"], encoder) | _clinc(sets["clinc150"], encoder)
    baselines = {"tfidf_linear_svc": _plain_banking(sets["banking77"]) | _plain_clinc(sets["clinc150"])}
    own, own_baselines = _own(encoder, quick)
    figures |= own
    for name, told in own_baselines.items():
        baselines[name] = baselines.get(name, {}) | told
    if not quick:
        moods, baselines["vader"] = _sentiment()
        figures |= moods
    best = {key: _best(key, list(baselines.values())) for base in baselines.values() for key in base}
    return {
        "bench": "nlu",
        "sizes": {name: {"train": len(split.train), "test": len(split.test)} for name, split in sets.items()},
        "figures": {key: round(value, 4) for key, value in figures.items()},
        "baselines": {name: {key: round(value, 4) for key, value in base.items()} for name, base in baselines.items()},
        "ratio": {key: round(_ratio(key, figures[key], value), 3) for key, value in best.items()},
        "seconds": round(time.perf_counter() - began, 1),
    }


def _best(key: str, baselines: list[Figures]) -> float:
    told = [base[key] for base in baselines if key in base]
    return min(told) if key.endswith("_ms") else max(told)


def _ratio(key: str, ours: float, theirs: float) -> float:
    """Above 1 is better than the baseline, for times too."""
    return theirs / ours if key.endswith("_ms") else ours / theirs


def _own(encoder: SentenceEncoder, quick: bool) -> tuple[Figures, dict[str, Figures]]:
    """Measure the bot's own intents and its whole pipeline; stock Rasa trains for minutes, so not when quick."""
    taught = Sentences(*map(tuple, training_sentences(PROJECT)))
    slices = held_out()
    read = own_readings(slices, _trained(taught, encoder), encoder)
    texts = [one.text for one in read]
    plain = PlainModel(taught)
    guessed = plain.scores(Sentences(tuple(texts), tuple(one.right for one in read))).argmax(axis=1)
    as_plain = [replace(one, taken=plain.labels[best]) for one, best in zip(read, guessed, strict=True)]
    figures = own_figures(read) | nlu_latency.ours(texts).times()
    baselines = {"tfidf_linear_svc": own_figures(as_plain)}
    stock = None if quick else nlu_latency.stock(texts)
    if stock is not None:
        baselines["stock_rasa"] = nlu_latency.stock_figures(read, stock)
    return figures, baselines


def _trained(sentences: Sentences, encoder: SentenceEncoder) -> IntentModel:
    return train(sentences.texts, encoder.encode(sentences.texts), sentences.labels).model


def _banking(split: Split, encoder: SentenceEncoder) -> Figures:
    model = _trained(split.train, encoder)
    confidences = model.read(split.test.texts, encoder.encode(split.test.texts)).confidences
    right = np.array(model.labels)[confidences.argmax(axis=1)] == np.array(split.test.labels)
    return {
        "banking77_accuracy": float(right.mean()),
        "banking77_ece": calibration_error(confidences.max(axis=1), right),
    }


def _clinc(split: Split, encoder: SentenceEncoder) -> Figures:
    model = _trained(split.train, encoder)
    read = model.read(split.test.texts, encoder.encode(split.test.texts))
    inside = np.array(split.test.labels) != OUT_OF_SCOPE
    return _scope_figures(model.labels, read.confidences, read.scope, split.test) | {
        "clinc150_oos_recall_as_trained": float((read.scope[~inside] < 0.5).mean()),
        "clinc150_in_scope_rejected_as_trained": float((read.scope[inside] < 0.5).mean()),
    }


def _plain_banking(split: Split) -> Figures:
    plain = PlainModel(split.train)
    best = np.array(plain.labels)[plain.scores(split.test).argmax(axis=1)]
    return {"banking77_accuracy": float((best == np.array(split.test.labels)).mean())}


def _plain_clinc(split: Split) -> Figures:
    plain = PlainModel(split.train)
    scores = plain.scores(split.test)
    lead = scores.copy()
    beyond = plain.labels.index(OUT_OF_SCOPE)
    lead[:, beyond] = -np.inf
    scope = lead.max(axis=1) - scores[:, beyond]
    return _scope_figures(plain.labels, scores, scope, split.test)


def _scope_figures(labels: tuple[str, ...], scores: Numbers, scope: Numbers, test: Sentences) -> Figures:
    known = np.array([label != OUT_OF_SCOPE for label in labels])
    best = np.array(labels)[np.where(known, scores, -np.inf).argmax(axis=1)]
    truth = np.array(test.labels)
    inside = truth != OUT_OF_SCOPE
    return {
        "clinc150_in_scope_accuracy": float((best == truth)[inside].mean()),
        "clinc150_oos_auroc": float(roc_auc_score(inside, scope)),
        "clinc150_oos_recall": float((scope[~inside] < np.quantile(scope[inside], REJECTED)).mean()),
    }


def _sentiment() -> tuple[Figures, Figures]:
    try:
        measured = train_sentiment(FOLDER)["left_out_pearson_r"]
    except DataAbsentError as error:
        raise BenchError(str(error)) from error
    keys = {"movies_r": "films", "editorials_r": "editorials"}
    ours, vader = ({key: measured[domain][who] for key, domain in keys.items()} for who in ("blend", "vader"))
    return ours, vader
