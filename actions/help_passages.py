"""Help pages in a conversation: which passage answers, and how much of it is said."""

from __future__ import annotations

import logging
import re

from actions.turn import Turn
from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.help_records import SURE_SCORE, HelpPassage

logger = logging.getLogger(__name__)

#: What a chat window shows without scrolling; the link leads to the rest.
MOST_CHARACTERS = 350
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def best_passage(analytics: Analytics, question: str) -> HelpPassage | None:
    """Give the passage that fits a question best, where one does and the help pages can be searched now."""
    try:
        found = analytics.help(question, limit=1)
    except AnalyticsUnavailable as error:  # an answer without its link is better than none
        logger.warning("help pages left out: %s", error)
        return None
    return found[0] if found else None


def sure_passage(analytics: Analytics, question: str) -> HelpPassage | None:
    """Give it only where it certainly answers what was asked."""
    passage = best_passage(analytics, question)
    return passage if passage is not None and passage.score >= SURE_SCORE else None


def say_sure_passage(turn: Turn, analytics: Analytics, question: str) -> None:
    """Say what the pages tell of a question, where they surely answer it."""
    passage = sure_passage(analytics, question) if question else None
    if passage is not None:
        say_passage(turn, passage)


def say_passage(turn: Turn, passage: HelpPassage) -> None:
    """Say a passage, cut after a sentence, with the link to its page."""
    turn.say("utter_help_passage", passage=shortened(passage.text), page=passage.title, url=passage.url)


def shortened(text: str, most: int = MOST_CHARACTERS) -> str:
    """Keep whole sentences up to `most` characters; a first sentence that is longer is cut after a word."""
    kept = text[: most + 1]
    if len(text) <= most:
        return text
    ends = [match.start() for match in _SENTENCE_END.finditer(kept)]
    if ends:
        return kept[: ends[-1]]
    return kept[: kept.rfind(" ", 0, most)].rstrip(" ,;:") + " …"
