"""What a complaint is about, how bad it is and what she would like, read out of one message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from actions import slots
from actions.order_reading import problem_in
from actions.turn import Turn
from analytics.complaint_records import TOPICS, ComplaintTopic, Severity, Wish

_Kind = TypeVar("_Kind", bound=str)

#: Sentiment below which words are strong.
_FURIOUS_BELOW = -0.7
#: Signs of gravity from which a complaint is serious, and severe.
_SERIOUS_AT, _SEVERE_AT = 2, 3

#: What only a person may deal with, and at once.
_URGENT = {
    "legal": r"lawyers?|attorney|sue|suing|lawsuit|legal(?:ly)? (?:action|steps)|take (?:you|this) to court|court"
    r"|police|ombudsman|consumer (?:protection"
    r"|rights)|trading standards|small claims|press charges|discriminat\w*|racis\w*|harass\w*",
    "threat": r"kill|hurt you|burn (?:it|you|your)|bomb|come (?:over )?there and|smash your|find out where you",
}  # fmt: skip

#: By words, the more particular first.
_TOPICS: dict[ComplaintTopic, str] = {
    "payment": r"(?:over)?charged|charging|double charg\w*|billed|my card|deducted|took (?:my )?money|money was taken"
    r"|gift card|payment",
    "staff": r"rude\w*|unfriendly|impolite|disrespect\w*|cashiers?|staff|employees?|drivers?|(?:delivery )?(?:guy|man"
    r"|boy|woman|lady)|manager was"
    r"|courier|shouted|yelled|threw|hung up|treated",
    "website": r"web\s?site|site|app|checkout|page|log\s?in|crash\w*|404|won'?t load|loading",
    "late": r"late|later|delay\w*|never (?:came|arrived|showed|turned up|reached|delivered)|(?:not|n'?t|hasn'?t"
    r"|haven'?t) (?:yet )?(?:arrived?|come|here|been delivered"
    r"|delivered|shown up|turned up)|still no|still not|still waiting for (?:my|the|an?) (?:order|parcel|package"
    r"|delivery|groceries|stuff)|where(?:'?s| is| the hell is)"
    r"|supposed to (?:be|come|arrive)|days? ago|no show|overdue|waited (?:all|the whole|for) (?:day|afternoon|morning"
    r"|week\w*|hours|the)",
    "price": r"prices?|expensive|overpriced|rip.?off|pricey|costs? too|dear",
    "waiting": r"nobody (?:answers?|replie[sd]|responds?|calls?|helps?|cares?)|no ?(?:body|one) (?:ever )?(?:answers?"
    r"|replie[sd]|called)|no (?:reply|response|answer)|on hold"
    r"|queue|waiting (?:for (?:an answer|a reply|weeks|hours|days|ages)|time)|ignor\w*|hotline|taking forever"
    r"|wasted? (?:hours|my time)|waste of time",
    "quality": r"quality|tasteless|taste[sd]? (?:bad|awful|horrible|like)|tough|watery|bland|unripe|cheap(?:ly)? made",
    "bot": r"(?:ro)?bot|chat\s?bot|machine|computer|ai|useless chat|this chat|(?:you|it) (?:don'?t|do not|never"
    r"|can'?t) (?:understand|get it|listen)|understand nothing"
    r"|talking to a wall|script",
}  # fmt: skip
#: Words for goods that are not what they should be, beside those by which the order service tells damage.
_SPOILED = re.compile(
    r"\b(?:sour|smell\w*|stank|stinks?|slim(?:y|e)|wilted|inedible|past (?:its|the|their)|out of date|expired"
    r"|sorry state|rott\w*|mould\w*|mold\w*|brown|black"
    r"|melted|soggy|squash\w*|open(?:ed)? package|leak\w*)\b",
    re.I,
)
#: Topics beside which a word for missing, damaged or wrong goods counts more.
_OFTEN_GOODS = frozenset({None, "late", "quality", "waiting"})
#: "what's wrong with you", "you always get it wrong": no goods are meant.
_OF_THE_HOUSE = re.compile(r"\b(?:wrong with (?:you|this)|(?:gone|went|is|get it|go) wrong)\b", re.I)
#: What holds a word for damage or for something missing and means neither: "pissed off", "without a word".
_IDIOMS = re.compile(
    r"\b(?:pissed|ticked|fob\w*|brush\w*|cut|put|log\w*|turn\w*|switch\w*|show\w*|takes?|took|day|better) off\b"
    r"|\bwithout (?:a |any )?(?:word|notice|warning|reason|asking|telling|explanation|help|answer|reply|luck)\b",
    re.I,
)
_REPEATS = re.compile(
    r"\b(?:again|(?:second|third|fourth|fifth|2nd|3rd|4th|5th|tenth) time|every (?:single )?time|each time|always"
    r"|once more|yet another|keeps? (?:on )?happening"
    r"|(?:two|three|four|five|several|many) times|same (?:mess|problem|thing))\b",
    re.I,
)
_CONSEQUENCES = re.compile(
    r"\b(?:ruin\w*|party|birthday|wedding|christmas|thanksgiving|guests?|throw (?:it|everything|all|them) (?:away"
    r"|out)|threw (?:it|everything|all|them) (?:away|out)"
    r"|waited all|took (?:a |the )?day off|baby|kids? (?:had|have) nothing|last straw|for weeks|lost (?:money|hours)"
    r"|never (?:order|shop|buy)\w*|never again)\b",
    re.I,
)
_WISHES: dict[Wish, str] = {
    "refund": r"refund\w*|money back|reimburs\w*|compensat\w*|pay me back",
    "replacement": r"replac\w*|new one|another one|send (?:me )?(?:it|them|a new|another|the right)|redeliver\w*"
    r"|exchange|swap",
    "person": r"manager|supervisor|(?:a |real )?(?:human|person)|somebody|someone|your boss|representative|agent",
    "explanation": r"why|explain|explanation|how (?:can|could|come)|what happened|what'?s going on",
    "apology": r"apolog\w*|say sorry",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadComplaint:
    """What one message tells."""

    topic: ComplaintTopic
    severity: Severity
    wish: Wish
    #: "safety" (see `actions.incidents`), "legal" or "threat": a person is needed at once; empty otherwise.
    urgent: str = ""

    @property
    def problem(self) -> str:
        """The order service's word for it, where the goods themselves were missing, damaged or wrong."""
        return self.topic if self.topic in ("missing", "damaged", "wrong") else ""


