"""A score in her own words: "4", "very good", "meh"."""

from __future__ import annotations

import re

from actions.review_reading import stars_in

#: From the best down; the more particular words first ("not so good" is not "good").
_WORDS = (
    (2, r"not (?:so |very |that |really )?(?:good|great|helpful)|not well|poor(?:ly)?|disappointing"),
    (1, r"(?:very |really )?(?:bad|terrible|awful|horrible|useless|worst)"),
    (5, r"(?:very|really|super|so) (?:good|well|helpful|nice)|excellent|great|perfect|amazing|awesome|fantastic"),
    (3, r"ok(?:ay)?|all right|alright|so so|so-so|meh|average|fair|not bad"),
    (4, r"good|fine|nice|well|helpful"),
)
#: A score in words is said shortly; a longer message is about something.
_MOST_WORDS = 4


def score_in(text: str) -> int:
    """Give the score of an answer to "how was this chat?", 1 to 5; 0 where it is none."""
    stars = stars_in(text, asked=True)
    if stars or len(text.split()) > _MOST_WORDS:
        return stars
    return next((score for score, words in _WORDS if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), 0)
