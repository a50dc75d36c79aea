"""Training Rasa in its own environment, skipped when nothing that it depends on has changed."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rapport.errors import TrainingError
from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.training.encoder import keeping
from rapport.training.fingerprint import fingerprint
from rapport.training.model import TrainedModel, current_model, sha256_of, use_model

#: Lines of Rasa's that are shown when the training fails.
_SHOWN = 12


def train(settings: Settings, told: Callable[[str], None], *, force: bool = False) -> tuple[TrainedModel, bool]:
    """Train the model of the project's data and put it to use.

    Parameters
    ----------
    told : hears Rasa's lines as they come.
    force : train even when nothing has changed.

    Returns
    -------
    (model, trained)
        `trained` is False when the model in use is already the one of these inputs.

    Raises
    ------
    TrainingError
        Rasa's environment is missing, or Rasa gave up; its last lines are in the message.
    """
    tuned = keeping.current_encoder(settings.models)
    encoder = tuned.sha256 if tuned else ""
    wanted = fingerprint(PROJECT, encoder)
    model = current_model(settings.models)
    if model is not None and model.fingerprint == wanted and not force:
        return model, False
    if not settings.rasa_python.is_file():
        raise TrainingError(f"Rasa's environment is missing ({settings.rasa_python}): run `make setup`.")
    settings.models.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    # Trained beside and moved in whole: a model folder never holds a half-written model.
    with tempfile.TemporaryDirectory(prefix=".training-", dir=settings.models) as folder:
        _run(settings, Path(folder), told, keeping.environment(settings.models, encoder))
        made = sorted(Path(folder).glob("*.tar.gz"))
        if not made:
            raise TrainingError("Rasa ended without an error and without a model: run `rapport train` again.")
        target = settings.models / f"rapport-{wanted[:12]}.tar.gz"
        made[-1].replace(target)
    model = TrainedModel(
        file=target.name,
        sha256=sha256_of(target),
        fingerprint=wanted,
        trained_at=datetime.now(UTC),
        seconds=round(time.perf_counter() - began, 1),
        encoder=encoder,
    )
    use_model(settings.models, model)
    return model, True


def _said(line: str) -> str:
    """Give what a line of Rasa's log says, without moment, level and module."""
    return line.rsplit("  - ", 1)[-1]


def _run(settings: Settings, folder: Path, told: Callable[[str], None], encoder: dict[str, str]) -> None:
    command = [
        str(settings.rasa_python), "-m", "bot.launch", "train", "--config", "config.yml", "--domain", "domain.yml",
        "--data", "data", "--out", str(folder), "--fixed-model-name", "rapport",
    ]  # fmt: skip
    environment = os.environ | {
        "RASA_TELEMETRY_ENABLED": "false",
        "OMP_NUM_THREADS": str(os.cpu_count() or 1),
        "PYTHONUNBUFFERED": "1",
        **encoder,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    last: deque[str] = deque(maxlen=_SHOWN)
    with subprocess.Popen(  # noqa: S603 - the command comes from the settings, no shell is involved
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None  # noqa: S101 - asked for above
        try:
            for line in process.stdout:
                if line.strip():
                    last.append(line.rstrip())
                    told(_said(last[-1]))
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise TrainingError("\n".join([*last, f"Rasa's training failed (exit code {process.returncode}); see above."]))
