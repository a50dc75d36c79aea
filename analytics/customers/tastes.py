"""What a customer said she likes, does not like, and eats: which products it speaks for, and which against.

A product is judged by the words of its name, category and department; ingredients are not known here, and the bot
says so. So "gluten free" leaves out what is bread by name and promises nothing of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from analytics.catalogue.words import stems_of
from store.repositories.profiles import profile_row

_MEAT = (
    "beef pork chicken turkey ham bacon sausage meat meats veal lamb duck venison salami pepperoni hot-dog hotdog"
    " frankfurter lunchmeat jerky steak wing bratwurst chorizo prosciutto"
)
_FISH = "fish seafood salmon tuna shrimp cod tilapia crab lobster clam oyster anchovy sardine"
_DAIRY = "milk cheese yogurt yoghurt butter cream ice-cream margarine cheddar mozzarella custard"
_GRAIN = "bread bun roll bagel pasta spaghetti noodle cereal cookie cracker cake pie pastry pizza flour beer doughnut"
#: Words that speak against a product, by diet.
AGAINST: Mapping[str, str] = {
    "vegetarian": f"{_MEAT} {_FISH}",
    "pescatarian": _MEAT,
    "vegan": f"{_MEAT} {_FISH} {_DAIRY} egg honey",
    "lactose free": _DAIRY,
    "gluten free": _GRAIN,
    "halal": "pork ham bacon salami pepperoni prosciutto chorizo beer wine liquor spirits",
    "kosher": "pork ham bacon prosciutto shrimp crab lobster clam oyster",
}
#: Words that say a product fits in spite of them: "vegan sausages", "oat milk".
FITS: Mapping[str, str] = {
    "vegetarian": "vegetarian veggie vegan meatless plant-based tofu soy peanut",
    "pescatarian": "vegetarian veggie vegan meatless plant-based tofu soy",
    "vegan": "vegan plant-based soy oat almond coconut rice peanut cocoa tofu",
    "lactose free": "vegan lactose-free dairy-free soy oat almond coconut rice peanut cocoa",
    "gluten free": "gluten-free",
}


class Named(Protocol):
    """A product's row or record."""

    @property
    def name(self) -> str:
        """As customers read it."""

    @property
    def category(self) -> str:
        """Its category."""

    @property
    def department(self) -> str:
        """Its department."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Anything judged by its words, such as an offer."""

    name: str
    category: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True)
class Tastes:
    """Her likes and dislikes as stems, newest last; nothing stated speaks for or against anything."""

    likes: tuple[frozenset[str], ...] = ()
    dislikes: tuple[frozenset[str], ...] = ()
    diets: tuple[str, ...] = ()
    #: Her words for `likes`, in the same order.
    liked_words: tuple[str, ...] = ()

    def suits(self, product: Named) -> bool:
        """Whether nothing she said speaks against a product."""
        if not self.dislikes and not self.diets:
            return True
        stems = set(stems_of(f"{product.name} {product.category} {product.department}"))
        if any(thing <= stems for thing in self.dislikes):
            return False
        return not any(_against(diet, stems) for diet in self.diets)

    def liked(self, product: Named) -> str | None:
        """Give what she said she likes that a product is, the newest first; None where it is nothing of it."""
        stems = set(stems_of(f"{product.name} {product.category}"))
        pairs = zip(reversed(self.likes), reversed(self.liked_words), strict=True)
        return next((words for thing, words in pairs if thing <= stems), None)


def tastes_of(stated: Mapping[str, Sequence[str]]) -> Tastes:
    """Read what is kept under `likes`, `dislikes` and `diets`."""
    return Tastes(
        likes=tuple(frozenset(stems_of(thing)) for thing in _named(stated, "likes")),
        dislikes=tuple(frozenset(stems_of(thing)) for thing in _named(stated, "dislikes")),
        diets=tuple(_named(stated, "diets")),
        liked_words=tuple(_named(stated, "likes")),
    )


def stated_tastes(connection: Connection, customer_id: str | None) -> Tastes:
    """Give a customer's tastes as she stated them; a visitor's are unknown."""
    row = None if customer_id is None else profile_row(connection, customer_id)
    return Tastes() if row is None else tastes_of(row.preferences)


def _named(stated: Mapping[str, Sequence[str]], kind: str) -> list[str]:
    return [thing for thing in stated.get(kind, ()) if stems_of(thing)]


def _against(diet: str, stems: set[str]) -> bool:
    return _any_of(AGAINST.get(diet, ""), stems) and not _any_of(FITS.get(diet, ""), stems)


def _any_of(words: str, stems: set[str]) -> bool:
    """Whether one of the words is there; all parts of "ice-cream"."""
    return any(set(stems_of(word)) <= stems for word in words.split())
