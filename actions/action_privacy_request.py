"""Tell what is known of her, and take requests about her data, after an explicit yes."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.account_flow import ask_next
from actions.account_pending import begun, dropped
from actions.base import EngagementAction
from actions.help_passages import best_passage, say_passage, say_sure_passage
from actions.known_facts import known_facts
from actions.privacy_reading import privacy_in
from actions.turn import Turn
from analytics.account_records import FilingKind

#: Requests that the shop carries out, and what is said where one is open already.
_WAITING: dict[str, str] = {"export": "utter_privacy_export_waiting", "erase": "utter_privacy_erase_waiting"}


class ServePrivacy(EngagementAction):
    """Answer "what do you know about me?", "send me my data", "delete my data", "stop using my purchases"."""

    action_name = "action_privacy_request"

    def respond(self, turn: Turn) -> list[EventType]:
        """Serve what she asks; other questions on privacy are answered from the help pages."""
        wish = turn.entity(slots.MODE) or privacy_in(turn.text) or _by_meaning(turn)
        if wish in ("", "help"):
            return self._explain(turn)
        if turn.customer_id is None:
            say_sure_passage(turn, self.analytics, turn.text)
            turn.say("utter_privacy_visitor")
            return []
        if wish == "withdraw":
            return self._withdraw(turn, turn.customer_id)
        if wish in ("personal_off", "personal_on"):
            return self._personalise(turn, turn.customer_id, wanted=wish == "personal_on")
        return self._request(turn, turn.customer_id, wish) if wish in _WAITING else self._tell(turn, turn.customer_id)

    def _explain(self, turn: Turn) -> list[EventType]:
        passage = best_passage(self.analytics, turn.text or "privacy")
        if passage is not None:
            say_passage(turn, passage)
        turn.say("utter_privacy_choices")
        return []

    def _tell(self, turn: Turn, customer_id: str) -> list[EventType]:
        details = self.analytics.account_service().details(customer_id)
        if details is None:
            turn.say("utter_account_unknown")
            return dropped(turn, slots.ASKED_PERSON)
        profile = self.analytics.profile(customer_id)
        personal = self.analytics.account_service().consents(customer_id)["personalisation"]
        turn.say(
            "utter_privacy_known",
            name=wording.or_none(details.name),
            email=wording.or_none(details.email),
            phone=wording.or_none(details.phone),
            address=wording.or_none(details.address),
            since=wording.day(details.joined_at) if details.joined_at else wording.or_none(None),
            orders=str(details.orders),
            personal=wording.switched(personal.granted, personal.until),
            **({} if profile is None else known_facts(self.analytics, profile)),
        )
        return []

    def _request(self, turn: Turn, customer_id: str, wish: str) -> list[EventType]:
        waiting = (filed for filed in self.analytics.account_service().requests(customer_id) if filed.kind == wish)
        filed = next(waiting, None)
        if filed is None:
            return ask_next(turn, self.analytics, begun(turn, wish))
        turn.say(_WAITING[wish], until=wording.day(filed.due_at))
        return dropped(turn)

    def _withdraw(self, turn: Turn, customer_id: str) -> list[EventType]:
        kinds: tuple[FilingKind, ...] = ("erase", "export")
        taken_back = [kind for kind in kinds if self.analytics.account_service().withdraw(customer_id, kind)]
        turn.say("utter_privacy_withdrawn" if taken_back else "utter_privacy_none")
        return dropped(turn)

    def _personalise(self, turn: Turn, customer_id: str, *, wanted: bool) -> list[EventType]:
        service = self.analytics.account_service()
        if service.consents(customer_id)["personalisation"].granted == wanted:
            turn.say("utter_privacy_personal_is_on" if wanted else "utter_privacy_personal_is_off")
            return dropped(turn)
        if not wanted:
            return ask_next(turn, self.analytics, begun(turn, "personal_off"))
        service.decide(customer_id, {"personalisation": True}, turn.key("personal_on"))
        turn.say("utter_privacy_personal_on_again")
        return dropped(turn)


def _by_meaning(turn: Turn) -> str:
    """Give the wish by likeness where no word tells; one that is asked about again before anything is done."""
    aspect = turn.entity(slots.ASPECT) or ""
    return aspect if aspect in ("know", "export", "erase", "personal_off") else ""
