"""What a comparison of products comes to: the cheapest, the best value by unit, the biggest, the most bought."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analytics.records import ProductFacts

#: Prices by unit nearer than this share are called equal.
_SAME = 0.01
_BIGGER = re.compile(
    r"\b(?:big|bigger|biggest|large|larger|largest|small|smaller|smallest|heavier|more in|most in)\b", re.I
)
_POPULAR = re.compile(r"\b(?:popular|bestsell\w+|sells?|bought|buy|people|customers|others|favou?rite)\b", re.I)


def asks_size(text: str) -> bool:
    """Whether it is the size that matters to her."""
    return bool(_BIGGER.search(text))


def asks_popularity(text: str) -> bool:
    """Whether it matters to her what others buy."""
    return bool(_POPULAR.search(text))


def cheapest(compared: Sequence[ProductFacts]) -> ProductFacts | None:
    """Give the one that costs least; None where a price is unknown or two cost the same least."""
    prices = [facts.product.price for facts in compared if facts.product.price is not None]
    if len(prices) < len(compared) or prices.count(min(prices)) > 1:
        return None
    return compared[prices.index(min(prices))]


def best_value(compared: Sequence[ProductFacts]) -> ProductFacts | None:
    """Give the one that costs least by unit; None where units differ or are unknown, or two cost nearly the same."""
    told = [facts.unit_price for facts in compared]
    units = [one for one in told if one is not None]
    if len(units) < len(compared) or len({one.unit for one in units}) > 1:
        return None
    first, second = sorted(one.amount for one in units)[:2]
    if second - first < _SAME * second:
        return None
    return min(compared, key=lambda facts: facts.unit_price.amount if facts.unit_price else 0.0)


def quantity(facts: ProductFacts) -> float:
    """Give how many units a pack holds; 0 where that cannot be read."""
    if facts.unit_price is None or facts.product.price is None or not facts.unit_price.amount:
        return 0.0
    return facts.product.price / facts.unit_price.amount


def biggest(compared: Sequence[ProductFacts]) -> ProductFacts | None:
    """Give the largest pack; None where sizes cannot be compared or two are the largest."""
    units = {facts.unit_price.unit if facts.unit_price else None for facts in compared}
    if None in units or len(units) > 1:
        return None
    first, second = sorted(map(quantity, compared), reverse=True)[:2]
    return max(compared, key=quantity) if first - second > _SAME * first else None


def most_bought(compared: Sequence[ProductFacts]) -> ProductFacts | None:
    """Give the one that sells most; None where two do."""
    first, second = sorted((facts.times_sold for facts in compared), reverse=True)[:2]
    return max(compared, key=lambda facts: facts.times_sold) if first > second else None
