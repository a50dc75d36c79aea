"""What the talkers say: turns that run a custom action, never worded twice the same within a run.

A bot that remembers the embeddings of sentences would look faster than its customers find it if they all spoke alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

#: Turns that run a custom action, as most of a shop's turns do.
ACTION_TURNS = (
    "recommend me something",
    "any offers for me?",
    "what did I buy last time?",
    "where is my order?",
    "do you have decaf coffee?",
    "what does delivery cost?",
)
_OPENINGS = (
    "", "hi, ", "hello, ", "hey there, ", "ok, ", "so, ", "well, ", "quick question: ", "good morning, ",
    "good evening, ",
    "sorry to ask, ", "one more thing: ", "hi again, ", "right, ", "actually, ", "and ", "please, ", "good day, ",
    "hello again, ", "hey, ", "oh, ", "now, ", "just wondering: ", "by the way, ", "alright, ", "tell me, ", "hm, ",
    "hey you, ", "thanks, ", "great, ",
)  # fmt: skip
_ENDINGS = (
    "", " please", " thanks", " thank you", " today", " then", " :)", " if I may ask", " this time", " for my family",
    " this week", " cheers", " right now", " for tonight", " again", " kindly", " then please", " many thanks",
    " for the weekend", " you know", " for us", " at last", " for tomorrow", " ok",
)  # fmt: skip


def fresh_wordings() -> Iterator[str]:
    """Give the kinds of turn in rotation, each time in other words, 4,320 in all: "hi, any offers for me? please"."""
    for ending, opening, turn in product(_ENDINGS, _OPENINGS, ACTION_TURNS):
        yield f"{opening}{turn}{ending}"
