"""The thing a customer looks for: "do you have decaf coffee, please?" → "decaf coffee"."""

from __future__ import annotations

import re

from bot.components.patterns.found import Found
from language.insult import insult

_ARTICLES = r"(?:(?:a|an|the|some|any|your|more|good|nice|decent|great|cheap|certain|all(?:\s+the)?)\s+)*"
_UNIT = (
    r"(?:(?:bottle|box|pack|packet|bag|can|jar|carton|dozen|gallon|quart|pint|lit(?:re|er)|kilo|pound|kinds?|sorts?"
    r"|types?|bit|price|cost)s?\s+(?:of|for)\s+)?"
)
_PURPOSE = r"(?:(?:something|anything)\s+(?:for|against|like)\s+(?:a\s+|the\s+|my\s+)?)?"
_POLITE = r"(?:(?:hi|hello|hey|please|ok|okay|so|and|well|also|then|yes|no|thanks)[\s,!.:-]+)*"
_THING = _ARTICLES + _UNIT + _PURPOSE + _ARTICLES

#: Ways to ask for a thing, the thing following.
_ASKS = (
    r"(?:do|did|can|could|would|will)\s+(?:you|u|ya|we)\s+(?:guys\s+)?(?:also\s+|still\s+|by any chance\s+)?"
    r"(?:have|hav|sell|stock|carry|offer|keep|got|get|find(?:\s+me)?|show(?:\s+me)?|check(?:\s+whether\s+you\s+have)?"
    r"|recommend|suggest|order)(?:\s+me)?",
    r"(?:have|has)\s+(?:you|u)(?:\s+got)?|you\s+(?:guys\s+)?(?:have|got|sell)",
    r"(?:can|could|may|where\s+can|where\s+do|where\s+could)\s+i\s+(?:get|buy|find|order|have)",
    r"(?:is|are|isn't|aren't)\s+there",
    r"(?:i'?m|i\s+am|we'?re|we\s+are)?\s*(?:looking|searching|hunting)\s+for",
    r"(?:i'?m|i\s+am)\s+after",
    r"(?:i|we)\s+(?:actually\s+|rather\s+)?mean(?:t)?",
    r"(?:i|we)(?:'d|\s+would)?\s*(?:really\s+|just\s+)?(?:need|want|like|love|fancy)(?:\s+to\s+(?:buy|order|get|have|find))?",
    r"need|want|got|search(?:\s+for)?|find(?:\s+me)?|look(?:\s+for)?|show(?:\s+me)?|get(?:\s+me)?|give\s+me|looking\s+for",
    r"how\s+much\s+(?:is|are|does|do|for)|what(?:'s|\s+is)\s+the\s+price\s+of|what\s+do(?:es)?|price\s+of|cost\s+of",
    r"what\s+about|how\s+about",
    r"is|are",
)
_SUGGESTS = (
    r"(?:(?:can|could|would)\s+you\s+|please\s+|i'?d\s+like\s+you\s+to\s+)?(?:recommend|recomend|suggest)(?:\s+me)?",
    r"what(?:'s|\s+is)\s+(?=a\s+good\b)",
)
#: "what kinds of tea do you have", "which wine would you suggest": the thing stands in the middle.
_ENCLOSED = re.compile(
    rf"^{_POLITE}(?:what|which)\s+{_ARTICLES}{_UNIT}(?P<thing>.+?)\s+(?:"
    r"(?:do|can|would|could)\s+(?:you|u)\s+(?:guys\s+)?(?:have|sell|stock|carry|offer|keep|recommend|suggest)"
    r"|are\s+there|is\s+there|have\s+you\s+got)\b",
    re.IGNORECASE,
)
_ASK = re.compile(rf"^{_POLITE}(?:{'|'.join(_ASKS)})\s+{_THING}", re.IGNORECASE)
_SUGGEST = re.compile(rf"^{_POLITE}(?:{'|'.join(_SUGGESTS)})\b\s*{_THING}", re.IGNORECASE)
_BEFORE_BARE = re.compile(rf"^{_POLITE}{_THING}", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|in stock|in the shop|in store|available|right now|now|today|tonight|here"
    r"|for me|at all|you have|do you have|from you|you would recommend|would you recommend|you'd recommend|cost|costs"
    r"|left|anywhere|something you sell|with you))+$",
    re.IGNORECASE,
)
_END = " \t\n?!.,;:\"'…"
#: What is left of "recommend me something", "find a product": nothing to look for.
_NOTHING = frozenset(
    """
    something somthing anything thing things stuff product products item items one ones more others other else it that
    this these those some any few new nice good popular different suggestion suggestions recommendation recommendations
    idea ideas pick picks treat taste match like i i'd i'm me my you your might may would could have enjoy choosing
    a an the for to of in basket cart list someone people what which whether three help choose look search find buy
    favourite favourites favorite favorites recommend suggest
    """.split()  # noqa: SIM905  sixty words read better as lines
)
_NEXT_SENTENCE = re.compile(r"[?!\n]|[.,;]\s")
_LONGEST_BARE = 5
_LONGEST = 12
#: Characters; what is longer is no name, and is not searched for its end (4,000 commas took seconds).
_LONGEST_TEXT = 300


def searched_product(text: str) -> Found | None:
    """Find the product in a message that asks for one: after the request words, or a short message as it stands."""
    return _enclosed(text) or _after(text, _ASK) or _bare(text)


def suggested_product(text: str) -> Found | None:
    """Find the kind of product in a wish for a recommendation; None in "recommend me something"."""
    return _enclosed(text) or _after(text, _SUGGEST)


def _enclosed(text: str) -> Found | None:
    match = _ENCLOSED.search(text)
    return _named(text, match.start("thing"), match.end("thing")) if match else None


def _after(text: str, request: re.Pattern[str]) -> Found | None:
    match = request.search(text)
    return _named(text, match.end(), len(text)) if match else None


def _bare(text: str) -> Found | None:
    if len(text.split()) > _LONGEST_BARE or _ASK.search(text + " "):
        return None
    lead = _BEFORE_BARE.match(text)
    return _named(text, lead.end() if lead else 0, len(text))


def _named(text: str, start: int, end: int) -> Found | None:
    """Trim what surrounds the name between `start` and `end`; None when no name is left."""
    for border in (insult, _NEXT_SENTENCE.search):
        beyond = border(text[start:end])
        end = start + beyond.start() if beyond else end
    if end - start > _LONGEST_TEXT:
        return None
    while True:
        named = text[start:end].rstrip(_END)
        tail = _AFTER.search(named)
        end = start + len(named)
        if tail is None:
            break
        end = start + tail.start()
    lead = len(named) - len(named.lstrip(_END))
    words = named.lower().split()
    if not words or len(words) > _LONGEST or all(word.strip(_END) in _NOTHING for word in words):
        return None
    return Found(named[lead:].lower(), start + lead, end)
