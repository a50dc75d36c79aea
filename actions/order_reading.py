"""What a message says about an order, read by its words: e-mail, address, kind of problem, products, yes and no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.turn import Turn
from analytics.records import Order, OrderLine

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PROBLEMS = {
    "missing": r"missing|forgot(?:ten)?|left out|not in (?:it|the (?:box|bag|parcel))|didn'?t get|did not get|never got"
    r"|wasn'?t (?:in|there)|incomplete|short of|lacking|without",
    "damaged": r"damaged?|broken?|broke|crush\w*|smash\w*|leak\w*|crack\w*|torn|dent\w*|spoil\w*|mou?ld\w*|rotten"
    r"|off|burst|squashed|melted|expired|defective|faulty|shattered|stale",
    "wrong": r"wrong|instead of|different|not what i (?:ordered|asked)|mixed up|somebody else'?s|someone else'?s"
    r"|incorrect|swapped",
}
_EVERYTHING = re.compile(
    r"\b(?:everything|all of (?:it|them)|(?:the )?whole (?:order|lot|thing)|entire order|complete order)\b"
    r"|^\W*(?:all|both|it all|all items)\W*$",
    re.I,
)
_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|sq|terrace|close"
    r"|crescent|apartment|apt|flat|suite|unit|box|highway|hwy|parkway|row|gardens)\b\.?",
    re.I,
)
#: What comes before an address: before a number ("send it to 14 Elm Street"), else before a name ("to Elm Road 14").
_LEAD_INS = (
    re.compile(
        r"^.*?\b(?:to|is|it|it'?s|at|use|address)\b[\s:,]+(?=\d|(?:flat|apt|apartment|unit|suite|po box)\b)",
        re.I | re.S,
    ),
    re.compile(r"^.*?\b(?:to|is|at|address)\b[\s:,]+(?=[A-Z])", re.S),
)
#: What follows an address without being part of it.
_TAIL = re.compile(r"(?:[\s,.!]+(?:instead|please|pls|plz|thanks|thank you|if possible|from now on|then))+\W*$", re.I)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please do|go ahead|do it|correct|right|confirm(?:ed)?)\b", re.I
)
_NO = re.compile(r"^\W*(?:no|nope|nah|don'?t|do not|stop|never\s?mind|forget|wait|leave|keep)\b", re.I)
_BUT = re.compile(r"\b(?:no|not|don'?t|wait|but|instead|rather|except|without)\b", re.I)
_CALL_OFF = re.compile(
    r"^\W*(?:please\s+)?(?:cancel|stop|abort|quit|drop)(?:\s+(?:it|that|this|the\s+(?:return|request|"
    r"report|change)))?\W*$|\bnever\s?mind\b|\bforget (?:it|about it)\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:other|previous|earlier|older) (?:order|one)\b|\b(?:one )?before (?:that|this)\b|\bthe one before\b"
    r"|\bthe other\b|\bnot (?:that|this) (?:one|order)\b",
    re.I,
)
_THE_SAME = re.compile(
    r"\b(?:(?:the )?same(?: (?:one|thing|product|item|again))?"
    r"|(?:a )?(?:new|fresh|working|good|replacement) (?:one|ones)"
    r"|another (?:one|of (?:the same|those|them))|like for like|identical)\b",
    re.I,
)
_CORRECTS = re.compile(r"^\W*(?:no|not|sorry|actually|i meant?|rather|it'?s|the|order|only|just|oops|wait|\d+)\b", re.I)
_CANCEL_IT = re.compile(
    r"^\W*(?:please\s+)?(?:just\s+)?cancel\s+(?:it|that|that one|the order)(?:\s+please)?\W*$", re.I
)
#: What begins a request: "return the pizza" is one, "the pizza" is an answer.
_ORDERS_US = re.compile(
    r"^\W*(?:please\s+)?(?:cancel|return|order|reorder|track|change|show|tell|give|send|refund|exchange|report|put|add"
    r"|stop|help|talk|call)\b",
    re.I,
)
_QUESTION = re.compile(
    r"\?|^\W*(?:do|does|can|could|how|what|where|when|why|who|is|are|recommend|show|find|search|any"
    r"|i'?m looking|i am looking|i need|i want)\b",
    re.I,
)
#: Words shorter than this name no product.
_SHORTEST_NAME = 3
_FEW_WORDS = 5
#: Intents of short messages that are requests of their own ("track order 40251", "frozen pizza").
_LOOKED_UP = frozenset({"track_order", "last_order", "search_product", "recommend", "ask_offers"})


def email_in(text: str) -> str:
    """Give the first e-mail address, empty where there is none."""
    found = EMAIL.search(text)
    return found.group().lower() if found else ""


def problem_in(text: str) -> str:
    """Give "missing", "damaged" or "wrong" by the words for it; empty where none is said."""
    return next((kind for kind, words in _PROBLEMS.items() if re.search(rf"\b(?:{words})\b", text, re.I)), "")


def address_in(text: str) -> str:
    """Give the postal address a message holds, without the words before it; empty where it holds none."""
    if "?" in text or not re.search(r"\d", text):
        return ""
    stripped = (lead_in.sub("", text, count=1) for lead_in in _LEAD_INS if lead_in.search(text))
    address = _TAIL.sub("", next(stripped, text)).strip(" .!,\n")
    looks = _STREET.search(address) or address.count(",") >= 1
    return address if looks and len(address.split()) >= 3 else ""


def means_everything(text: str) -> bool:
    """Whether everything in the order is meant."""
    return bool(_EVERYTHING.search(text))


def wants_the_same(text: str) -> bool:
    """Whether she wants the same product again in an exchange ("a new one", "the same again")."""
    return bool(_THE_SAME.search(text))


def products_in(text: str, order: Order) -> tuple[str, ...]:
    """Give the ids of the order's products that a message names, in the order's sequence."""
    said = name_words(text)
    return tuple(line.product.product_id for line in order.lines if _named(line, said, order.lines))


def means_another(text: str) -> bool:
    """Whether she means another order than the one we spoke of ("no, the other order")."""
    return bool(_OTHER.search(text))


def is_correction(turn: Turn) -> bool:
    """Whether a message sounds like correcting us ("no, order 40100") rather than like a question of its own."""
    if is_question(turn.text):
        return False
    if _CORRECTS.search(turn.text):
        return True
    return turn.intent not in _LOOKED_UP and len(turn.text.split()) <= _FEW_WORDS


def says_yes(text: str) -> bool:
    """Whether a message begins with a yes and takes nothing of it back."""
    return bool(_YES.search(text)) and not _BUT.search(text)


def takes_back(text: str) -> bool:
    """Whether a message that sounds like a yes has a "but" in it."""
    return bool(_BUT.search(text))


def orders_cancelling(text: str) -> bool:
    """Whether a message is the bare order to do it: "cancel it please"."""
    return bool(_CANCEL_IT.search(text))


def is_question(text: str) -> bool:
    """Whether a message asks for something of its own instead of answering us."""
    return bool(_QUESTION.search(text))


def is_short_answer(text: str) -> bool:
    """Whether a message is a few words that ask for nothing: "the salsa", "friday evening"."""
    return 0 < len(text.split()) <= _FEW_WORDS and not is_question(text) and not _ORDERS_US.search(text)


def says_no(text: str) -> bool:
    """Whether a message begins with a no."""
    return bool(_NO.search(text))


def calls_off(text: str) -> bool:
    """Whether she wants to leave it altogether ("never mind", "cancel that")."""
    return bool(_CALL_OFF.search(text))


def _named(line: OrderLine, said: set[str], lines: Sequence[OrderLine]) -> bool:
    """Tell whether a product is named by a word of its name that no other product of the order has."""
    others = (_own_words(other) for other in lines if other.product.product_id != line.product.product_id)
    own = _own_words(line) - set().union(*others)
    return bool(own & said)


def name_words(text: str) -> set[str]:
    """Give the words of a text by which things are named: letters only, without the ending of the plural."""
    found = re.findall(r"[a-z]+", text.lower())
    return {_singular(word) for word in found if len(word) >= _SHORTEST_NAME}


def _singular(word: str) -> str:
    return word[:-2] if word.endswith("oes") else word.removesuffix("s")


def _own_words(line: OrderLine) -> set[str]:
    """Give the words of a product's name, without remarks in brackets: "(shop brand)" names no product."""
    return name_words(re.sub(r"\(.*?\)", "", line.product.name))
