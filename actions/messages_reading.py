"""What a message says about what she wants to be sent: which messages, wanted or not, clause by clause."""

from __future__ import annotations

import re

from actions.order_reading import is_question
from analytics.account_records import PURPOSES, Purpose

#: What is meant, the more particular first.
_PURPOSES: dict[Purpose, str] = {
    "order_texts": r"texts?|texting|sms|text messages?|whats\s?app|push|(?:on|to) my (?:phone|cell|mobile)",
    "chat_offers": r"(?:offers?|deals?|promos?|promotions?|discounts?|sales pitch\w*)",
    "order_emails": r"(?:order|delivery|shipping|shipment|tracking|parcel)[\w -]{0,18}(?:e-?mails?|mails?|updates?"
    r"|notif\w*|messages?"
    r"|confirmations?)|(?:e-?mail\w*|mail\w*|updates?|notif\w+|messages?)(?: me)? (?:about|on|for|when|once|of"
    r"|with) (?:the status of )?"
    r"(?:my |the |an? |every )?(?:step of (?:my )?)?(?:orders?|deliver\w+|parcels?|packages?)",
    "newsletter": r"news\s?letters?|newsleters?|mailing|marketing|promotional|promo mails?|weekly|spam\w*|flyers?"
    r"|leaflets?|e-?mail\w*|mails?|inbox"
    r"|advert\w+|ads?|un-?su[bs]\w*|subscribe\w*|subscription",
}
#: By e-mail, an offer is the newsletter's.
_BY_MAIL = re.compile(r"\b(?:e-?mail\w*|mail\w*|inbox|news\s?letters?|flyers?)\b", re.I)
_ALL = re.compile(
    r"\b(?:all|every|everything)\b.*\b(?:messages?|notif\w+|mails?|contact\w*|send)"
    r"|\bany (?:messages?|notif\w+|contact)"
    r"|\b(?:stop|don'?t|do not|no more) (?:contact|bother|messag|notif)\w*"
    r"|^\W*(?:turn off|mute|disable|switch off|no) (?:the |my |your )?notifications?\W*$",
    re.I,
)
_OFF = re.compile(
    r"\b(?:stop\w*|un-?su[bs]\w*|opt\w* (?:me )?out|off|no|not|none|don'?t|do not|dont|never|remove|without|enough"
    r"|quit|cancel|disable|end|too (?:many|much)"
    r"|take me off|leave me|mute|pause|block|less|fewer|spam\w*|sick of|tired of|rid of|deactivate|hate|cut|way too"
    r"|rather not|keep your|to yourself|annoy\w*)\b",
    re.I,
)
_ON = re.compile(
    r"\b(?:sign me up|subscribe\w*|resubscribe|start|turn on|switch on|on|back|opt\w* in|enable|activate|again|want"
    r"|would like|i'?d like|i'?d love|send me|add me|put me"
    r"|get|receive|yes|resume|notify me|let me know|allow|text me|e-?mail me|mail me|only|just|keep|need|show|may)\b",
    re.I,
)
_ASKS_STATE = re.compile(
    r"\b(?:what|which)\b.*\b(?:get|send|sent|receive|subscribed|signed up|settings|preferences|notif\w+|mails?"
    r"|choose)\b"
    r"|\bam i (?:subscribed|signed up|on)\b|\b(?:settings|preferences|subscriptions)\b",
    re.I,
)
#: "I don't get your mails" wants them.
_MISSES_IT = re.compile(
    r"^(?!.*\b(?:make sure|so that|ensure|hope|want)\b).*\b(?:don'?t|do not|didn'?t|never|not|haven'?t|stopped) "
    r"(?:get|got|getting|receiv\w*|see)\b",
    re.I | re.S,
)
_ADVERTISING = re.compile(r"\b(?:news\s?letters?|marketing|ads?|advert\w+|spam|flyers?|promo\w*)\b", re.I)
_HOW = re.compile(r"^\W*(?:how|where|is|are|what|which|when|why)\b", re.I)
_MONTH = re.compile(
    r"\b(?:this|a|one|next) month\b|\b30 days\b|\b(?:four|a few|some) weeks\b|\bfor now\b|\bfor a (?:while|bit)\b"
    r"|\bpause\b|\bat the moment\b",
    re.I,
)
_CLAUSES = re.compile(r"[,;.!]+|\b(?:but|and keep|and stop|just keep|though|instead of|rather than)\b", re.I)
_INSTEAD = re.compile(r"\b(?:instead of|rather than)\b", re.I)


def choices_in(text: str, aspect: str = "") -> dict[Purpose, bool]:
    """Give what she wants (True) and does not want (False); empty where she asks, or where it is not plain.

    Parameters
    ----------
    aspect : what is meant by likeness of meaning, used where no word tells: a purpose, or "all".
    """
    if _MISSES_IT.search(text) or _ASKS_STATE.search(text) or (_HOW.search(text) and is_question(text)):
        return {}
    told: dict[Purpose, bool] = {}
    wanted: bool | None = None
    for clause in _clauses(text):
        said = _wanted(clause)
        wanted = wanted if said is None else said
        if wanted is not None:
            told |= {purpose: wanted for purpose in purposes_in(clause) if purpose not in told or not wanted}
    if not told:  # what is meant and what is wanted of it stand apart: "I get texts at night, turn them off"
        whole, meant = _wanted(text), purposes_in(text) or _meant(aspect)
        told = {} if whole is None else dict.fromkeys(meant, whole)
    if "order_texts" in told and "newsletter" in told and not (_ADVERTISING.search(text) or _ALL.search(text)):
        del told["newsletter"]  # "by text instead of e-mail" is about orders
    return told


def _meant(aspect: str) -> tuple[Purpose, ...]:
    return purposes_of(aspect) if aspect in (*PURPOSES, "all") else ()


def purposes_of(aspect: str) -> tuple[Purpose, ...]:
    """Give the purposes an aspect stands for; order mails are no part of "all": of her orders she is told."""
    return tuple(name for name in PURPOSES if name == aspect) or ("newsletter", "order_texts", "chat_offers")


def purposes_in(text: str) -> tuple[Purpose, ...]:
    """Give the messages meant by words; one word is not counted for two of them."""
    if _ALL.search(text):
        return purposes_of("all")
    found = [purpose for purpose, words in _PURPOSES.items() if re.search(rf"\b(?:{words})\b", text, re.I)]
    by_mail = bool(_BY_MAIL.search(text))
    if "chat_offers" in found and by_mail:
        found = [purpose for purpose in found if purpose != "chat_offers"]
    if "order_texts" in found and "order_emails" in found and not by_mail:
        found.remove("order_emails")  # "text messages for my orders" are texts
    named = _ADVERTISING.search(text)
    return tuple(purpose for purpose in found if purpose != "newsletter" or len(found) == 1 or named)


def only_for_a_month(text: str) -> bool:
    """Whether she speaks of a while, not of ever."""
    return bool(_MONTH.search(text))


def _clauses(text: str) -> list[str]:
    """Cut a message where another wish may begin; what stands after "instead of" is not wanted."""
    marked = _INSTEAD.sub(", no ", text)
    return [clause for clause in _CLAUSES.split(marked) if clause.strip()]


def _wanted(clause: str) -> bool | None:
    if _OFF.search(clause):
        return False
    return True if _ON.search(clause) else None
