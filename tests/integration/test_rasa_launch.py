"""Starting and training Rasa: quick and small enough, and clear about what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.tiny_rasa import TINY_BOT, launch, needs_rasa

pytestmark = pytest.mark.integration
DIET = """
recipe: default.v1
assistant_id: rapport
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: CountVectorsFeaturizer
  - name: DIETClassifier
policies:
  - name: RulePolicy
"""


@pytest.fixture(autouse=True)
def _rasa() -> None:
    needs_rasa()


def test_a_pipeline_that_needs_tensorflow_is_refused_in_one_sentence(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text(DIET)
    trained = launch(
        "train", "--config", str(config), "--domain", str(TINY_BOT / "domain.yml"),
        "--data", str(TINY_BOT / "training.yml"), "--out", str(tmp_path), "--skip-validation",
    )  # fmt: skip
    assert trained.returncode == 1
    last = trained.stderr.strip().splitlines()[-1]
    assert last.startswith("DIETClassifier needs TensorFlow")
    assert "make stock-rasa" in last
    assert "Traceback" not in trained.stderr


def test_run_without_its_settings_says_what_is_missing() -> None:
    ended = launch("run", environment=dict.fromkeys(("RAPPORT_RASA_DB", "RAPPORT_ACTIONS_PORT"), ""))
    assert ended.returncode == 1
    assert "RAPPORT_RASA_DB is not set" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_advice_that_nobody_can_heed_is_not_shown() -> None:
    told = launch("--version")
    assert told.returncode == 0
    assert "3.6.21" in told.stdout
    assert "DeprecationWarning" not in told.stderr
