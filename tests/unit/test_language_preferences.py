"""What a message says of tastes, and what it takes back."""

from __future__ import annotations

import pytest

from language.preferences import tastes_in


def stated(text: str) -> set[tuple[str, str]]:
    return {(taste.kind, taste.thing) for taste in tastes_in(text).stated}


def taken_back(text: str) -> set[tuple[str, str]]:
    return {(taste.kind, taste.thing) for taste in tastes_in(text).taken_back}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("I don't like peanuts", {"peanuts"}),
        ("i dont eat meat", {"meat"}),
        ("we never drink alcohol at home", {"alcohol"}),
        ("I hate mint and raisins", {"mint", "raisins"}),
        ("my kids can't stand olives, please remember that", {"olives"}),
        ("I'm allergic to tree nuts", {"tree nuts"}),
        ("please don't suggest fish to me", {"fish"}),
        ("I'm not a big fan of blue cheese", {"blue cheese"}),
        ("no peanuts for me please", {"peanuts"}),
        ("I avoid palm oil because of the forests", {"palm oil"}),
        ("nothing with coconut please", {"coconut"}),
        ("no more noodle suggestions please", {"noodle"}),
    ],
)
def test_dislikes(text: str, things: set[str]) -> None:
    assert stated(text) == {("dislikes", thing) for thing in things}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("I prefer decaf", {"decaf"}),
        ("i like dark chocolate a lot", {"dark chocolate"}),
        ("we love spicy food", {"spicy food"}),
        ("I prefer oat milk to cow's milk", {"oat milk"}),
        ("my favourite tea is earl grey", {"earl grey"}),
        ("I'm a big fan of sourdough bread", {"sourdough bread"}),
        ("i always drink green tea", {"green tea"}),
    ],
)
def test_likes(text: str, things: set[str]) -> None:
    assert stated(text) == {("likes", thing) for thing in things}


@pytest.mark.parametrize(
    ("text", "diet"),
    [
        ("I'm vegetarian", "vegetarian"),
        ("i am a strict vegan", "vegan"),
        ("we eat gluten-free at home", "gluten free"),
        ("I'm lactose intolerant", "lactose free"),
        ("my family keeps kosher", "kosher"),
    ],
)
def test_diets(text: str, diet: str) -> None:
    assert stated(text) == {("diets", diet)}


def test_one_message_may_say_several_things() -> None:
    assert stated("I'm vegan and I love hummus, but I don't like olives") == {
        ("diets", "vegan"), ("likes", "hummus"), ("dislikes", "olives"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "I don't like it",
        "i don't like the second one",
        "we don't need that",
        "do you have vegan sausages?",
        "is there gluten free bread",
        "I'd like to talk to a person",
        "I would like to know more",
        "i don't want any emails",
        "I like this",
        "thanks, i love it",
    ],
)
def test_what_points_at_something_or_asks_for_something_is_no_taste(text: str) -> None:
    assert stated(text) == set()


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("forget that I don't like peanuts", {("dislikes", "peanuts")}),
        ("please forget that i'm vegetarian", {("diets", "vegetarian")}),
        ("I'm not vegetarian any more", {("diets", "vegetarian")}),
        ("i'm no longer vegan", {("diets", "vegan")}),
        ("I eat meat again", {("dislikes", "meat")}),
        ("I do like olives after all", {("dislikes", "olives")}),
        ("you can suggest fish again", {("dislikes", "fish")}),
        ("remove decaf from my preferences", {("likes", "decaf"), ("dislikes", "decaf"), ("diets", "decaf")}),
    ],
)
def test_what_is_taken_back(text: str, gone: set[tuple[str, str]]) -> None:
    assert (taken_back(text), stated(text)) == (gone, set())


def test_all_of_it_is_taken_back() -> None:
    assert tastes_in("forget all my preferences").forgets_all
    assert tastes_in("delete my likes and dislikes").forgets_all
    assert not tastes_in("forget that I like tea").forgets_all


def test_the_thing_is_found_in_the_text() -> None:
    text = "We LOVE Dark Chocolate!"
    (taste,) = tastes_in(text).stated
    assert (taste.thing, text[taste.start : taste.end]) == ("dark chocolate", "Dark Chocolate")


def test_a_long_text_is_read_quickly() -> None:
    assert stated("i like " * 3000) == set()
