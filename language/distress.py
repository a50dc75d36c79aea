"""Words of somebody who thinks of harming herself, or who is in danger now."""

from __future__ import annotations

import re

_HERSELF = (
    r"(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?) (?:myself|my self)|end(?:ing)? (?:my (?:own )?life|it all)"
    r"|take my (?:own )?life|suicid(?:e|al)|self.?harm(?:ing)?|don'?t want to (?:live|be alive|exist)(?: any ?more)?"
    r"|do not want to (?:live|be alive)|(?:no|any) reason to (?:live|go on living)|want(?:ed)? to be dead"
    r"|(?:i|rather) (?:want to|wanna|just want to) die|(?:wish|rather) i (?:was|were) dead"
    r"|better off (?:dead|without me)"
    r"|can'?t go on (?:living|any ?more|like this)|tired of living|overdos(?:e|ed|ing) on"
)
_DANGER = (
    r"call (?:me )?(?:911|999|112|an ambulance)"
    r"|(?:i'?m|i am|we are|we'?re) (?:in danger|being (?:attacked|followed|held))"
    r"|(?:he|she|they|my (?:husband|wife|partner|boyfriend|girlfriend|dad|father|mother|ex)) "
    r"(?:is going to|will|wants to|is trying to) (?:kill|hurt|hit|beat) me"
    r"|(?:hits|beats|is hitting|is beating) me\b"
)
#: "I could kill myself for forgetting the milk" is a way of speaking.
_SAYING = re.compile(r"\b(?:could|could have) (?:kill|kick|hurt) myself\b|\bsuicide squad\b", re.IGNORECASE)
_DISTRESS = re.compile(rf"\b(?:{_HERSELF}|{_DANGER})", re.IGNORECASE)


def in_distress(text: str) -> bool:
    """Tell whether somebody may be about to harm herself or be harmed, whatever else the message is about."""
    plain = text.replace("’", "'")
    return bool(_DISTRESS.search(_SAYING.sub(" ", plain)))
