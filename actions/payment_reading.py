"""What went wrong with a payment, read by its words."""

from __future__ import annotations

import re

_TROUBLES = {
    "twice": r"twice|double[ -]?(?:charg|bill|paid|payment)?\w*|two (?:times|charges|payments)|2 (?:times|charges"
    r"|payments)|2x|duplicate\w*"
    r"|charged again|billed again|again for the same|second (?:charge|payment|time)",
    "refund": r"refund\w*|money back|reimburse\w*|(?:not|n'?t) (?:been )?(?:credited|returned to my)",
    "gift_card": r"gift\s?cards?|gift\s?vouchers?|vouchers?|store credit",
    "declined": r"declin\w*|reject\w*|refus\w*|fail\w*|not (?:go|going|gone|work\w*|accept\w*|process\w*"
    r"|authori[sz]ed)|won'?t (?:go|let|accept"
    r"|take|work)|doesn'?t (?:go|let|accept|take|work)|didn'?t (?:go|let|accept|take|work)|can'?t (?:pay|check\s?out"
    r"|complete)|cannot pay"
    r"|error|stuck|bounced|denied|isn'?t accepted|not accepted|unable to pay",
    "amount": r"wrong amount|too much|overcharg\w*|more than|different (?:amount|total|sum)|higher|unknown charge"
    r"|pending|reserv\w*|didn'?t order"
    r"|never (?:ordered|bought|made)|don'?t recogni[sz]e|unauthori[sz]ed",
}  # fmt: skip


def payment_trouble_in(text: str) -> str:
    """Give "twice", "refund", "gift_card", "declined" or "amount"; empty where it is not said."""
    return next((kind for kind, words in _TROUBLES.items() if re.search(rf"\b(?:{words})\b", text, re.I)), "")
