"""Which encoder this process opens: the packaged one, or one tuned on the shop's own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from language import encoder_files

#: File and sha256 of tuned weights; `rapport train` and `rapport up` set both or none.
FILE, SHA256 = "RAPPORT_ENCODER", "RAPPORT_ENCODER_SHA256"


def choose(environment: Mapping[str, str]) -> None:
    """Use the weights that the environment names; the file is checked against its hash when it is opened."""
    file = environment.get(FILE)
    if file:
        encoder_files.use_weights(Path(file), environment.get(SHA256, ""))
