"""One hash over everything that a trained Rasa model depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

#: Files and folders, from the project's folder: configuration, domain, training data, components and their libraries.
INPUTS = ("config.yml", "domain.yml", "data", "bot/components", "bot/requirements.lock", "language")
_SKIPPED_FOLDERS = frozenset({"__pycache__"})


def fingerprint(project: Path, encoder: str = "") -> str:
    """Hash names and contents of all inputs: 64 hexadecimal digits, the same on every machine.

    Parameters
    ----------
    encoder : sha256 of the tuned encoder's weights; "" for the packaged one.
    """
    digest = hashlib.sha256(encoder.encode())
    for file in input_files(project):
        digest.update(f"{file.relative_to(project).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def input_files(project: Path) -> Iterator[Path]:
    """Give all input files, sorted by name; one that is missing is left out."""
    for name in INPUTS:
        path = project / name
        if path.is_file():
            yield path
        for file in sorted(path.rglob("*")) if path.is_dir() else ():
            if file.is_file() and not _SKIPPED_FOLDERS & set(file.parts):
                yield file
