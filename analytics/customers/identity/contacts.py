"""Contacts of a CRM: who of our customers each is, and what she stated there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from analytics.customers.identity.keys import normal_key
from store.repositories import crm_contacts as kept
from store.repositories.accounts import ConsentRow, add_consent, consents_of, last_import_consents
from store.repositories.crm_contacts import ContactRow
from store.repositories.merges import all_keys, merged_away

_YES, _NO = frozenset({"true", "yes", "y", "1"}), frozenset({"false", "no", "n", "0"})
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact as its system gives it."""

    contact_id: str
    customer_id: str | None = None
    name: str | None = None
    email: str | None = None
    joined_at: datetime | None = None
    stage: str | None = None
    traits: dict[str, str] = field(default_factory=dict)
    #: Keys by namespace, the e-mail address among them.
    keys: dict[str, str] = field(default_factory=dict)
    preferences: dict[str, str] = field(default_factory=dict)
    #: {purpose: "yes" or "no" as written}
    consents: dict[str, str] = field(default_factory=dict)
    decided_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Taken:
    """What became of the contacts of an import."""

    #: {contact: the customer she is}
    who: dict[str, str] = field(default_factory=dict)
    created: int = 0
    #: Consents that are neither yes nor no.
    unclear: int = 0


class ContactBook:
    """Takes the contacts of one source in, in the caller's write transaction.

    A contact is whom it was before; else the customer it names; else who has one of its verified keys; else somebody
    new, with an id of the source's.

    Parameters
    ----------
    source : the mapping's `shop`.
    verified : namespaces of keys that count, the most trusted first.
    """

    def __init__(self, connection: Connection, source: str, verified: Sequence[str], at: datetime) -> None:
        self._connection = connection
        self._source = source
        self._at = at
        self._stays = merged_away(connection)
        self._links = kept.contacts_of_source(connection, source)
        self._customers = kept.customer_ids(connection)
        self._keys = {name: all_keys(connection, name) for name in verified}
        self.taken = Taken()

    def take(self, contacts: Iterable[Contact]) -> Taken:
        """Take contacts in; the same again changes nothing."""
        for contact in contacts:
            before = self._links.get(contact.contact_id)
            customer_id = self._who(contact, before)
            if customer_id not in self._customers:
                kept.create_customer(self._connection, customer_id, contact.name, contact.email, contact.joined_at)
                self._customers.add(customer_id)
                self.taken.created += 1
            self.taken.who[contact.contact_id] = customer_id
            self._write(contact, before, customer_id)
            self._consent(contact, customer_id)
        return self.taken

    def _who(self, contact: Contact, before: ContactRow | None) -> str:
        for known in (before.customer_id if before else None, contact.customer_id):
            stands = self._stays.get(known or "", known)
            if stands in self._customers:
                return str(stands)
        for namespace, people in self._keys.items():
            owner = people.get(normal_key(namespace, contact.keys.get(namespace)) or "")
            if owner is not None:
                return self._stays.get(owner, owner)
        return (contact.customer_id or f"{self._source}:{contact.contact_id}")[:_LONGEST_ID]

    def _write(self, contact: Contact, before: ContactRow | None, customer_id: str) -> None:
        row = ContactRow(
            source=self._source,
            contact_id=contact.contact_id,
            customer_id=customer_id,
            stage=contact.stage,
            traits=contact.traits,
            preferences=contact.preferences,
            updated_at=self._at,
        )
        if before is not None and all(
            getattr(before, name) == getattr(row, name) for name in ("customer_id", "stage", "traits", "preferences")
        ):
            return
        kept.put_contact(self._connection, row)
        stated = kept.stated_preferences(self._connection, customer_id)
        wanted = _stated(stated, before.preferences if before else {}, contact.preferences)
        if wanted != stated:
            kept.write_preferences(self._connection, customer_id, wanted)
        kept.fill_customer(
            self._connection, customer_id, contact.name, contact.email, before.traits if before else {}, contact.traits
        )

    def _consent(self, contact: Contact, customer_id: str) -> None:
        if not contact.consents:
            return
        key = f"import:{self._source}:{contact.contact_id}"[:200]
        told = last_import_consents(self._connection, customer_id, key)
        now = consents_of(self._connection, customer_id, self._at)
        for purpose, answer in contact.consents.items():
            granted = _granted(answer)
            if granted is None:
                self.taken.unclear += 1
            elif told.get(purpose) != granted and _counts(granted, contact.decided_at, now.get(purpose)):
                decided = contact.decided_at or self._at
                row = ConsentRow(purpose=purpose, granted=granted, until=None, decided_at=decided)
                add_consent(self._connection, customer_id, key, row)


def reapply(connection: Connection) -> None:
    """Fill customers up from their contacts again, after an import of the shop has written them anew."""
    for row in kept.all_contacts(connection):
        kept.fill_customer(connection, row.customer_id, None, None, {}, row.traits)


def _granted(answer: str) -> bool | None:
    plain = answer.strip().lower()
    return True if plain in _YES else False if plain in _NO else None


def _counts(granted: bool, decided_at: datetime | None, now: ConsentRow | None) -> bool:
    """Whether another system's word counts: dated where it is the newest, undated as a first word or a refusal."""
    if now is None:
        return True
    if decided_at is not None:
        return decided_at > now.decided_at
    return now.granted and not granted


def _stated(stated: dict[str, list[Any]], before: dict[str, str], now: dict[str, str]) -> dict[str, list[Any]]:
    """Put what the contact states in the place of what it stated before; several likings stand with ";" or ","."""
    wanted = {name: list(values) for name, values in stated.items()}
    for name, text in before.items():
        wanted[name] = [value for value in wanted.get(name, []) if value not in _several(text)]
    for name, text in now.items():
        own = wanted.setdefault(name, [])
        own += [value for value in _several(text) if value not in own]
    return {name: values for name, values in wanted.items() if values or name in stated}


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
