"""Answer imports of libraries that this environment leaves out, so that Rasa can be loaded without them.

Rasa 3.6 imports TensorFlow with its recipe, whatever the pipeline says. None of our components uses it, and it would
be 2 GB of the environment, 8 seconds of the start and 350 MiB of memory. An import of an absent library gives a
module whose names are all stand-ins: they may be subclassed, subscripted and used as decorators, which is all that
Rasa's modules do with them while they are loaded. Using one for real raises `AbsentLibraryError`.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LIBRARIES = (
    "tensorflow",
    "tensorflow_hub",
    "tensorflow_text",
    "tensorflow_addons",
    "keras",
    "jax",
    "matplotlib",
)


class AbsentLibraryError(ImportError):
    """A part of Rasa that needs a library this environment leaves out was used."""

    def __init__(self, user: str, library: str) -> None:
        super().__init__(
            f"{user} needs {library}, which Rapport's environment leaves out (see docs/decisions/0002). Use the "
            "components of bot/components, or the stock environment: make stock-rasa"
        )


class _StandInType(type):
    """Makes every attribute of a stand-in a stand-in, and every real use an error."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(f"{cls.__qualname__}.{name}")

    def __getitem__(cls, _item: object) -> _StandInType:
        return cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("_is_stand_in", False):
            raise AbsentLibraryError(cls.__name__, _library_of(cls))
        # `@tf.function` gives the function back; `@tf.function(…)` and `tf.constant(…)` give something to go on with.
        decorated = len(args) == 1 and not kwargs and callable(args[0])
        return args[0] if decorated else cls


def stand_in(qualified: str) -> _StandInType:
    """Make the stand-in for one dotted name of an absent library."""
    return _StandInType(qualified, (), {"_is_stand_in": True, "__module__": qualified.partition(".")[0]})


def _library_of(cls: type) -> str:
    return next(base.__module__ for base in cls.__mro__ if base.__dict__.get("_is_stand_in", False))


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return stand_in(f"{self.__name__}.{name}")


class AbsentFinder(MetaPathFinder, Loader):
    """Import hook for the libraries named, and everything below them."""

    def __init__(self, libraries: Sequence[str]) -> None:
        self._libraries = frozenset(libraries)

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Claim an absent library and its sub-modules."""
        if fullname.partition(".")[0] not in self._libraries:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Give the module of stand-ins."""
        return _AbsentModule(spec.name)

    def exec_module(self, _module: ModuleType) -> None:
        """Run nothing: the module answers by itself."""


def install(libraries: Sequence[str] = LIBRARIES) -> tuple[str, ...]:
    """Stand in for those of `libraries` that are not installed; give their names."""
    absent = tuple(name for name in libraries if not installed(name))
    if absent:
        sys.meta_path.append(AbsentFinder(absent))
    return absent


def installed(library: str) -> bool:
    """Tell whether a library is really there, not stood in for."""
    spec = importlib.util.find_spec(library)
    return spec is not None and not isinstance(spec.loader, AbsentFinder)
