"""What other systems feed, written after the shop's own tables: contacts, mentions, reviews elsewhere, events."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import duckdb

from analytics.customers.identity.contacts import Contact, ContactBook, reapply
from analytics.customers.identity.keys import normal_key
from analytics.customers.identity.matching import Claim, Matcher
from analytics.importing.feelings import Feelings
from analytics.importing.findings import Findings
from analytics.importing.ids import columns_of
from analytics.importing.mapping import Mapping
from analytics.importing.naming import ProductNames
from analytics.importing.people import policy_of, report
from analytics.importing.targets import TARGETS
from analytics.importing.tracked import take_events
from analytics.quality_records import Finding
from language.redaction import redact
from store.engine import Database
from store.repositories.merges import all_keys
from store.repositories.voices import (
    MentionRow,
    OutsideReviewRow,
    product_names,
    put_voices,
    scored_texts,
)

#: Gives each text's sentiment, or None.
Score = Callable[[Sequence[str]], list[float | None]]
_BATCH = 2_000
_LONGEST_TEXT = 4_000


class OutsideWriter:
    """Writes `contacts`, `mentions`, `outside_reviews` and `events` of an import.

    Parameters
    ----------
    score : how texts feel; the packaged model unless given.
    """

    def __init__(
        self,
        database: Database,
        clean: duckdb.DuckDBPyConnection,
        mapping: Mapping,
        findings: Findings,
        *,
        now: datetime,
        score: Score | None = None,
    ) -> None:
        self._database = database
        self._clean = clean
        self._mapping = mapping
        self._findings = findings
        self._now = now
        self._score = score or Feelings()

    def write(self) -> None:
        """Write whatever of them the mapping has."""
        tables = self._mapping.tables
        if "contacts" in tables:
            self._contacts()
        elif "customers" in tables:
            with self._database.write() as connection:
                reapply(connection)
        if "mentions" in tables:
            self._mentions()
        if "outside_reviews" in tables:
            self._reviews()
        if "events" in tables:
            take_events(self._database, self._mapping, self._rows("events"), self._findings, self._now)

    def _contacts(self) -> None:
        rule, source = self._mapping.identity, self._mapping.shop
        contacts = [_contact(row) for row in self._rows("contacts")]
        with self._database.write() as connection:
            book = ContactBook(connection, source[:40], rule.verified if rule else [], self._now)
            taken = book.take(contacts)
            of = self._findings.size("contacts")
            self._findings.add(
                Finding(table="contacts", check="unknown_consent", found=taken.unclear, of=of, done="left out")
            )
            if rule is not None:
                claims = [
                    Claim(customer_id=taken.who[one.contact_id], namespace=name, value=value)
                    for one in contacts
                    for name, value in one.keys.items()
                ]
                report(
                    Matcher(connection, policy_of(self._mapping, self._now)).match(claims),
                    "contacts",
                    of,
                    self._findings,
                )

    def _mentions(self) -> None:
        with self._database.read() as connection:
            names = ProductNames(product_names(connection))
            known = set(product_names(connection))
            people: dict[str, dict[str, str]] = {}
            for network in {str(row["network"]).casefold() for row in self._rows("mentions")}:
                people[network] = all_keys(connection, network)

        def mention(row: dict[str, Any], text: str, sentiment: float | None) -> dict[str, Any]:
            network = str(row["network"]).casefold()[:32]
            handle = (normal_key(network, row["handle"]) or str(row["handle"]).casefold())[:200]
            product = row.get("product_id") if row.get("product_id") in known else names.named_in(text)
            return asdict(
                MentionRow(
                    mention_id=row["mention_id"],
                    network=network,
                    handle=handle,
                    text=text,
                    url=(row.get("url") or "")[:500] or None,
                    sentiment=sentiment,
                    customer_id=people.get(network, {}).get(handle),
                    product_id=product,
                    written_at=row["written_at"],
                )
            )

        self._write_texts("mentions", "mention_id", mention)

    def _reviews(self) -> None:
        rule = self._mapping.identity
        by_mail: dict[str, str] = {}
        if rule is not None and "email" in rule.verified:
            with self._database.read() as connection:
                by_mail = all_keys(connection, "email")

        def review(row: dict[str, Any], text: str, sentiment: float | None) -> dict[str, Any]:
            return asdict(
                OutsideReviewRow(
                    review_id=row["review_id"],
                    site=row["site"][:64],
                    product_id=row["product_id"],
                    author=(row.get("author") or "")[:200] or None,
                    stars=row["stars"],
                    text=text,
                    sentiment=sentiment,
                    customer_id=by_mail.get(normal_key("email", row.get("email")) or ""),
                    written_at=row["written_at"],
                )
            )

        self._write_texts("outside_reviews", "review_id", review)

    def _write_texts(
        self, table: str, key: str, made: Callable[[dict[str, Any], str, float | None], dict[str, Any]]
    ) -> None:
        """Write rows with texts; only texts that are new or changed are scored."""
        rows = self._rows(table)
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            texts = {row[key]: redact(row.get("text") or "")[:_LONGEST_TEXT] for row in batch}
            with self._database.read() as connection:
                before = scored_texts(connection, table, texts)
            fresh = [name for name, text in texts.items() if name not in before or before[name][0] != text]
            feels = dict(zip(fresh, self._score([texts[name] for name in fresh]), strict=True))
            with self._database.write() as connection:
                written = [
                    made(row, texts[row[key]], feels[row[key]] if row[key] in feels else before[row[key]][1])
                    for row in batch
                ]
                put_voices(connection, table, written, before)

    def _rows(self, table: str) -> list[dict[str, Any]]:
        """Give the good rows of a cleaned table, moments aware."""
        have = columns_of(self._clean, f"all_{table}")
        names = [field.name for field in TARGETS[table].fields if field.name in have]
        found = self._clean.execute(f"SELECT {', '.join(names)} FROM all_{table} WHERE _reason IS NULL ORDER BY 1")
        return [
            {
                name: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in found.fetchall()
        ]


def _contact(row: dict[str, Any]) -> Contact:
    facts = {
        name: json.loads(row[name]) if row.get(name) else {}
        for name in ("traits", "identities", "preferences", "consents")
    }
    keys = {**({"email": row["email"]} if row.get("email") else {}), **facts["identities"]}
    return Contact(
        contact_id=row["contact_id"],
        customer_id=row.get("customer_id"),
        name=row.get("name"),
        email=row.get("email"),
        joined_at=row.get("joined_at"),
        stage=row.get("stage"),
        traits=facts["traits"],
        keys={name: str(value) for name, value in keys.items()},
        preferences=facts["preferences"],
        consents={name: str(value) for name, value in facts["consents"].items()},
        decided_at=row.get("decided_at"),
    )
