"""Making one customer of those who share a verified key, after an import has written them."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import duckdb

from analytics.customers.identity.matching import Claim, Matched, Matcher, Policy
from analytics.importing.findings import Findings, redacted
from analytics.importing.ids import columns_of
from analytics.importing.mapping import Mapping
from analytics.quality_records import Done, Finding
from store.engine import Database

_EXAMPLES = 3
Example = dict[str, str | None]


def match_people(
    database: Database, clean: duckdb.DuckDBPyConnection, mapping: Mapping, findings: Findings, now: datetime
) -> None:
    """Match the customers of an import by the mapping's section `identity`; nothing where it has none."""
    if mapping.identity is None or "customers" not in mapping.tables:
        return
    with database.write() as connection:
        matched = Matcher(connection, policy_of(mapping, now)).match(claims(clean))
    report(matched, "customers", findings.size("customers"), findings)


def policy_of(mapping: Mapping, now: datetime) -> Policy:
    """Give the mapping's section `identity` as a policy; without one no key counts."""
    rule, by = mapping.identity, f"import: {mapping.shop}"[:200]
    if rule is None:
        return Policy(verified=(), merges=False, at_most=1, by=by, at=now)
    return Policy(verified=tuple(rule.verified), merges=rule.same == "merge", at_most=rule.at_most, by=by, at=now)


def claims(clean: duckdb.DuckDBPyConnection) -> Iterator[Claim]:
    """Give the keys of all customers of the import; a merged customer's are hers who stays."""
    have = columns_of(clean, "all_customers")
    email = "email" if "email" in have else "NULL"
    keys = "identities" if "identities" in have else "NULL"
    rows = clean.execute(
        f"SELECT customer_id, {email}, {keys} FROM all_customers "
        "WHERE _reason IS NULL OR _reason = 'merged into another customer' ORDER BY customer_id"
    ).fetchall()
    for customer_id, address, others in rows:
        found = {**({"email": address} if address else {}), **(json.loads(others) if others else {})}
        for namespace, value in found.items():
            yield Claim(customer_id=customer_id, namespace=namespace, value=str(value))


def report(matched: Matched, table: str, of: int, findings: Findings) -> None:
    """Tell of merges, proposals, keys that are none and keys that too many have."""
    pairs: tuple[tuple[str, Done, list[tuple[str, str, str]]], ...] = (
        ("merged", "mended", matched.merged),
        ("merge_proposed", "kept", matched.proposed),
    )
    for check, done, found in pairs:
        shown: tuple[Example, ...] = tuple(
            {"stays": kept, "is": gone, "by": name} for kept, gone, name in found[:_EXAMPLES]
        )
        findings.add(Finding(table=table, check=check, found=len(found), of=of, done=done, examples=shown))
    shared: tuple[Example, ...] = tuple(
        {"by": name, "key": redacted(value), "customers": str(n)} for name, value, n in matched.shared[:3]
    )
    people = sum(count for _, _, count in matched.shared)
    findings.add(Finding(table=table, check="shared_key", found=people, of=of, done="kept", examples=shared))
    bad: tuple[Example, ...] = tuple({"by": name, "key": redacted(value)} for name, value in matched.bad[:_EXAMPLES])
    findings.add(Finding(table=table, check="bad_key", found=len(matched.bad), of=of, done="kept", examples=bad))
