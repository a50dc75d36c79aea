"""The way of a request about an account or data: what is missing, an explicit yes, done."""

from __future__ import annotations

import json
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.account_pending import AccountPending, dropped, kept
from actions.account_reading import value_in
from actions.turn import Turn
from analytics.account_records import Filing
from analytics.facade import Analytics

_WHICH = {
    "name": "utter_account_edit_name",
    "email": "utter_account_edit_email",
    "phone": "utter_account_edit_phone",
    "address": "utter_account_edit_address",
}
_CONFIRM_DETAIL = {
    "name": "utter_account_edit_name_confirm",
    "email": "utter_account_edit_email_confirm",
    "phone": "utter_account_edit_phone_confirm",
    "address": "utter_account_edit_address_confirm",
}
_CONFIRM = {
    "create": "utter_account_create_confirm",
    "delete": "utter_account_delete_confirm",
    "export": "utter_privacy_export_confirm",
    "erase": "utter_privacy_erase_confirm",
    "personal_off": "utter_privacy_personal_confirm",
}
_FILED = {
    "create": "utter_account_create_done",
    "delete": "utter_account_delete_done",
    "export": "utter_privacy_export_done",
    "erase": "utter_privacy_erase_done",
}
_FORM = {
    "name": "utter_account_form_name",
    "email": "utter_account_form_email",
    "phone": "utter_account_form_phone",
    "address": "utter_account_form_address",
}


def ask_next(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType]:
    """Ask for what is missing of a request, or for the yes."""
    if pending.kind == "edit" and not pending.detail:
        turn.say("utter_account_edit_which")
        return kept(pending, "detail")
    if pending.kind == "edit" and not pending.value:
        turn.say(_WHICH[pending.detail])
        return kept(pending, "value")
    if pending.kind == "create" and not pending.value:
        return _invite(turn, analytics, pending)
    policy = analytics.account_service().policy
    days = policy.export_days if pending.kind == "export" else policy.deletion_days
    response = _CONFIRM_DETAIL[pending.detail] if pending.kind == "edit" else _CONFIRM[pending.kind]
    turn.say(response, value=pending.value, days=str(days), mode_key=json.dumps(pending.kind))
    return kept(pending, "confirm")


def take_value(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType] | None:
    """Take the value we asked for out of a message; None where it holds none in good form."""
    detail = "email" if pending.kind == "create" else pending.detail
    value = value_in(detail, turn.text, asked=pending.step == "value") if detail else ""  # type: ignore[arg-type]
    return ask_next(turn, analytics, replace(pending, value=value)) if value else None


def say_form(turn: Turn, pending: AccountPending) -> list[EventType]:
    """Say what the value we asked for has to look like."""
    turn.say(_FORM["email" if pending.kind == "create" else pending.detail])
    return kept(pending, "value")


def carry_out(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType]:
    """Do what she has just said yes to."""
    if pending.kind == "edit":
        return _change(turn, analytics, pending)
    if pending.kind == "personal_off":
        if turn.customer_id is not None:
            analytics.account_service().decide(turn.customer_id, {"personalisation": False}, pending.key)
            turn.say("utter_privacy_personal_done")
        return dropped(turn)
    filing = Filing(
        kind=pending.kind,  # type: ignore[arg-type]  # the other kinds are served above
        conversation_id=turn.conversation_id,
        customer_id=turn.customer_id,
        email=pending.value or None,
    )
    filed = analytics.account_service().file(filing, pending.key)
    if filed is None:
        turn.say("utter_account_too_many")
        return dropped(turn, slots.ASKED_PERSON)
    days = analytics.account_service().policy.answer_days
    response = "utter_account_create_done_soon" if pending.kind == "create" and days == 1 else _FILED[pending.kind]
    turn.say(response, value=pending.value, until=wording.day(filed.due_at), days=str(days))
    return dropped(turn)


def _invite(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType]:
    url = analytics.account_service().policy.sign_up_url
    if pending.reminders:
        turn.say("utter_account_create_email")
    else:
        turn.say("utter_account_create_link" if url else "utter_account_create_ask", url=url)
    return kept(pending, "value")


def _change(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType]:
    if turn.customer_id is None:  # signed out between the question and the yes
        turn.say("utter_account_sign_in_first")
        return dropped(turn)
    outcome = analytics.account_service().change(
        turn.customer_id,
        pending.detail,  # type: ignore[arg-type]  # one of those that `detail_in` gives
        pending.value,
        key=pending.key,
        conversation_id=turn.conversation_id,
    )
    if outcome == "unknown":
        turn.say("utter_account_unknown")
        return dropped(turn, slots.ASKED_PERSON)
    confirmed_later = outcome == "to_confirm"
    turn.say("utter_account_edit_by_link" if confirmed_later else "utter_account_edit_done", value=pending.value)
    return dropped(turn)
