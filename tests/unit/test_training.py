"""Training Rasa: skipped when nothing changed, never a half-written model, and a model that was changed is refused."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rapport.errors import TrainingError
from rapport.settings import Settings
from rapport.training import rasa
from rapport.training.encoder import keeping
from rapport.training.fingerprint import fingerprint
from rapport.training.model import TrainedModel, checked_model, current_model, sha256_of, use_model

#: Stands in for Rasa's Python: writes a "model" where it is told to, and counts its runs.
FAKE_RASA = """#!{python}
import os, pathlib, sys
arguments = dict(zip(sys.argv[4::2], sys.argv[5::2]))
print("Training NLU model...")
with open("{journal}", "a") as journal:
    journal.write("trained " + os.environ.get("RAPPORT_ENCODER_SHA256", "") + "\\n")
if pathlib.Path("{broken}").exists():
    sys.exit("no intents found")
(pathlib.Path(arguments["--out"]) / "rapport.tar.gz").write_text("a model")
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    python = tmp_path / "rasa-python"
    text = FAKE_RASA.format(python=sys.executable, journal=tmp_path / "journal", broken=tmp_path / "broken")
    python.write_text(text)
    python.chmod(0o755)
    secrets = dict.fromkeys(("internal_secret", "identity_secret", "console_key"), "k" * 32)
    return Settings(home=tmp_path, models=tmp_path / "models", rasa_python=python, **secrets)


def runs(settings: Settings) -> int:
    journal = settings.home / "journal"
    return journal.read_text().count("trained") if journal.exists() else 0


def test_a_second_training_of_the_same_inputs_is_skipped(settings: Settings) -> None:
    lines: list[str] = []
    model, trained = rasa.train(settings, lines.append)
    again, trained_again = rasa.train(settings, lines.append)
    assert (trained, trained_again, again) == (True, False, model)
    assert runs(settings) == 1
    assert lines == ["Training NLU model..."]
    assert checked_model(settings.models).read_text() == "a model"


def test_a_tuned_encoder_is_trained_with_until_it_is_forgotten(settings: Settings) -> None:
    rasa.train(settings, print)
    keeping.keep(settings.models, b"weights", trained_at=datetime.now(UTC), sentences=3, figures={})
    sha256 = hashlib.sha256(b"weights").hexdigest()
    model, trained = rasa.train(settings, print)
    assert (trained, model.encoder, current_model(settings.models)) == (True, sha256, model)
    assert not rasa.train(settings, print)[1]
    assert keeping.forget(settings.models)
    assert rasa.train(settings, print)[0].encoder == ""
    assert (settings.home / "journal").read_text().splitlines() == ["trained ", f"trained {sha256}", "trained "]


def test_a_training_can_be_forced(settings: Settings) -> None:
    rasa.train(settings, print)
    assert rasa.train(settings, print, force=True)[1]
    assert runs(settings) == 2


def test_a_failed_training_keeps_the_model_in_use_and_shows_rasas_last_lines(settings: Settings) -> None:
    model, _ = rasa.train(settings, print)
    (settings.home / "broken").touch()
    with pytest.raises(TrainingError) as caught:
        rasa.train(settings, print, force=True)
    assert "no intents found" in str(caught.value)
    assert "exit code 1" in str(caught.value).splitlines()[-1]
    assert current_model(settings.models) == model
    assert sorted(path.name for path in settings.models.iterdir()) == sorted(["current.json", model.file])


def test_a_missing_environment_is_told(settings: Settings) -> None:
    settings.rasa_python.unlink()
    with pytest.raises(TrainingError, match=r"Rasa's environment is missing .* run `make setup`"):
        rasa.train(settings, print)


def test_a_model_that_was_changed_is_refused(settings: Settings) -> None:
    model, _ = rasa.train(settings, print)
    (settings.models / model.file).write_text("another model")
    with pytest.raises(TrainingError, match="changed since it was trained"):
        checked_model(settings.models)


def test_old_models_go_but_the_last_one_stays_to_go_back_to(tmp_path: Path) -> None:
    for number in range(4):
        file = tmp_path / f"rapport-{number}.tar.gz"
        file.write_text(str(number))
        model = TrainedModel(
            file=file.name, sha256=sha256_of(file), fingerprint="f", trained_at=datetime.now(UTC), seconds=1.0
        )
        use_model(tmp_path, model)
    assert len(list(tmp_path.glob("*.tar.gz"))) == 2
    assert checked_model(tmp_path).name == "rapport-3.tar.gz"


def test_the_fingerprint_changes_with_every_input_and_with_nothing_else(tmp_path: Path) -> None:
    for name in (
        "config.yml",
        "domain.yml",
        "data/nlu/help.yml",
        "bot/components/encoder.py",
        "bot/channels/gateway.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a")
    first = fingerprint(tmp_path)
    (tmp_path / "bot/channels/gateway.py").write_text("b")
    (tmp_path / "bot/components/__pycache__").mkdir()
    (tmp_path / "bot/components/__pycache__/encoder.pyc").write_text("b")
    assert fingerprint(tmp_path) == first
    (tmp_path / "data/nlu/help.yml").write_text("b")
    second = fingerprint(tmp_path)
    (tmp_path / "data/nlu/help.yml").rename(tmp_path / "data/nlu/offers.yml")
    assert len({first, second, fingerprint(tmp_path)}) == 3
