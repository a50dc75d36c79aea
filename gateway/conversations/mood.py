"""What a turn tells of the customer: the conversation's mood and topic, and her dialogue profile."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import Connection

from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.records import DialogueProfile, TurnSignal
from gateway.rasa.answer import TurnAnswer
from store.repositories.conversations import Conversation, change_conversation
from store.repositories.profiles import ProfileRow, profile_row, save_profile

log = structlog.get_logger(__name__)


def feel(
    connection: Connection, analytics: Analytics, conversation: Conversation, answer: TurnAnswer, at: datetime
) -> None:
    """Write mood and topic of the conversation, and the profile of a known customer, within the turn's transaction.

    Where analytics is unavailable both stay as they were: a turn is not lost for it.
    """
    try:
        _feel(connection, analytics, conversation, answer, at)
    except AnalyticsUnavailable as error:
        log.warning("profile_not_updated", reason=str(error))


def _feel(
    connection: Connection, analytics: Analytics, conversation: Conversation, answer: TurnAnswer, at: datetime
) -> None:
    intent = answer.parse.intent.name if answer.parse.intent else None
    signal = TurnSignal(
        customer_id=conversation.customer_id or "",
        intent=intent,
        sentiment=answer.parse.sentiment,
        at=at,
        preferences=answer.preferences,
        forgotten=answer.forgotten,
        unmet=answer.unmet,
        further=tuple(part.intent.name for part in answer.parts if part.intent),
    )
    # One rule for both: the conversation's mood and topic move as the profile's do, over this conversation's turns.
    so_far = DialogueProfile(customer_id=signal.customer_id, sentiment=conversation.mood, last_topic=conversation.topic)
    now = analytics.profile_after(so_far, signal)
    change_conversation(connection, conversation.conversation_id, mood=now.sentiment, topic=now.last_topic)
    if conversation.customer_id is not None:
        _update_profile(connection, analytics, signal)
        analytics.event_service().count_turn(connection, conversation.customer_id, conversation.channel, at)


def _update_profile(connection: Connection, analytics: Analytics, signal: TurnSignal) -> None:
    row = profile_row(connection, signal.customer_id)
    before = DialogueProfile(customer_id=signal.customer_id) if row is None else _profile(row)
    after = analytics.profile_after(before, signal)
    save_profile(connection, ProfileRow(**{name: getattr(after, name) for name in ProfileRow.__slots__}))


def _profile(row: ProfileRow) -> DialogueProfile:
    return DialogueProfile(**{name: getattr(row, name) for name in ProfileRow.__slots__})
