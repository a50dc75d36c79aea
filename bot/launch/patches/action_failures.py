"""Let a failed action fail the turn.

Rasa logs an exception of a custom action, goes on without its events and answers 200 with whatever was said before:
the customer gets silence, and the tracker remembers a turn that never was. Here the turn ends with `ActionFailedError`
before anything is saved, so the channel can say so and the same message can be tried again. Rasa also waits 300 s for
an action; the gateway gives a whole turn 10 s.
"""

from __future__ import annotations

from typing import Any

import rasa.core.actions.action
import rasa.utils.endpoints
from rasa.core.actions.action import ActionExecutionRejection
from rasa.core.processor import MessageProcessor

from bot.launch.internals import expect

#: Seconds Rasa waits for the action server; its own deadline for one action is 5 s.
ACTION_DEADLINE = 8


class ActionFailedError(RuntimeError):
    """A custom action failed or the action server is away; the turn was not saved."""

    def __init__(self, action: str) -> None:
        super().__init__(f"Action {action} failed; the turn is forgotten and can be tried again.")
        self.action = action


class WatchedAction:
    """Stands before one of Rasa's actions for one run and remembers how it failed."""

    def __init__(self, action: Any) -> None:
        self._action = action
        self.error: Exception | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *arguments: Any) -> list[Any]:
        """Run the action; a failure gives no events and is kept in `error`."""
        try:
            events: list[Any] = await self._action.run(*arguments)
        except ActionExecutionRejection:
            raise  # a form's way to say that it is not concerned: Rasa handles it
        except Exception as error:  # whatever it is, the turn has failed
            self.error = error
            return []
        return events


def apply() -> None:
    """Replace `MessageProcessor._run_action` and both copies of the request's deadline."""
    original = expect(MessageProcessor, "_run_action", "6d383d0179ef")

    async def run_action(self: Any, action: Any, tracker: Any, output_channel: Any, nlg: Any, prediction: Any) -> bool:
        watched = WatchedAction(action)
        another: bool = await original(self, watched, tracker, output_channel, nlg, prediction)
        if watched.error is not None:
            raise ActionFailedError(action.name()) from watched.error
        return another

    MessageProcessor._run_action = run_action
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_DEADLINE
    rasa.utils.endpoints.DEFAULT_REQUEST_TIMEOUT = ACTION_DEADLINE
