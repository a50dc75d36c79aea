"""Somebody was hurt, fell ill or is in danger: whatever else she asks, a person takes over at once."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions.complaining import take_down
from actions.complaint_reading import ReadComplaint
from actions.turn import Turn
from analytics.facade import Analytics
from language.distress import in_distress

#: An incident, not a question about one: "had an allergic reaction", and not "I have a nut allergy, what can I eat?".
_WAYS = (
    r"allergic (?:reaction|shock)|anaphyla\w+",
    r"(?:throat|face|lips?|tongue) (?:is |was |got |has |started )?(?:swelling|swelled|swollen|closed)",
    r"food poisoning|poisoned (?:me|us|my|him|her)",
    r"(?:got|fell|been|was|were|are|is|am) (?:all )?(?:very |really |so |violently )?(?:sick|ill) "
    r"(?:from|after|because|by)",
    r"(?:made|making) (?:me|us|him|her|my \w+) (?:sick|ill)|(?:threw|throwing|thrown) up|vomit\w*|chok(?:ed|ing) on",
    r"(?:in|at|to) (?:the )?(?:hospital|emergency room)\b.{0,40}\b(?:because|after|from)",
    r"(?:because|after|from)\b.{0,60}\b(?:in|at|to) (?:the )?hospital|is in hospital|called an ambulance",
    r"(?:cut|burn(?:ed|t)?|injured|hurt) (?:my|her|his|our)(?:self)?\b|bleeding|broke (?:a|my) tooth",
    r"(?:glass|metal|plastic|needles?|insects?|maggots?|worms?|cockroach\w*|screws?|nails?) (?:was |were )?in(?:side)? "
    r"(?:my|the|our|it)",
    r"caught fire|exploded|electric shock",
)
_INCIDENT = re.compile(rf"\b(?:{'|'.join(_WAYS)})", re.I | re.S)


def is_incident(text: str) -> bool:
    """Whether a message tells that somebody came to harm."""
    return bool(_INCIDENT.search(text))


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Hand over where somebody came to harm, or may; None for every other message."""
    if in_distress(turn.text):
        turn.say("utter_safety_distress")
        turn.hand_over("in_danger")
        return []
    if not is_incident(turn.text):
        return None
    read = ReadComplaint(topic="quality", severity="severe", wish="", urgent="safety")
    take_down(turn, analytics, read)
    turn.say("utter_complaint_safety")
    turn.hand_over("angry")
    return []
