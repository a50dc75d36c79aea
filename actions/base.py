"""What every action does: run off the event loop, apologise first to somebody upset, and fail honestly."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import (
    account_turns,
    incidents,
    picks_turns,
    rating_turns,
    review_turns,
    shopping_turns,
    slots,
    wiring,
    wording,
)
from actions.circumstances import changed, circumstances_of
from actions.moment import looked_at
from actions.order_turns import come_back, take_over
from actions.safety import warn_of_secrets
from actions.turn import Turn
from analytics.facade import Analytics, AnalyticsUnavailable

logger = logging.getLogger(__name__)


class EngagementAction(Action, ABC):
    """A thin action: read the turn, ask the one door, choose a response.

    Abstract on purpose: rasa-sdk makes an instance of every concrete subclass, without arguments.
    """

    #: Name in the domain.
    action_name: ClassVar[str]
    #: Whether a short apology comes before the answer to an upset message; False where the action words its own.
    apologises_first: ClassVar[bool] = True

    @property
    def analytics(self) -> Analytics:
        """The door into analytics."""
        return wiring.analytics()

    def name(self) -> str:
        """Give the name under which Rasa calls the action."""
        return self.action_name

    @abstractmethod
    def respond(self, turn: Turn) -> list[EventType]:
        """Answer the turn; runs in a thread, so that a slow query holds up nobody else.

        Returns
        -------
        Events for Rasa, such as `SlotSet`.
        """

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer one call of Rasa."""
        del domain
        return await asyncio.to_thread(self._answer_here, dispatcher, Turn(dispatcher, tracker))

    def _answer_here(self, dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
        """Answer; days are told as they are where the shop is."""
        with wording.told_in(wiring.timezone()):
            return self._answer(dispatcher, turn)

    def _answer(self, dispatcher: CollectingDispatcher, turn: Turn) -> list[EventType]:
        turn.circumstances = circumstances_of(turn, self.analytics)
        try:
            warn_of_secrets(turn)
            harmed = incidents.take_over(turn, self.analytics)
            if harmed is None and turn.is_upset and self.apologises_first:
                turn.say("utter_apologise_first")
            events = self._events(turn) if harmed is None else harmed
        except AnalyticsUnavailable:
            logger.exception("action=%s analytics unavailable", self.name())
            dispatcher.messages.clear()  # half an answer would be worse than an honest line
            dispatcher.utter_message(response="utter_analytics_unavailable")
            return []
        turn.finish()
        kept = changed(turn, turn.circumstances)
        return [*kept, *_closing_the_last_question(turn, events), *events]

    def _events(self, turn: Turn) -> list[EventType]:
        """Go on with what she asked about her account or an order; else answer by this action, and come back to it."""
        taken = account_turns.take_over(turn, self.analytics)
        if taken is None:
            taken = take_over(turn, self.analytics)
        if taken is None:
            taken = shopping_turns.take_over(turn, self.analytics)
        if taken is None:
            taken = review_turns.take_over(turn, self.analytics)
        if taken is None:
            taken = rating_turns.take_over(turn, self.analytics)
        if taken is None:
            taken = picks_turns.take_over(turn, self.analytics)
        if taken is not None:
            return taken
        events = self.respond(turn)
        events = [*events, *looked_at(turn, self.name(), events)]
        events = [*events, *come_back(turn, self.analytics, events)]
        events = [*events, *account_turns.come_back(turn, self.analytics, events)]
        return [*events, *review_turns.come_back(turn, self.analytics, events)]


def _closing_the_last_question(turn: Turn, events: list[EventType]) -> list[EventType]:
    """Forget what belonged to the question before, unless the action has just set it anew."""
    settled = {slots.UNSURE_TURNS: 0, slots.OPEN_QUESTION: None}
    just_set = {event.get("name") for event in events}
    stale = [name for name in settled if turn.slot(name) and name not in just_set]
    return [SlotSet(name, settled[name]) for name in stale]
