"""Small talk, and what she asks about the bot itself: a short friendly answer by topic, always as a program."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.turn import Turn

#: What is answered, by aspect of the intents `small_talk` and `bot_challenge`.
ANSWERS = {
    "how_are_you": "utter_small_talk_how_are_you",
    "fine": "utter_small_talk_fine",
    "joke": "utter_small_talk_joke",
    "weather": "utter_small_talk_weather",
    "name": "utter_small_talk_name",
    "maker": "utter_small_talk_maker",
    "skills": "utter_small_talk_skills",
    "likes": "utter_small_talk_likes",
    "love": "utter_small_talk_love",
    "origin": "utter_small_talk_origin",
    "season": "utter_small_talk_season",
    "celebrate": "utter_small_talk_celebrate",
    "low": "utter_small_talk_low",
    "bored": "utter_small_talk_bored",
    "praise": "utter_small_talk_praise",
    "laugh": "utter_small_talk_laugh",
}
#: To somebody who sounds unhappy, only these are said lightly enough.
_FIT_FOR_UPSET = frozenset({"name", "maker", "skills", "origin"})


class TalkSmall(EngagementAction):
    """Answer "how are you?", "tell me a joke", "what's your name?"."""

    action_name = "action_small_talk"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Answer by topic; where none is clear, say honestly what we are, or that it is nice to hear."""
        aspect = turn.entity(slots.ASPECT) or ""
        if turn.intent == "bot_challenge":
            turn.say(ANSWERS.get(aspect, "utter_bot_challenge_honest"))
        elif self._sounds_low(turn, aspect):
            turn.say("utter_small_talk_low")
        else:
            turn.say(ANSWERS.get(aspect, "utter_small_talk_other"))
        return []

    @staticmethod
    def _sounds_low(turn: Turn, aspect: str) -> bool:
        unhappy = turn.is_upset or (not aspect and (turn.sentiment or 0.0) < 0.0)
        return unhappy and aspect not in _FIT_FOR_UPSET
