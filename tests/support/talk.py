"""One conversation with the bot as a customer has it: she says or chooses something, and reads the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4


class Asked(Protocol):
    """Whatever takes one turn and gives the channel's answer."""

    def ask(self, **turn: Any) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Answer:
    """What the channel answered to one turn."""

    body: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        return [reply["text"] for reply in self.body["replies"]]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card for reply in self.body["replies"] for card in reply["cards"]]

    @property
    def quick_replies(self) -> list[dict[str, str]]:
        """All quick replies on screen, the cards' own first."""
        on_cards = [choice for card in self.cards for choice in card["quick_replies"]]
        return on_cards + [choice for reply in self.body["replies"] for choice in reply["quick_replies"]]

    @property
    def intents_offered(self) -> set[str]:
        return {choice["payload"].partition("{")[0].removeprefix("/") for choice in self.quick_replies}

    @property
    def intent(self) -> str:
        return str(self.body["parse"]["intent"]["name"])

    @property
    def actions(self) -> list[str]:
        return list(self.body["actions"])

    @property
    def decisions(self) -> list[dict[str, Any]]:
        return list(self.body["decisions"])

    @property
    def handoff(self) -> str | None:
        handoff: str | None = self.body["handoff"]
        return handoff

    @property
    def preferences(self) -> dict[str, list[str]]:
        return dict(self.body["preferences"])


@dataclass
class Talk:
    """One conversation; `says` sends words, `chooses` presses a quick reply of the last answer by its title."""

    house: Asked
    customer_id: str | None = None
    conversation_id: str = field(default_factory=lambda: str(uuid4()))
    last: Answer | None = None

    def says(self, text: str) -> Answer:
        return self._turn(text=text, choice=None)

    def chooses(self, title: str) -> Answer:
        assert self.last is not None, "nothing was said yet"
        payloads = [choice["payload"] for choice in self.last.quick_replies if choice["title"] == title]
        assert payloads, f"no quick reply {title!r} among {self.last.quick_replies}"
        return self._turn(text=title, choice=payloads[0])

    def _turn(self, **said: str | None) -> Answer:
        self.last = Answer(
            self.house.ask(
                conversation_id=self.conversation_id,
                message_id=str(uuid4()),
                customer_id=self.customer_id,
                channel="widget",
                **said,
            )
        )
        return self.last
