"""What a message asks about her data: what is known, a copy, deletion, nothing personal, or another question."""

from __future__ import annotations

import re

_DATA = (
    r"(?:data|infos?|information|details|records?|everything|history|traces?|conversations?|chats?|files?|me|myself"
    r"|stuff)"
)
_GONE = r"(?:delet\w*|eras\w*|remov\w*|wip\w+|destroy\w*|forget|forgotten|get rid|clear\w*|purg\w*|gone|disappear\w*)"
_LESS = (
    r"(?:stop|don'?t|do not|no|not|without|turn off|switch off|disable|opt\w* (?:me )?out|never|quit|withdraw|take back"
    r"|object)"
)
_PERSONAL = (
    r"(?:personal\w*|track\w*|profil\w*|recommend\w*|suggest\w*|tips|purchases?|bought|buy|shopping history|analy\w+"
    r"|using my|use my|watch\w*|habits|target\w*|spy\w*|processing|consent|remember what|based on|past orders)"
)
#: By wish, each in several ways of saying it; in this order: "don't delete my data" is no wish to delete.
_WISHES = {
    "withdraw": (
        rf"(?:don'?t|do not|not) (?:\w+ )?{_GONE}.*\b{_DATA}\b",
        rf"keep (?:all )?(?:of )?my {_DATA}",
        r"(?:stop|cancel|undo|withdraw|take back) (?:the |my |that )?(?:\w+ )?(?:deletion|erasure|request|copy)",
        r"(?:don'?t|do not|no longer) need (?:the|my|a) (?:copy|export|file)",
    ),
    "personal_on": (
        r"(?:turn|switch|start|allow|enable)\w*\b.*\b(?:personal\w*|recommend\w*|suggest\w*)\b.*\b(?:on|again)\b",
        r"(?:use|look at) my [\w ]+ again",
        r"personal\w* .*\bagain\b",
        r"(?:switch|turn) (?:on )?personal\w*(?: on)?$",
        r"(?:allow|enable|resume) personal\w*",
        r"back to (?:personal|suggestions based)",
    ),
    "erase": (
        rf"{_GONE}\b.*\b{_DATA}\b",
        rf"{_DATA}\b.*\b{_GONE}",
        r"right to (?:be forgotten|erasure)",
        r"be forgotten|(?:data )?(?:deletion|erasure)(?: request)?$",
    ),
    "export": (
        r"export\w*|download\w*|cop(?:y|ies) of|portab\w*|as a file|a file (?:with|of)|hand over|dsar|get my data",
        rf"(?:send|e-?mail|give|hand|transfer|get)\b.*\b(?:my|all|everything)\b.*\b{_DATA}\b",
        r"(?:send|e-?mail|give) me (?:all|everything)",
        r"access request|request access|transfer my data",
    ),
    "personal_off": (
        rf"{_LESS}\b.*\b{_PERSONAL}",
        r"creeps? me out|nothing personal|leave my (?:past )?(?:orders|purchases) out",
    ),
    "know": (
        r"(?:what|which|how much|do you|have you)\b.*\b(?:know|have|hold|stor\w*|keep|kept|saved?|collect\w*|got"
        r"|remember)\b.*\b(?:me|my|i|about|mine)\b",
        rf"(?:show|tell|see)\b.*\b(?:my (?:\w+ )?{_DATA}|my profile|about me|on file)\b",
        r"(?:show|tell|see)\b.*\byou (?:know|have|hold|store|collected|remember)\b",
        r"know ab\w* me|what'?s? (?:is )?(?:in my file|on file)|got on me",
        r"(?:collected|information|info) (?:about|on) me",
        r"which segment",
    ),
}
#: Questions on how it is done, not requests about her own data.
_QUESTION = re.compile(
    r"^\W*(?:who|where|how long|why|is|are|does)\b|\b(?:sell|share|sold|shared|cookies?|policy|recorded|safe|secure"
    r"|encrypt\w*)\b",
    re.I,
)


def privacy_in(text: str) -> str:
    """Give "know", "export", "erase", "personal_off", "personal_on" or "withdraw"; "help" for a question on how.

    Empty where no word tells.
    """
    if _QUESTION.search(text):
        return "help"
    return next((wish for wish, ways in _WISHES.items() if _says(text, ways)), "")


def _says(text: str, ways: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b(?:{way})", text, re.I | re.S) for way in ways)
