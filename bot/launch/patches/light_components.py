"""Say in one sentence that a component needs a library we leave out, instead of failing deep inside of it."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.launch.absent import AbsentLibraryError, installed
from bot.launch.internals import expect

#: Components of Rasa that build a TensorFlow model (or load one through it).
TENSORFLOW_COMPONENTS = frozenset(
    {
        "DIETClassifier",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ConveRTFeaturizer",
        "LanguageModelFeaturizer",
    }
)


def apply() -> None:
    """Replace `DefaultV1Recipe._from_registry`, which every name in config.yml passes."""
    expect(DefaultV1Recipe, "_from_registry", "acb1a4f501f7")
    original = DefaultV1Recipe.__dict__["_from_registry"].__func__

    def from_registry(cls: Any, name: str) -> Any:
        component = name.rpartition(".")[2]
        if component in TENSORFLOW_COMPONENTS and not installed("tensorflow"):
            raise AbsentLibraryError(component, "TensorFlow")
        return original(cls, name)

    DefaultV1Recipe._from_registry = classmethod(from_registry)
