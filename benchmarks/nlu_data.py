"""The public sets of `rapport bench nlu`, in the parts their authors made."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from language.intent.model import OUT_OF_SCOPE
from rapport.errors import BenchError
from rapport.paths import PROJECT

#: Where the public sets lie, each in a folder of its own; they are not part of the repository.
FOLDER = PROJECT.parent / "shared" / "data"
_QUICK_SHARE = 8


@dataclass(frozen=True)
class Sentences:
    """Labelled sentences: `texts` and `labels` of one length."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Split:
    """Sentences to train on, and others to measure on."""

    train: Sentences
    test: Sentences


def banking77(quick: bool) -> Split:
    """Read Banking77 in its official split: 10,003 and 3,080 sentences, 77 intents."""
    parts = []
    for part in ("train", "test"):
        rows = csv.DictReader(_file(f"banking77/{part}.csv").read_text(encoding="utf-8").splitlines())
        parts.append(_sentences([(row["text"], row["category"]) for row in rows], quick))
    return Split(*parts)


def clinc150(quick: bool) -> Split:
    """Read CLINC150: train and oos_train (15,000 + 250) to train on, val and oos_val (3,000 + 100) to measure on."""
    parts = json.loads(_file("clinc150/clinc150_train_val.json").read_text(encoding="utf-8"))
    return Split(*(_sentences(_beyond_named(parts[name] + parts[f"oos_{name}"]), quick) for name in ("train", "val")))


def _beyond_named(pairs: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(text, OUT_OF_SCOPE if label == "oos" else label) for text, label in pairs]


def _sentences(pairs: Sequence[tuple[str, str]], quick: bool) -> Sentences:
    """Take all sentences, or in the quick version every eighth of each label."""
    ordered = sorted(pairs, key=lambda pair: pair[1]) if quick else list(pairs)
    texts, labels = zip(*(ordered[::_QUICK_SHARE] if quick else ordered), strict=True)
    return Sentences(texts, labels)


def _file(name: str) -> Path:
    path = FOLDER / name
    if not path.is_file():
        raise BenchError(f"The public set {name} is missing: put it into the folder {FOLDER.name} of {FOLDER.parent}.")
    return path
