"""Variants of one product, where a shop swaps a thing only for its like: "the wireless one", "in red", "1.5 L"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Order, OrderLine, Product

#: More variants of one product than these are not looked at.
_LOOKED_AT = 60
#: Variants that are told to choose from.
MOST_TOLD = 6
_UNIT = re.compile(r"(\d)\s+(l|ml|oz|gb|tb|mm|cm|inch|ft|mp|w|x|hours?|pieces?)\b", re.I)
_WORD = re.compile(r"[a-z0-9][a-z0-9.'%+]*")
#: Words that name no property of a thing.
_HOLLOW = frozenset(
    re.findall(
        r"\S+",
        "a an the one ones in of for to with and or but my me it its is that this same version variant model option "
        "kind type size color colour material make made please pls thanks instead rather new different another other "
        "want would like i id i'd can you get have then too also",
    )
)


def variants_of(turn: Turn, analytics: Analytics, product: Product) -> list[Product]:
    """Give what else there is of a product, in stock, most like it first."""
    found = analytics.search_products(product.category, customer_id=turn.customer_id, limit=_LOOKED_AT)
    others = [
        each
        for each in found
        if each.category == product.category and each.in_stock and each.product_id != product.product_id
    ]
    own = _words(product.name)
    return sorted(others, key=lambda each: -len(own & _words(each.name)))


def variant_in(said: str, variants: Sequence[Product], product: Product) -> Product | None:
    """Give the first variant that has everything she says of it; None where none has, or she says nothing of it."""
    wanted = _words(said) - _HOLLOW - _words(product.category)
    return next((each for each in variants if wanted and wanted <= _words(each.name)), None)


def properties(variants: Sequence[Product]) -> str:
    """Write what tells variants apart: "white, optical, wireless; black, laser, wireless"."""
    return "; ".join(each.name.removeprefix(f"{each.category}, ") for each in variants[:MOST_TOLD])


def only_line(order: Order, product_ids: Sequence[str]) -> OrderLine | None:
    """Give the one line that is meant; None where it may be several."""
    chosen = [line for line in order.lines if not product_ids or line.product.product_id in product_ids]
    return chosen[0] if len({line.product.product_id for line in chosen}) == 1 else None


def _words(text: str) -> set[str]:
    """Give the words of a text, figures with their unit as one: "1.5 L" is "1.5l"."""
    joined = _UNIT.sub(r"\1\2", text.lower().replace("-", " "))
    return {word.rstrip(".'") for word in _WORD.findall(_UNIT.sub(r"\1\2", joined))}
