"""The tuned encoder in use: its weights beside the Rasa model, and what was measured of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from language import encoder_files
from rapport.errors import TrainingError
from rapport.training.model import current_model, sha256_of

RECORD = "encoder.json"
#: How Rasa's process is told; see `bot.launch.encoder`.
_FILE_VARIABLE, _HASH_VARIABLE = "RAPPORT_ENCODER", "RAPPORT_ENCODER_SHA256"


@dataclass(frozen=True, slots=True, kw_only=True)
class TunedEncoder:
    """What `encoder.json` in the models' folder says."""

    sha256: str
    trained_at: datetime
    #: Sentences it was tuned on.
    sentences: int
    #: See `judging.Judgement`.
    figures: dict[str, float]


def current_encoder(models: Path) -> TunedEncoder | None:
    """Give the tuned encoder that trainings go on with; None where it is the packaged one."""
    try:
        record = json.loads((models / RECORD).read_text(encoding="utf-8"))
        tuned = TunedEncoder(**record | {"trained_at": datetime.fromisoformat(record["trained_at"])})
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise TrainingError(f"{models / RECORD} cannot be read: run `rapport train --encoder --forget`.") from error
    return tuned


def keep(models: Path, weights: bytes, *, trained_at: datetime, sentences: int, figures: dict[str, float]) -> None:
    """Make weights those that trainings go on with."""
    models.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(weights).hexdigest()
    _whole(weights_file(models, sha256), weights)
    tuned = TunedEncoder(sha256=sha256, trained_at=trained_at, sentences=sentences, figures=figures)
    record = asdict(tuned) | {"trained_at": trained_at.isoformat()}
    _whole(models / RECORD, (json.dumps(record, indent=1) + "\n").encode())


def forget(models: Path) -> bool:
    """Go back to the packaged encoder; False where it is in use already."""
    known = (models / RECORD).exists()
    (models / RECORD).unlink(missing_ok=True)
    return known


def tidy(models: Path) -> None:
    """Delete weights that neither the next training nor the model in use needs."""
    tuned = current_encoder(models)
    model = current_model(models)
    needed = {tuned.sha256 if tuned else "", model.encoder if model else ""} - {""}
    for file in models.glob("encoder-*.onnx"):
        if file not in {weights_file(models, sha256) for sha256 in needed}:
            file.unlink(missing_ok=True)


def weights_file(models: Path, sha256: str) -> Path:
    """Give where weights of this hash lie."""
    return models / f"encoder-{sha256[:16]}.onnx"


def environment(models: Path, sha256: str) -> dict[str, str]:
    """Give what tells Rasa's process which encoder to open; nothing for the packaged one ("").

    Raises
    ------
    TrainingError
        The weights are gone, or are not what was trained here.
    """
    if not sha256:
        return {}
    return {_FILE_VARIABLE: str(_checked(models, sha256)), _HASH_VARIABLE: sha256}


def use_encoder_of_model(models: Path) -> None:
    """Let this process's encoders be the one that the model in use was trained with; see `environment` for errors."""
    model = current_model(models)
    _use(models, model.encoder if model else "")


def use_current_encoder(models: Path) -> None:
    """Let this process's encoders be the one that the next training goes on with; see `environment` for errors."""
    tuned = current_encoder(models)
    _use(models, tuned.sha256 if tuned else "")


def _use(models: Path, sha256: str) -> None:
    if sha256:
        encoder_files.use_weights(_checked(models, sha256), sha256)
    else:
        encoder_files.use_packaged()


def _checked(models: Path, sha256: str) -> Path:
    file = weights_file(models, sha256)
    if not file.is_file() or sha256_of(file) != sha256:
        raise TrainingError(
            f"The tuned encoder {file} is missing or was changed: run `rapport train --encoder`, or `rapport train "
            "--encoder --forget` to go back to the packaged one."
        )
    return file


def _whole(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)
