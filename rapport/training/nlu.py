"""The trained intent model and the sentences behind it, read outside Rasa."""

from __future__ import annotations

import io
import re
import tarfile
from pathlib import Path

import numpy as np

from language.intent.model import IntentModel
from language.yaml_text import load_yaml
from rapport.errors import InputError, TrainingError

_MODEL_FILE = "intents.npz"


def read_intent_model(model: Path) -> IntentModel:
    """Read the intent model out of a trained Rasa model.

    Parameters
    ----------
    model : its checked file, a compressed archive.

    Raises
    ------
    TrainingError
        There is no intent model of this release in it.
    """
    with tarfile.open(model) as archive:
        for member in archive:
            file = archive.extractfile(member) if Path(member.name).name == _MODEL_FILE else None
            if file is None:
                continue
            with np.load(io.BytesIO(file.read()), allow_pickle=False) as arrays:
                if "scope_weights" in arrays:
                    return IntentModel.from_arrays(arrays)
    raise TrainingError(f"{model.name} was trained by an older release: run `rapport train`.")


def training_sentences(project: Path, *, without: Path | None = None) -> tuple[list[str], list[str]]:
    """Read the sentences of `data/nlu` and their intents, without the marks of entities and without repetitions.

    Parameters
    ----------
    without : a file that is passed over, from the project's folder.

    Raises
    ------
    InputError
        There are none.
    """
    sentences: dict[tuple[str, str], None] = {}
    for file in sorted((project / "data" / "nlu").glob("*.yml")):
        if without is not None and file == project / without:
            continue
        for block in load_yaml(file.read_text(encoding="utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines():
                text = _unmarked(line.strip().removeprefix("-").strip())
                if text and "intent" in block:
                    sentences[text, block["intent"]] = None
    if not sentences:
        raise InputError(f"There are no training sentences in {project / 'data' / 'nlu'}.")
    texts, intents = zip(*sentences, strict=True)
    return list(texts), list(intents)


def teachable_intents(project: Path) -> tuple[str, ...]:
    """Give the intents of the domain that sentences can teach, by name; `nlu_fallback` is what is left without one."""
    domain = load_yaml((project / "domain.yml").read_text(encoding="utf-8"))
    names = {next(iter(entry)) if isinstance(entry, dict) else str(entry) for entry in domain["intents"]}
    return tuple(sorted(names - {"nlu_fallback"}))


def _unmarked(example: str) -> str:
    """Take the marks of entities out of an example: "[milk](product)" is "milk"."""
    return re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", example)
