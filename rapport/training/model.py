"""The trained Rasa model in use: its file, its hash, and from what it was trained."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from rapport.errors import TrainingError

RECORD = "current.json"
#: The one in use and one to go back to.
_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModel:
    """What `current.json` in the models' folder says."""

    #: File name in the models' folder.
    file: str
    sha256: str
    #: Of the inputs, see `fingerprint`.
    fingerprint: str
    trained_at: datetime
    seconds: float
    #: sha256 of the weights of the tuned encoder it was trained with; "" for the packaged one.
    encoder: str = ""


def current_model(models: Path) -> TrainedModel | None:
    """Give the model in use; None when none was trained, or its file is gone."""
    try:
        record = json.loads((models / RECORD).read_text(encoding="utf-8"))
        model = TrainedModel(**record | {"trained_at": datetime.fromisoformat(record["trained_at"])})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
    return model if (models / model.file).is_file() else None


def checked_model(models: Path) -> Path:
    """Give the path of the model in use, its bytes checked: a model names code that is loaded.

    Raises
    ------
    TrainingError
        There is none, or it is not what was trained here.
    """
    model = current_model(models)
    if model is None:
        raise TrainingError(f"There is no trained model in {models}: run `rapport train`.")
    path = models / model.file
    if sha256_of(path) != model.sha256:
        raise TrainingError(f"The model {path} was changed since it was trained: run `rapport train --force`.")
    return path


def use_model(models: Path, model: TrainedModel) -> None:
    """Make a model the one in use and delete old ones."""
    beside = models / f".{RECORD}"
    record = asdict(model) | {"trained_at": model.trained_at.isoformat()}
    beside.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    beside.replace(models / RECORD)
    trained = sorted(models.glob("rapport-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in [file for file in trained if file.name != model.file][_KEPT - 1 :]:
        old.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """Hash a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
