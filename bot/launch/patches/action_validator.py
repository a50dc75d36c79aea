"""Build the validator of action answers once.

Rasa calls `jsonschema.validate` on every answer of the action server, which checks its own, constant schema against
the meta-schema each time: more than half of the time of a turn with a custom action (RasaHQ/rasa#11717).
"""

from __future__ import annotations

import functools
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from rasa.core.actions.action import RemoteAction

from bot.launch.internals import expect


def apply() -> None:
    """Replace the check of an action's answer by one with a ready-made validator."""
    expect(RemoteAction, "_validate_action_result", "f8cdb4be6812")
    expect(RemoteAction, "action_response_format_spec", "091b74aa3738")

    @functools.lru_cache(maxsize=1)
    def validator() -> Any:
        schema = RemoteAction.action_response_format_spec()
        Draft7Validator.check_schema(schema)
        return Draft7Validator(schema)

    def validate(_self: Any, result: dict[str, Any]) -> bool:
        error = best_match(validator().iter_errors(result))
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = validate