def read_complaint(turn: Turn) -> ReadComplaint:
    """Read topic, gravity and wish out of a message; "other" and the least where it only vents."""
    urgent = _first(_URGENT, turn.text)
    return ReadComplaint(
        topic=_topic(turn),
        severity="severe" if urgent else _severity(turn),
        wish=_first(_WISHES, turn.text) or "",
        urgent=urgent or "",
    )


def _topic(turn: Turn) -> ComplaintTopic:
    text = _IDIOMS.sub(" ", turn.text)
    told = _first(_TOPICS, text)
    goods = problem_in(text) or ("damaged" if _SPOILED.search(text) else "")
    if goods and told in _OFTEN_GOODS and not _OF_THE_HOUSE.search(text):
        return goods  # type: ignore[return-value]  # one of the three
    if told:
        return told
    aspect = turn.entity(slots.ASPECT) if turn.intent == "complain" else None
    by_entity: dict[str, ComplaintTopic] = {"delivery": "late", "payment": "payment"}
    return next((topic for topic in TOPICS if topic == aspect), by_entity.get(turn.entity(slots.TOPIC) or "", "other"))


def _severity(turn: Turn) -> Severity:
    mood = turn.sentiment if turn.sentiment is not None else 0.0
    signs = sum(
        (turn.is_upset, mood < _FURIOUS_BELOW, bool(_REPEATS.search(turn.text)), bool(_CONSEQUENCES.search(turn.text)))
    )
    return "severe" if signs >= _SEVERE_AT else "serious" if signs >= _SERIOUS_AT else "minor"


def _first(kinds: Mapping[_Kind, str], text: str) -> _Kind | None:
    return next((kind for kind, words in kinds.items() if re.search(rf"\b(?:{words})\b", text, re.I)), None)
