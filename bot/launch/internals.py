"""Self-check of the patches: each names the code it replaces by its hash, and refuses any other."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

#: Digits of the hash that are compared; enough to tell two versions of one function apart.
DIGITS = 12


class PatchMismatchError(RuntimeError):
    """Rasa's code is not what a patch was written for; install the locked Rasa, or look at the patch again."""


def digest(function: Callable[..., Any]) -> str:
    """Give the first digits of the sha256 of a function's source text."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:DIGITS]


def expect(owner: Any, name: str, known: str) -> Callable[..., Any]:
    """Give the function `owner.name` if its source is the one the patch knows.

    Parameters
    ----------
    owner : class or module of Rasa.
    name : the function that is going to be replaced.
    known : `digest` of the source the patch was written for.

    Raises
    ------
    PatchMismatchError : the function is gone or reads otherwise.
    """
    function: Callable[..., Any] | None = getattr(owner, name, None)
    found = digest(function) if function is not None else "nothing"
    if function is None or found != known:
        raise PatchMismatchError(
            f"Rasa's {owner.__name__}.{name} is not the code that Rapport's patch replaces (expected {known}, found "
            f"{found}). Install the locked Rasa with `make setup`, or bring bot/launch/patches up to date."
        )
    return function
