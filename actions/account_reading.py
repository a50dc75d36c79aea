"""What a message says about her account: which detail and its new value, what keeps her out, what she takes back."""

from __future__ import annotations

import re

from actions.order_reading import EMAIL, address_in, email_in
from analytics.account_records import DetailName

_DETAILS: dict[str, str] = {
    "password": r"pass\s?words?|passcode|pin",
    "email": r"e-?mails?(?: address(?:es)?)?|mail address",
    "phone": r"(?:tele)?phone(?: number)?|mobile(?: number)?|cell(?: ?phone)?|phone ?no|number i can be reached",
    "address": r"address|where i live|moved(?: house| home)?|moving|relocat\w+|postal code|zip(?: code)?|new (?:flat"
    r"|house|place)",
    "name": r"(?:first |last |sur|family |maiden |middle )?names?|surname|married|divorced|spell(?:ing|ed|t)?"
    r"|misspel\w+",
}
_NAME_LEAD = re.compile(
    r"(?:\b(?:name|surname)\b.*?\b(?:to|is now|is|should be|as)|\b(?:to|it'?s|it is|i'?m|i am|call me"
    r"|now))[\s:]+(?P<name>.+)$",
    re.I | re.S,
)
_NAME = re.compile(r"^[^\W\d_][\w'’.\-]*(?: [^\W\d_][\w'’.\-]*){0,4}$")
#: What comes after a name: "…to Miller-Smith after my wedding".
_AFTER_NAME = re.compile(
    r"[,;!?]|\.\s|\.$|\b(?:please|thanks|instead|after|since|because|from|as of|due to|when|in my|on my)\b", re.I
)
_PHONE = re.compile(r"(?<![\w])\+?\d[\d ()./\-]{5,18}\d(?!\w)")
_LEAST_PHONE_DIGITS, _MOST_PHONE_DIGITS = 7, 15
_LONGEST_NAME = 80
#: The longest address that mail can be sent to.
_LONGEST_EMAIL = 254
#: Words that stand where a name would and are none: "change my name to something else".
_NO_NAME = re.compile(
    r"\b(?:something|another|different|new|wrong|please|the|a|my|your|that|this|can|how|change|update|it|married|yes"
    r"|no|not"
    r"|incorrect|misspelled|address|email|name|what|why|order|want|need)\b",
    re.I,
)

_KEEP = re.compile(
    r"\b(?:keep (?:it|my|the)|restore|undo|withdraw|don'?t (?:delete|close|erase)|do not (?:delete|close|erase)"
    r"|changed my mind"
    r"|take (?:it|that)? ?back"
    r"|stop (?:the |my )?(?:account )?(?:deletion|closing)|cancel (?:the |my )?(?:deletion|closure|closing|request"
    r"|erasure))\b",
    re.I,
)
_SIGN_IN = {
    "hacked": r"hack\w*|(?:some(?:body|one) (?:else )?|stranger\w* )(?:is |has |was |got |used?|using|logged|been"
    r"|order)|stolen|compromis\w*"
    r"|not me|unknown (?:login|device|order)|phish\w*|break into|broke into|fraud\w*|unauthori[sz]ed",
    "two_step": r"2\s?-?\s?(?:fa|step|factor)|two[ -](?:step|factor)|authenticator|verification code|security code"
    r"|(?:sms |text |login |access )"
    r"code|one[ -]time|otp|the code|confirmation code|codes? (?:never|do(?:es)?n'?t|didn'?t|is|isn'?t)",
    "locked": r"lock\w*|block\w*|suspend\w*|disabled|too many (?:attempts|tries)|deactivated|frozen",
    "no_mail": r"(?:reset|password|recovery|confirmation|verification|activation)?\s?(?:e-?mail|mail"
    r"|link)\b.*\b(?:never|not|didn'?t|doesn'?t"
    r"|isn'?t|hasn'?t|expired?|broken|dead|invalid|nothing|no)|(?:no|never got|didn'?t get|not (?:get|receiv)\w*"
    r"|waiting for)\b.*"
    r"\b(?:reset|e-?mail|mail|link)",
}  # fmt: skip


def detail_in(text: str) -> str:
    """Give the detail a message is about: "name", "email", "phone", "address" or "password"; empty for none."""
    bare = EMAIL.sub(" email ", text)
    return next((detail for detail, words in _DETAILS.items() if re.search(rf"\b(?:{words})\b", bare, re.I)), "")


def value_in(detail: DetailName, text: str, *, asked: bool = False) -> str:
    """Give the new value that a message holds, in good form; empty where it holds none.

    Parameters
    ----------
    asked : whether we asked for just this, so that the whole message may be it.
    """
    if detail == "email":
        return _last_email(text)
    if detail == "phone":
        return _phone(text)
    return _address(text) if detail == "address" else _name(text, asked=asked)


def takes_back(text: str) -> bool:
    """Whether she wants an earlier request of hers undone ("keep my account")."""
    return bool(_KEEP.search(text))


def sign_in_trouble_in(text: str) -> str:
    """Give "hacked", "two_step", "locked" or "no_mail"; empty for a forgotten password or trouble of any kind."""
    return _first(_SIGN_IN, text)


def _first(kinds: dict[str, str], text: str) -> str:
    return next((kind for kind, words in kinds.items() if re.search(rf"\b(?:{words})", text, re.I | re.S)), "")


def _last_email(text: str) -> str:
    """The new address comes last: "from a@x.example to b@x.example"."""
    found = [match.group() for match in EMAIL.finditer(text) if len(match.group()) <= _LONGEST_EMAIL]
    return email_in(found[-1]) if found else ""


def _address(text: str) -> str:
    """The address may stand beside a question: "can you save my new one? 12 Oak Avenue, Dayton 45402"."""
    parts = re.split(r"[?!]+\s*|\.\s+(?=[A-Z])", text)
    return next((address for part in reversed(parts) if (address := address_in(part))), "")


def _phone(text: str) -> str:
    found = [match.group().strip() for match in _PHONE.finditer(text)]
    fitting = [one for one in found if _LEAST_PHONE_DIGITS <= len(re.sub(r"\D", "", one)) <= _MOST_PHONE_DIGITS]
    return fitting[-1] if fitting else ""


def _name(text: str, *, asked: bool) -> str:
    lead = _NAME_LEAD.search(text)
    given = lead.group("name") if lead else text if asked else ""
    name = " ".join(_AFTER_NAME.split(given.strip(" .!\"'"))[0].split())
    if not name or len(name) > _LONGEST_NAME or not _NAME.match(name) or _NO_NAME.search(name):
        return ""
    return name.title() if name == name.lower() else name
