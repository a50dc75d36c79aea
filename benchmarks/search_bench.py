"""`rapport bench search`: how often products are found by name, rightly spelt and misspelt, beside substring search."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from typing import Any

from sqlalchemy import select

from analytics.catalogue.search import ProductSearch
from analytics.catalogue.synonyms import load_synonyms
from analytics.catalogue.words import words_of
from analytics.products import kind_of
from benchmarks.shop_copy import SHOP, imported_shop
from store.engine import Database
from store.repositories.catalogue import ProductRow, priced_products, products_by_id
from store.tables import products

_SEED = 0
_NAMES, _NAMES_QUICK = 1000, 150
_SHOWN = 10
#: A shorter word has no room for a slip that still lets it be read.
_SHORTEST = 5
#: A baseline that finds nothing at all is taken to find one in a thousand.
_LEAST = 0.001
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Kind = tuple[str, str]


def run(quick: bool) -> dict[str, Any]:
    """Look for products of the demonstration shop by their names.

    Parameters
    ----------
    quick : the purchases of one household in twenty, and 150 names.

    Returns
    -------
    dict
        In the form of every benchmark. `recall_at_10`: share of names for which one of ten products shown is of that
        name and category. `typo_recall_at_10`: the same with one slip in one word of five letters or more (a letter
        left out, doubled, changed, or two swapped). `search_p50_ms`: median of one search. The baseline is SQL LIKE
        with all the words in the order of the name, the most sold first, as many shops search.
    """
    began = time.perf_counter()
    with imported_shop(quick) as database:
        search = ProductSearch(database, load_synonyms(SHOP / "synonyms.yml"))
        search.load()
        with database.read() as connection:
            kinds = _names(list(priced_products(connection)), _NAMES_QUICK if quick else _NAMES)
        ours = _measured(kinds, lambda text: _by_search(database, search, text))
        plain = _measured(kinds, lambda text: _by_substring(database, text))
    return {
        "bench": "search",
        "sizes": {"names": len(kinds), "shown": _SHOWN},
        "figures": ours,
        "baselines": {"substring": plain},
        "ratio": {
            **{key: round(ours[key] / max(plain[key], _LEAST), 3) for key in ("recall_at_10", "typo_recall_at_10")},
            "search_p50_ms": round(plain["search_p50_ms"] / ours["search_p50_ms"], 3),
        },
        "seconds": round(time.perf_counter() - began, 1),
    }


def slip(name: str, random: Random) -> str:
    """Give a name with one slip of the finger in one of its words; unchanged where no word is long enough."""
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    if not long:
        return name
    at = random.choice(long)
    words[at] = _slipped(words[at], random)
    return " ".join(words)


def _slipped(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)  # the first letter is seldom wrong
    kind = random.choice(("left out", "doubled", "changed", "swapped"))
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    if kind == "changed":
        return word[:at] + random.choice(_LETTERS) + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _names(rows: list[ProductRow], most: int) -> list[Kind]:
    """Draw kinds of product, each once, whose names are words that a customer could type."""
    kinds = sorted({kind_of(row) for row in rows})
    typed = [kind for kind in kinds if any(len(word) >= _SHORTEST for word in words_of(kind[1]))]
    return Random(_SEED).sample(typed, min(most, len(typed)))


def _measured(kinds: list[Kind], found: Callable[[str], set[Kind]]) -> dict[str, float]:
    random = Random(_SEED)
    hits = slips = 0
    took = []
    for kind in kinds:
        text = " ".join(words_of(kind[1]))
        started = time.perf_counter()
        hits += kind in found(text)
        took.append(time.perf_counter() - started)
        slips += kind in found(slip(text, random))
    return {
        "recall_at_10": round(hits / len(kinds), 4),
        "typo_recall_at_10": round(slips / len(kinds), 4),
        "search_p50_ms": round(sorted(took)[len(took) // 2] * 1000, 2),
    }


def _by_search(database: Database, search: ProductSearch, text: str) -> set[Kind]:
    with database.read() as connection:
        found = search.search(connection, text, customer_id=None, limit=_SHOWN)
        rows = products_by_id(connection, [product.product_id for product in found])
    return {kind_of(row) for row in rows.values()}


def _by_substring(database: Database, text: str) -> set[Kind]:
    """Find as plain shops do: every word somewhere in the name, in the order in which they were typed."""
    named = products.c.name.ilike("%" + "%".join(text.split()) + "%")
    query = (
        select(*(products.c[name] for name in ProductRow.__slots__))
        .where(named, products.c.price.is_not(None))
        .order_by(products.c.times_sold.desc(), products.c.product_id)
        .limit(_SHOWN)
    )
    with database.read() as connection:
        return {kind_of(ProductRow(*row)) for row in connection.execute(query)}
