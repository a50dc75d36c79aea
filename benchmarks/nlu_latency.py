"""How long the bot's whole pipeline takes for a sentence on one core, and what stock Rasa reads and takes beside it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.own_intents import Reading, figures
from benchmarks.turn_house import QUIET, STOCK_RASA, stock_model
from language.intent.model import OUT_OF_SCOPE
from rapport.errors import BenchError
from rapport.paths import PROJECT
from rapport.settings_loading import load_settings
from rapport.training.model import checked_model
from rapport.training.rasa import train

_SCRIPT = PROJECT / "benchmarks" / "parse_times.py"
#: Of stderr, where the process failed.
_SHOWN = 400


@dataclass(frozen=True)
class Parsed:
    """What a pipeline read of each sentence and how long it took, in milliseconds; `seconds` for all of them."""

    intents: list[str]
    milliseconds: list[float]
    seconds: float

    def times(self) -> dict[str, float]:
        """Give `nlu_p50_ms`, `nlu_p95_ms` and `nlu_per_s`."""
        p50, p95 = np.percentile(self.milliseconds, [50, 95])
        return {"nlu_p50_ms": float(p50), "nlu_p95_ms": float(p95), "nlu_per_s": len(self.intents) / self.seconds}


def ours(texts: list[str]) -> Parsed:
    """Read sentences with the model of the present data, trained now where it is not there yet."""
    settings = load_settings()
    train(settings, lambda _line: None)
    return _parse([str(settings.rasa_python)], checked_model(settings.models), texts, "--ours")


def stock(texts: list[str]) -> Parsed | None:
    """Read the same with Rasa as `rasa init` leaves it, trained on the same data; None where it is not installed."""
    if not STOCK_RASA.exists():
        return None
    newest = max(stock_model().glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return _parse([str(STOCK_RASA.parent / "python")], newest, texts)


def stock_figures(read: list[Reading], parsed: Parsed) -> dict[str, float]:
    """Give how much stock Rasa read rightly of the sentences of `read`, in their order, and its times."""
    beyond = {"nlu_fallback", OUT_OF_SCOPE}
    taken = [
        Reading(one.part, one.text, one.right, OUT_OF_SCOPE if intent in beyond else intent)
        for one, intent in zip(read, parsed.intents, strict=True)
    ]
    return figures(taken) | parsed.times()


def _parse(python: list[str], model: Path, texts: list[str], *options: str) -> Parsed:
    one_core = ["taskset", "--cpu-list", "0"] if Path("/usr/bin/taskset").exists() else []
    with tempfile.TemporaryDirectory() as folder:
        sentences, out = Path(folder) / "sentences.json", Path(folder) / "times.json"
        sentences.write_text(json.dumps(texts), encoding="utf-8")
        command = [*one_core, *python, str(_SCRIPT), str(model), str(sentences), str(out), *options]
        environment = os.environ | QUIET | {"PYTHONPATH": str(PROJECT), "RASA_TELEMETRY_ENABLED": "false"}
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"bench nlu: {model.name} could not be read: {done.stderr[-_SHOWN:].strip()}")
        told = json.loads(out.read_text(encoding="utf-8"))
    return Parsed(told["intents"], told["milliseconds"], told["seconds"])
