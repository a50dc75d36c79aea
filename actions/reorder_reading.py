"""What a message wants ordered once more: everything of an order, single things of it, or what is on her list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.items_reading import Edit, edits_in
from actions.list_reading import Thing, things_in
from language.quantity import NUMBER

_LIST = re.compile(r"\b(?:shopping|grocery|groceries)?[\s-]*list\b", re.I)
#: From here on a message says what shall be different this time: "… but without the milk".
_DIFFERENT = re.compile(
    r"[\s,;]*\b(?:but|except|without|w/o|minus|apart\s+from|excluding|excl|plus|leave\s+out|leaving\s+out|no(?=\s+[a-z])|not(?=\s+the\b)"
    r"|and\s+(?:also\s+|please\s+)?(?:add|make|put|throw|take|drop|skip|remove|leave))\b.*$",
    re.I | re.S,
)
#: Words of such a request that name nothing.
_HOLLOW = re.compile(
    r"\b(?:order\w*|re-?\s?order\w*|buy\w*|bought|purchase\w*|repurchase|get|got|gimme|give|bring|deliver\w*|send|ship"
    r"|place|make|do|redo|repeat|copy|duplicate|again|anew|same|identical|exact\w*|last|latest|previous|prior|recent\w*"
    r"|time|times|before|earlier|once|more|another|usual\w*|regular\w*|normal\w*|standard|always|stuff|things?|items?"
    r"|products?|goods|lot|batch|shop|shopping|shopped|groceries|basket|cart|everything|all|whole|entire|complete|week"
    r"|weeks|weekly|month|months|day|days|yesterday|today|tonight|now|right|away|ago|number|no|new|fresh|kindly|please"
    r"|pls|plz|thanks|thank|thx|ok|okay|yes|yeah|hi|hello|hey|can|could|would|will|may|might|shall|should|just|simply"
    r"|exactly|like|love|want|wanna|need|needs|let'?s|lets|try|go|going|ahead|run|runs|out|have|had|has|having|did|does"
    r"|is|are|was|were|be|been|i'd|i'm|i've|i'll|im|ive|id|ill|i|me|we'd|we're|we'll|we|us|why|not|take|mean|meant|you|u|ur|your|my|mine|our"
    r"|the|teh|that|this|these|those|them|it|its|as|from|in|on|at|to|for|with|so|again|back|up|what|which|ever|ones?|ran"
    r"|a|an|any|some|put|through|quick|quickly|possible|if|then|too|also|by|list|something|off|next|there|round"
    r"|via|chat|here|online|account|history|first|second|third|hit|me|reorderd?|thats|only|wish|hope|hoping|mind)\b",
    re.I,
)
_NUMBERED = re.compile(r"#\s?\w?\d+|\b[a-z]?\d{4,}\b", re.I)
#: "only the coffee", "just the milk and the bread please".
_ONLY = re.compile(
    r"^\W*(?:no|actually|ok(?:ay)?|hmm?|sorry|wait)?[\s,]*(?:i|we)?\s*(?:only|just)\s+(?P<things>[^\d,;]+)", re.I
)
#: Everything is meant, whatever else she writes around it.
_WHOLE = re.compile(
    r"\bsame\s+(?:again|as\s+(?:last|before|b4|always|usual|the\s+last)|order|stuff|things?|groceries|basket|shop)\b"
    r"|\b(?:repeat|re-?order|redo|copy)\s+(?:my|the)\s+(?:last|previous|latest|whole|entire)\b",
    re.I,
)
#: "ok, order it then", "place the order": a yes to what we asked.
_ORDERS_IT = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|please|then|just|so|now|great|perfect|fine|good|go ahead and|you can)[\s,.!]+)*"
    r"(?:order|buy|place|send|submit)\s+(?:it|that|them|this|the\s+order|everything)"
    r"(?:[\s,]+(?:then|now|please|all|pls|for me))*\W*$",
    re.I,
)
#: Other ways to take something out, told as `items_reading` knows it.
_WITHOUT = re.compile(
    r"(?:\b(?:everything|all)(?:\s+of\s+(?:it|them|that))?[\s,]+)?\b(?:except(?:\s+for)?|but\s+not|apart\s+from|w/o"
    r"|other\s+than|excluding|(?:but\s+)?no(?=\s+(?!thanks?\b|thx\b)[a-z]+(?:\s+(?:please|pls|then))?\W*(?:$|and\b))"
    r"|(?<!do\s)not(?=\s+the\b)|minus)\b",
    re.I,
)
#: "without milk and 2 cereals": the second clause is no more of the first.
_AND_COUNTED = re.compile(rf"(?<=\w)\s+and\s+(?={NUMBER}\b)", re.I)
#: Words around a change that are part of none.
_AROUND = re.compile(
    r"^\W*(?:but|and|with|plus|though)\s+(?:with\s+|just\s+)?|\b(?:though|this time|for once|today)\b", re.I
)
_ASKS_KINDLY = re.compile(r"^\W*(?:can|could|would|will)\s+(?:you|u|we|i)\b|^\W*(?:i|we)\s+(?:need|want|also)\b", re.I)
_QUESTION = re.compile(
    r"^\W*(?:do|does|is|are|how|what|where|when|why|who|which|have|did|recommend|show|find|search)\b", re.I
)
#: "make it 3", "no, two please".
_COUNT_ALONE = re.compile(
    r"^\W*(?:(?:no|ok(?:ay)?|actually|rather|sorry|please|then)[\s,]+)*(?:make\s+(?:it|that|them)\s+)?"
    rf"(?:only\s+|just\s+)?{NUMBER}(?:\s+(?:of\s+(?:it|them|those)|then|please|instead|packs?|pieces?))*\W*$",
    re.I,
)
_LETTERS = re.compile(r"[a-z]{3,}", re.I)


@dataclass(frozen=True, slots=True)
class AgainWish:
    """What is to be ordered once more; without things everything of the order or the list."""

    from_list: bool
    #: Whether everything is plainly meant, even where a thing seems to be named as well.
    whole: bool
    things: tuple[Thing, ...]
    #: The words that say what shall be different; may be empty.
    changes: str


def again_in(text: str) -> AgainWish:
    """Read a request: "the same as last time but no milk", "buy the coffee again", "order what's on my list"."""
    text = _from_the_request_on(text)
    different = _DIFFERENT.search(text)
    told = text[: different.start()] if different else text
    return AgainWish(
        from_list=bool(_LIST.search(told)),
        whole=bool(_WHOLE.search(told)),
        things=tuple(_named(_NUMBERED.sub(" ", told))),
        changes=text[different.start() :].strip(" ,;") if different else "",
    )


def basket_edits(text: str) -> list[Edit]:
    """Give the changes a message asks for of a basket: "without the milk", "two of the coffee", "add bread"."""
    told = _AND_COUNTED.sub(", make it ", _AROUND.sub(" ", _WITHOUT.sub("without", text)))
    edits = edits_in(told)
    if edits:
        return edits
    counted = [thing for thing in things_in(told.strip()) if thing.quantity]
    return [Edit("set", thing.name, thing.quantity) for thing in counted]


def only_in(text: str) -> list[str]:
    """Give the things of "only the coffee": all others go; none where that is not said."""
    only = _ONLY.search(text)
    return [thing.name for thing in _named(only["things"])] if only else []


def orders_it(text: str) -> bool:
    """Whether a message is the bare order to do it: "ok, order it then"."""
    return bool(_ORDERS_IT.search(text))


def may_edit(text: str) -> bool:
    """Whether a message may change the basket: it is no question of its own."""
    if _QUESTION.search(text) or ("?" in text and not _ASKS_KINDLY.search(text)):
        return False
    return not _LIST.search(text) and bool(only_in(text) or basket_edits(text) or _COUNT_ALONE.search(text))


def _named(told: str) -> list[Thing]:
    bare = re.sub(r"\s+", " ", _HOLLOW.sub(" ", told))
    return [thing for thing in things_in(bare) if _LETTERS.search(thing.name)]


def _from_the_request_on(text: str) -> str:
    """Leave out the sentences before the one that plainly means everything: "that was awful. Order the same again"."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    first = next((place for place, told in enumerate(sentences) if _WHOLE.search(told)), 0)
    return " ".join(sentences[first:])
