"""The answer to a turn, as the contract says it; anything else is refused before it can do harm."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.rasa.failures import BadAnswerError

Score = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
LongText = Annotated[str, Field(max_length=8000)]
ShortText = Annotated[str, Field(max_length=300)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class QuickReplyAnswer(_Part):
    """A button; its payload is kept in the house."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    payload: Annotated[str, Field(min_length=2, max_length=2000, pattern="^/")]


class CardAnswer(_Part):
    """A product shown in the chat."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    title: ShortText
    subtitle: ShortText | None = None
    price: Annotated[str, Field(max_length=40)] | None = None
    reason: Annotated[str, Field(max_length=1000)] | None = None
    quick_replies: Annotated[tuple[QuickReplyAnswer, ...], Field(max_length=10)] = ()


class ReplyAnswer(_Part):
    """One message of the bot: a text, cards, or both."""

    text: LongText | None = None
    quick_replies: Annotated[tuple[QuickReplyAnswer, ...], Field(max_length=20)] = ()
    cards: Annotated[tuple[CardAnswer, ...], Field(max_length=20)] = ()

    @property
    def is_empty(self) -> bool:
        """Whether a customer would see nothing."""
        return not (self.text and self.text.strip()) and not self.cards


class IntentAnswer(_Part):
    """A name with its confidence, 0 to 1."""

    name: Name
    confidence: Score


class ParseAnswer(_Part):
    """What the bot understood."""

    intent: IntentAnswer | None = None
    ranking: Annotated[tuple[IntentAnswer, ...], Field(max_length=200)] = ()
    entities: Annotated[tuple[dict[str, Any], ...], Field(max_length=100)] = ()
    sentiment: Annotated[float, Field(ge=-1.0, le=1.0, allow_inf_nan=False)] | None = None


class PartAnswer(ParseAnswer):
    """What the bot understood of a further request in the same message."""

    text: LongText


class DecisionAnswer(_Part):
    """An offer or recommendation, shown or withheld, with the probability of that choice."""

    kind: Literal["offer", "recommendation"]
    chosen: Annotated[str, Field(max_length=400)] | None = None
    withheld: Annotated[str, Field(max_length=32)] | None = None
    propensity: Annotated[float, Field(gt=0.0, le=1.0, allow_inf_nan=False)]
    candidates: Annotated[tuple[dict[str, Any], ...], Field(max_length=1000)] = ()
    segment_id: int | None = None
    rule: Annotated[str, Field(max_length=32)] | None = None
    reason: Annotated[str, Field(max_length=1000)] | None = None


class TurnAnswer(_Part):
    """Everything Rasa says about one turn."""

    message_id: str
    replayed: bool = False
    replies: Annotated[tuple[ReplyAnswer, ...], Field(max_length=20)]
    parse: ParseAnswer
    parts: Annotated[tuple[PartAnswer, ...], Field(max_length=10)] = ()
    actions: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    decisions: Annotated[tuple[DecisionAnswer, ...], Field(max_length=20)] = ()
    handoff: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    outcome: Literal["asked_back", "offered_person"] | None = None
    preferences: dict[str, list[str]] = Field(default_factory=dict)
    forgotten: dict[str, list[str]] = Field(default_factory=dict)
    unmet: Annotated[tuple[LongText, ...], Field(max_length=20)] = ()


def read_answer(body: bytes, message_id: str) -> TurnAnswer:
    """Check Rasa's answer to `message_id`.

    Raises
    ------
    BadAnswerError
        Not JSON, not of the contract's shape, another message's, or nothing a customer could read.
    """
    try:
        answer = TurnAnswer.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the answer"
        raise BadAnswerError(f"{where}: {first['type']}") from None
    if answer.message_id != message_id:
        raise BadAnswerError("the answer belongs to another message")
    if answer.handoff is None and all(reply.is_empty for reply in answer.replies):
        raise BadAnswerError("no reply in the answer")
    return answer
