"""The bot's own intents on sentences written apart from its training data: what is read, and how much is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.nlu_data import Sentences
from bot.components import keys
from bot.components.doubt import Doubt, apart, scope_of
from language.encoder import SentenceEncoder
from language.intent.model import OUT_OF_SCOPE, IntentModel
from language.spelling import Speller, known_words
from language.tongue import tongue
from language.yaml_text import load_yaml
from rapport.paths import PROJECT

#: One file a slice: an intent's sentences under its name. They are never in training.
FOLDER = PROJECT / "tests" / "conversations" / "held_out"
#: What a message in doubt ends as; for one that is beyond the shop's business that is right as well.
IN_DOUBT = "nlu_fallback"


@dataclass(frozen=True)
class Reading:
    """One sentence of a slice: the intent it was written for, and the intent the bot acts upon."""

    part: str
    text: str
    right: str
    taken: str

    @property
    def is_right(self) -> bool:
        """Whether the customer is served: out of scope and doubt end in the same honest answer."""
        return self.taken in {self.right, IN_DOUBT if self.right == OUT_OF_SCOPE else self.right}


def held_out(folder: Path = FOLDER) -> dict[str, Sentences]:
    """Read the held-out sentences by slice, a slice's name being its file's."""
    slices: dict[str, Sentences] = {}
    for path in sorted(folder.glob("*.yml")):
        by_intent: dict[str, list[str]] = load_yaml(path.read_text(encoding="utf-8"))
        pairs = [(text, intent) for intent, texts in by_intent.items() for text in texts]
        slices[path.stem] = Sentences(tuple(text for text, _ in pairs), tuple(intent for _, intent in pairs))
    return slices


def readings(slices: dict[str, Sentences], model: IntentModel, encoder: SentenceEncoder) -> list[Reading]:
    """Read every sentence whose intent the model was taught, as the bot would on its own."""
    taught = {*model.labels, OUT_OF_SCOPE}
    return [
        Reading(part, text, right, taken)
        for part, sentences in slices.items()
        for text, right, taken in zip(
            sentences.texts, sentences.labels, _taken(sentences.texts, model, encoder), strict=True
        )
        if right in taught
    ]


def share_right(read: list[Reading]) -> float:
    """Give the share that is right, 0..1; 1 where there is nothing to be wrong about."""
    return sum(reading.is_right for reading in read) / len(read) if read else 1.0


def figures(read: list[Reading]) -> dict[str, float]:
    """Give `own_intents_accuracy` (of what is in scope) and `own_intents_oos_recall`, each 0..1."""
    beyond = [reading for reading in read if reading.right == OUT_OF_SCOPE]
    within = [reading for reading in read if reading.right != OUT_OF_SCOPE]
    return {"own_intents_accuracy": share_right(within), "own_intents_oos_recall": share_right(beyond)}


def _taken(typed: tuple[str, ...], model: IntentModel, encoder: SentenceEncoder) -> list[str]:
    speller = Speller.of(model.examples, known_words())
    texts = [speller.mend(text) for text in typed]
    read = model.read(texts, encoder.encode(texts))
    doubt = Doubt()
    taken = []
    for text, confidences, scope in zip(typed, read.confidences, read.scope, strict=True):
        if tongue(text):
            taken.append(keys.LANGUAGES_INTENT)
            continue
        best = model.labels[int(confidences.argmax())]
        named = zip(model.labels, (float(confidence) for confidence in confidences), strict=True)
        ranked = sorted(named, key=lambda one: -one[1])
        taken.append(best if doubt.understood(apart(ranked), scope_of(best, float(scope))) else IN_DOUBT)
    return taken
