"""Corrected turns as training sentences: `data/nlu/corrected.yml`, which only this writes and everybody may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from language.yaml_text import load_yaml
from rapport.errors import InputError
from rapport.training.teachable import Names, teachable
from store.repositories.turn_labels import LabelledTurn

#: Where it belongs, from the project's folder: `rapport train` and `rapport nlu check` read all of `data/nlu`.
CORRECTED = Path("data/nlu/corrected.yml")
_HEADER = "# Written by `rapport nlu candidates` from what people corrected in the console; it is not edited by hand.\n"


@dataclass(slots=True)
class Taught:
    """What became of the labelled turns; field for field what `rapport nlu candidates --json` prints.

    `added`, `moved` (to another intent than the file had) and `removed` : sentences by intent.
    `left_out` : how many were not fit, by reason. `sentences` : in the file now.
    """

    file: str
    added: dict[str, list[str]] = field(default_factory=dict)
    moved: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    sentences: int = 0


def read_corrected(path: Path) -> dict[str, str]:
    """Read what was taught before: intent by sentence; nothing where there is no file.

    Raises
    ------
    InputError
        The file is somebody else's work, or no file.
    """
    if not path.exists():
        return {}
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not text.startswith(_HEADER):
        raise InputError(
            f"{path} was not written by `rapport nlu candidates`, so it is left alone: name another --out."
        )
    blocks = (load_yaml(text) or {}).get("nlu") or []
    return {
        line.removeprefix("- "): block["intent"]
        for block in blocks
        for line in str(block["examples"]).splitlines()
        if line.startswith("- ")
    }


def merged(
    before: Mapping[str, str], turns: Iterable[LabelledTurn], known: Mapping[str, str], intents: set[str], names: Names
) -> tuple[dict[str, str], Taught]:
    """Put labelled turns to what was taught before.

    Parameters
    ----------
    before : intent by sentence, as `read_corrected` gives it.
    turns : the latest label last; it wins over an earlier one of the same sentence.
    known : intent by sentence of the hand-written files; they win over everybody.
    intents : of the domain; a label of another one is left out.
    names : whom no sentence may name.
    """
    now = {text: intent for text, intent in before.items() if intent in intents and key(text) not in known}
    wanted: dict[str, tuple[str, str]] = {}
    left_out: defaultdict[str, int] = defaultdict(int)
    for turn in turns:
        sentence, reason = teachable(turn.text, turn.whose, names)
        if turn.verdict == "left_out" or turn.intent not in intents:
            wanted[key(sentence)] = (sentence, "")
            left_out["not_for_training" if turn.verdict == "left_out" else "unknown_intent"] += 1
            continue
        reason = reason or ("several_requests" if turn.requests > 1 else _known_reason(key(sentence), turn, known))
        if reason:
            left_out[reason] += 1
        else:
            wanted[key(sentence)] = (sentence, str(turn.intent))
    for same, (sentence, intent) in wanted.items():
        kept = next((text for text in now if key(text) == same), None)
        now.pop(kept or "", None)
        if intent:
            now[kept or sentence] = intent
    return now, _told(before, now, dict(left_out))


def key(sentence: str) -> str:
    """Give what two sentences share that differ in capitals and closing marks only."""
    return " ".join(sentence.casefold().rstrip(".!? ").split())


def write_corrected(path: Path, sentences: Mapping[str, str]) -> None:
    """Write the file whole, beside the old one first, so that it is never half a file."""
    by_intent: defaultdict[str, list[str]] = defaultdict(list)
    for sentence, intent in sentences.items():
        by_intent[intent].append(sentence)
    lines = [_HEADER + 'version: "3.1"\n', "nlu:" if by_intent else "nlu: []"]
    for intent in sorted(by_intent):
        lines += [f"  - intent: {intent}", "    examples: |"]
        lines += [f"      - {sentence}" for sentence in sorted(by_intent[intent])]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.replace(path)


def _known_reason(same: str, turn: LabelledTurn, known: Mapping[str, str]) -> str:
    if same not in known:
        return ""
    return "known_already" if known[same] == turn.intent else "taught_otherwise"


def _told(before: Mapping[str, str], now: Mapping[str, str], left_out: dict[str, int]) -> Taught:
    told = Taught(file="", left_out=left_out, sentences=len(now))
    for text, intent in now.items():
        if before.get(text) != intent:
            (told.moved if text in before else told.added).setdefault(intent, []).append(text)
    for text, intent in before.items():
        if text not in now:
            told.removed.setdefault(intent, []).append(text)
    return told
