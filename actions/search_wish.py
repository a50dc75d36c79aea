"""What a search asks for beside the thing: "milk under $3", "the cheapest coffee"."""

from __future__ import annotations

import re
from typing import Literal

from analytics.records import PriceWish

_NUMBER = (
    r"(?:[$€£]\s?)?(?P<{0}>\d{{1,5}}(?:[.,]\d{{1,2}})?)"
    r"\s?(?P<{0}_unit>dollars?|bucks|usd|euros?|pounds|[$€£]|cents?|¢)?"
)
#: "Less than 5 % fat" and "under 12 oz" are no prices.
_NO_PRICE = (
    r"(?!\s?(?:%|per ?cent|oz|ounces?|lbs?|g|grams?|kg|ml|l|lit(?:er|re)s?|ct|pieces?|calories|kcal|minutes?|days?"
    r"|[.,]?\d))"
)
_MOST = re.compile(
    r"\b(?:for\s+)?(?:under|below|less\s+th[ae]n|cheaper\s+th[ae]n|up\s+to|at\s+(?:the\s+)?most|max(?:imum)?(?:\s+of)?"
    r"|(?:no|not)\s+more\s+th[ae]n|not\s+over|within|beneath)\s+" + _NUMBER.format("most") + _NO_PRICE,
    re.IGNORECASE,
)
_LEAST = re.compile(
    r"\b(?:for\s+)?(?:over|above|more\s+th[ae]n|at\s+least|starting\s+(?:at|from))\s+"
    + _NUMBER.format("least")
    + _NO_PRICE,
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+" + _NUMBER.format("least") + r"\s+(?:and|to|-)\s+" + _NUMBER.format("most") + _NO_PRICE,
    re.IGNORECASE,
)
_CHEAP = re.compile(
    r"\b(?:cheap(?:est|er)?|cheepest|least\s+expensive|lowest[\s-]+priced?|inexpensive|most\s+affordable|affordable"
    r"|costs?\s+(?:the\s+)?least|lowest\s+price)\b",
    re.IGNORECASE,
)
_DEAR = re.compile(r"\b(?:most\s+expensive|dearest|priciest|highest[\s-]+priced?)\b", re.IGNORECASE)
#: What is left around the thing once the price is out: "what's the … coffee you have".
_BEFORE = re.compile(
    r"^(?:\W|\b(?:what(?:'?s|\s+is|\s+are)?|which(?:\s+is|\s+are)?|is|are|the|your|a|an|some|any|of|for|in|show|find|give|me"
    r"|do|you|have|i|need|want|looking|anything|something|please|and|but|price)\b)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\W|\b(?:you|have|got|sell|there|is|are|do|please|pls|for|that|costs?|priced|in|the|shop|store|a|an|of|and|but)\b)+$",
    re.IGNORECASE,
)


def price_wish(text: str) -> PriceWish | None:
    """Read what it may cost, in major units; None where price is no matter."""
    least = most = None
    if found := _BETWEEN.search(text):
        least, most = _amount(found, "least"), _amount(found, "most")
    else:
        if found := _MOST.search(text):
            most = _amount(found, "most")
        if found := _LEAST.search(text):
            least = _amount(found, "least")
    order = _order(text)
    if least is None and most is None and order is None:
        return None
    return PriceWish(least=least, most=most, order=order)


def thing_alone(text: str) -> str:
    """Take what is said of the price out of a search: "the cheapest coffee under $5" → "coffee"."""
    for said in (_BETWEEN, _MOST, _LEAST, _CHEAP, _DEAR):
        text = said.sub(" ", text)
    return re.sub(r"\s+", " ", _AFTER.sub("", _BEFORE.sub("", text))).strip()


def _order(text: str) -> Literal["cheapest", "dearest"] | None:
    if _CHEAP.search(text):
        return "cheapest"
    return "dearest" if _DEAR.search(text) else None


def _amount(found: re.Match[str], which: str) -> float:
    amount = float(found[which].replace(",", "."))
    unit = (found[f"{which}_unit"] or "").lower()
    return amount / 100 if unit.startswith("cent") or unit == "¢" else amount
