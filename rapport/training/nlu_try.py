"""What the bot would read out of one message, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.components.doubt import Doubt, apart, scope_of
from bot.components.patterns.reading import entities
from language.encoder import SentenceEncoder
from language.intent.model import IntentModel
from language.sentiment import Sentiment, label
from language.spelling import Speller, known_words
from language.tongue import tongue

_RANKED = 5
_NEAREST = 5


@dataclass(frozen=True)
class Tried:
    """One message as the bot reads it; field for field what `rapport nlu try --json` prints.

    `mended` : the text as it is read, mistyped words mended.
    `tongue` : the other language it is in, and then read as `ask_languages`; None for English.
    `scope` 0..1, in scope from 0.5. `sentiment` -1..1. `strongest_terms` : what each adds to the best intent's score.
    """

    text: str
    mended: str
    tongue: str | None
    understood: bool
    ranking: list[dict[str, str | float]]
    scope: float
    entities: list[dict[str, str | int]]
    sentiment: float
    mood: str
    nearest_sentences: list[dict[str, str | float]]
    strongest_terms: list[dict[str, str | float]]


def try_message(text: str, model: IntentModel, encoder: SentenceEncoder, sentiment: Sentiment) -> Tried:
    """Read one message as a turn of the bot would."""
    mended = Speller.of(model.examples, known_words()).mend(text)
    vector = encoder.encode([mended])
    read = model.read([mended], vector)
    confidences = read.confidences[0]
    order = np.argsort(-confidences, kind="stable")[:_RANKED]
    best = model.labels[order[0]]
    ranked = [(model.labels[row], float(confidences[row])) for row in order]
    scope = float(read.scope[0])
    mood = sentiment.score(text, vector[0])
    readable = any(character.isalnum() for character in text)
    return Tried(
        text=text,
        mended=mended,
        tongue=tongue(text),
        understood=readable and Doubt().understood(apart(ranked), scope_of(best, scope)),
        ranking=[{"intent": name, "confidence": round(confidence, 4)} for name, confidence in ranked],
        scope=round(scope, 3),
        entities=[
            {"entity": kind, "value": found.value, "start": found.start, "end": found.end}
            for kind, found in entities(text, best)
        ],
        sentiment=mood,
        mood=label(mood),
        nearest_sentences=[
            {
                "text": model.examples[row],
                "intent": model.labels[model.codes[row]],
                "likeness": round(float(read.cosines[0, row]), 3),
            }
            for row in np.argsort(-read.cosines[0], kind="stable")[:_NEAREST]
        ],
        strongest_terms=[{"term": term, "adds": round(added, 3)} for term, added in model.terms_for(mended, best)],
    )
