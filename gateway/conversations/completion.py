"""Completing a turn: everything a bot's answer changes, in one transaction, unless a person came first."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from analytics.facade import Analytics
from gateway.conversations.minting import QuickReply
from gateway.conversations.mood import feel
from gateway.conversations.ownership import hand_over, settle
from gateway.conversations.pending import Pending
from gateway.conversations.written import Line, OwnerChange, Written, say
from gateway.rasa.answer import CardAnswer, DecisionAnswer, PartAnswer, QuickReplyAnswer, ReplyAnswer, TurnAnswer
from store.repositories.conversations import Conversation, find_conversation
from store.repositories.decisions import Decision, add_decisions
from store.repositories.messages import find_message, set_state
from store.repositories.turns import Outcome, Turn, add_turns, add_understanding, turn_of_message

#: Intents that mean "not understood".
_UNSURE = frozenset({"nlu_fallback", "out_of_scope"})
#: Characters of a decision's reason, as its column has them.
_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Completion:
    """Writes the bot's answers down. `assistant_name` is how it signs."""

    analytics: Analytics
    assistant_name: str | None

    def write(self, connection: Connection, pending: Pending, answer: TurnAnswer, at: datetime) -> Written:
        """Write replies, turn, decisions, profile and outbox rows; or, where a person owns it now, the turn alone.

        Writing the same answer a second time changes nothing.
        """
        conversation = find_conversation(connection, pending.conversation_id)
        message = find_message(connection, pending.message_id)
        nothing = Written(conversation_id=pending.conversation_id)
        if conversation is None or message is None:
            return nothing
        turn = _turn(conversation, pending, answer, at)
        if message.state == "done":
            self._add_understanding(connection, conversation, turn, answer)
            return nothing
        add_turns(connection, [turn])
        set_state(connection, message.message_id, "done", turn.turn_id)
        feel(connection, self.analytics, conversation, answer, at)
        if turn.outcome == "suppressed":
            return nothing
        said = say(connection, conversation, self._lines(answer.replies), at, turn.turn_id)
        add_decisions(connection, _decisions(turn, answer.decisions))
        if turn.outcome != "handed_over":
            return Written(conversation_id=conversation.conversation_id, deliveries=said)
        settle(connection, conversation, "agent", at)
        queued = hand_over(connection, conversation, at)
        change = OwnerChange(owner="queue")
        return Written(conversation_id=conversation.conversation_id, deliveries=said + queued, owner=change)

    def _add_understanding(
        self, connection: Connection, conversation: Conversation, turn: Turn, answer: TurnAnswer
    ) -> None:
        """Keep what was understood of a message that a person settled while Rasa was thinking; its outcome stays."""
        settled = turn_of_message(connection, turn.message_id)
        if settled is not None and settled.intent is None:
            add_understanding(connection, turn)
            feel(connection, self.analytics, conversation, answer, turn.created_at)

    def _lines(self, replies: Sequence[ReplyAnswer]) -> list[Line]:
        return [
            Line(
                author="bot",
                author_name=self.assistant_name,
                text=(reply.text or "").strip(),
                quick_replies=_buttons(reply.quick_replies),
                cards=tuple(_card(card) for card in reply.cards),
            )
            for reply in replies
            if not reply.is_empty
        ]


def _turn(conversation: Conversation, pending: Pending, answer: TurnAnswer, at: datetime) -> Turn:
    intent = answer.parse.intent
    return Turn(
        turn_id=str(uuid.uuid4()),
        conversation_id=conversation.conversation_id,
        message_id=pending.message_id,
        customer_id=conversation.customer_id,
        intent=intent.name if intent else None,
        confidence=intent.confidence if intent else None,
        ranking=[entry.model_dump() for entry in answer.parse.ranking],
        entities=list(answer.parse.entities),
        sentiment=answer.parse.sentiment,
        actions=list(answer.actions),
        parts=[_part(part) for part in answer.parts],
        outcome=_outcome(conversation, pending, answer),
        latency_ms=(at - pending.created_at).total_seconds() * 1000,
        created_at=at,
    )


def _part(part: PartAnswer) -> dict[str, Any]:
    return {
        "text": part.text,
        "intent": part.intent.name if part.intent else None,
        "confidence": part.intent.confidence if part.intent else None,
        "entities": list(part.entities),
    }


def _outcome(conversation: Conversation, pending: Pending, answer: TurnAnswer) -> Outcome:
    if conversation.owner != "bot" or conversation.owner_version != pending.owner_version:
        return "suppressed"
    if answer.handoff is not None:
        return "handed_over"
    if answer.outcome is not None:
        return answer.outcome
    intent = answer.parse.intent
    return "fallback" if intent is not None and intent.name in _UNSURE else "answered"


def _decisions(turn: Turn, decisions: Sequence[DecisionAnswer]) -> list[Decision]:
    return [
        Decision(
            decision_id=str(uuid.uuid4()),
            turn_id=turn.turn_id,
            conversation_id=turn.conversation_id,
            customer_id=turn.customer_id,
            kind=decision.kind,
            chosen=decision.chosen,
            withheld=decision.withheld,
            propensity=decision.propensity,
            candidates=list(decision.candidates),
            segment_id=decision.segment_id,
            rule=decision.rule,
            reason=decision.reason[:_LONGEST_REASON] if decision.reason else None,
            created_at=turn.created_at,
        )
        for decision in decisions
    ]


def _card(card: CardAnswer) -> dict[str, Any]:
    return {**card.model_dump(exclude={"quick_replies"}), "quick_replies": _buttons(card.quick_replies)}


def _buttons(replies: Sequence[QuickReplyAnswer]) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(reply.title, reply.payload) for reply in replies)
