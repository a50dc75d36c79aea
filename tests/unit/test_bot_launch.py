"""Starting Rasa: stand-ins for absent libraries, checked patches, safe arguments, and the order of a graph."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator

import pytest

from bot.launch import absent
from bot.launch.arguments import LaunchError, rasa_arguments
from bot.launch.internals import PatchMismatchError, digest, expect
from bot.launch.plan import ordered

SET = {"RAPPORT_INTERNAL_SECRET": "s", "RAPPORT_ACTIONS_PORT": "1", "RAPPORT_RASA_DB": "rasa.db"}


@pytest.fixture
def stand_ins() -> Iterator[None]:
    """Stand in for a library nobody has."""
    finders = list(sys.meta_path)
    assert absent.install(("no_such_library", "json")) == ("no_such_library",)
    yield
    sys.meta_path[:] = finders
    for name in [name for name in sys.modules if name.partition(".")[0] == "no_such_library"]:
        del sys.modules[name]


@pytest.mark.usefixtures("stand_ins")
def test_a_module_may_be_loaded_that_only_mentions_the_library() -> None:
    library = importlib.import_module("no_such_library")
    layers = importlib.import_module("no_such_library.keras.layers")

    class Layer(layers.Dense):  # type: ignore[name-defined,misc]
        size: library.Tensor[int]  # type: ignore[name-defined]

    @library.function
    def decorated() -> int:
        return 1

    @library.function(experimental=True)
    def decorated_with_options() -> int:
        return 2

    assert decorated() == 1
    assert decorated_with_options is not None
    with pytest.raises(absent.AbsentLibraryError, match="Layer needs no_such_library"):
        Layer()


@pytest.mark.usefixtures("stand_ins")
def test_a_stood_in_library_does_not_count_as_installed() -> None:
    assert not absent.installed("no_such_library")
    assert absent.installed("json")


class Engine:
    """Something of Rasa's that a patch would replace."""

    def run(self) -> str:
        return "as known"


def test_code_that_reads_as_known_is_accepted() -> None:
    assert expect(Engine, "run", digest(Engine.run)) is Engine.run


@pytest.mark.parametrize("name", ["run", "walk"])
def test_code_that_reads_otherwise_or_is_gone_is_refused(name: str) -> None:
    with pytest.raises(PatchMismatchError, match=rf"Engine.{name} is not the code"):
        expect(Engine, name, "000000000000")


def test_run_listens_on_loopback_unless_told_otherwise() -> None:
    assert rasa_arguments(["run", "--port", "1"], SET)[-2:] == ["--interface", "127.0.0.1"]
    assert rasa_arguments(["run", "-i", "::1"], SET) == ["run", "-i", "::1"]
    assert rasa_arguments(["run", "--interface=::1"], SET) == ["run", "--interface=::1"]


def test_other_commands_pass_unchanged_and_need_no_settings() -> None:
    assert rasa_arguments(["train", "--out", "models"], {}) == ["train", "--out", "models"]
    assert rasa_arguments([], {}) == []
    assert rasa_arguments(["run", "--help"], {})[:2] == ["run", "--help"]


def test_everything_that_run_misses_is_said_at_once() -> None:
    with pytest.raises(LaunchError) as refused:
        rasa_arguments(["run"], {"SANIC_WORKERS": "2"})
    for word in ("RAPPORT_INTERNAL_SECRET", "RAPPORT_ACTIONS_PORT", "RAPPORT_RASA_DB", "SANIC_WORKERS must be 1"):
        assert word in str(refused.value)


def test_what_is_needed_comes_first_and_once() -> None:
    needs = {"d": ("b", "c"), "b": ("a",), "c": ("a", "input"), "a": ("input",), "unrelated": ("d",)}
    names = [name for name, _ in ordered(needs, ["d"])]
    assert sorted(names) == ["a", "b", "c", "d"]
    assert names[0] == "a"
    assert names[-1] == "d"


def test_a_circle_in_the_graph_is_refused() -> None:
    with pytest.raises(ValueError, match="needs itself"):
        ordered({"a": ("b",), "b": ("a",)}, ["a"])
