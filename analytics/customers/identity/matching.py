"""Who of an import is whom: customers who share a verified key are one person, or may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from analytics.customers.identity.keys import normal_key
from analytics.customers.identity.merging import Key, merge
from store.repositories.merges import KeyRow, MergeRow, add_keys, add_merge, all_keys, merged_away, settled_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A customer's key as a source gives it."""

    customer_id: str
    namespace: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Which keys count, and what follows from a shared one."""

    #: Namespaces whose values are verified, the most trusted first.
    verified: tuple[str, ...]
    #: False: a person is asked.
    merges: bool
    #: A key of more customers than that is nobody's own.
    at_most: int
    #: Who merges: "import: My shop".
    by: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Matched:
    """What came of it."""

    #: Keys written down.
    keys: int = 0
    #: (who stays, who became her, namespace)
    merged: list[tuple[str, str, str]] = field(default_factory=list)
    proposed: list[tuple[str, str, str]] = field(default_factory=list)
    #: (namespace, value, customers)
    shared: list[tuple[str, str, int]] = field(default_factory=list)
    #: (namespace, value)
    bad: list[tuple[str, str]] = field(default_factory=list)


class Matcher:
    """Writes verified keys down, and merges or proposes customers who share one.

    Who has a key already keeps it and stays; of several new ones the first by id. A pair that a person refused or
    separated is left in peace.

    Parameters
    ----------
    connection : in a write transaction; the customers of all claims are stored.
    """

    def __init__(self, connection: Connection, policy: Policy) -> None:
        self._connection = connection
        self._policy = policy
        self._settled = settled_pairs(connection)
        self.matched = Matched()

    def match(self, claims: Iterable[Claim]) -> Matched:
        """Match all claims, namespace by namespace."""
        values: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in self._policy.verified}
        for claim in claims:
            if claim.namespace not in values:
                continue
            value = normal_key(claim.namespace, claim.value)
            if value is None:
                self.matched.bad.append((claim.namespace, claim.value))
            else:
                values[claim.namespace][value].add(claim.customer_id)
        for namespace, holders in values.items():
            self._match_namespace(namespace, holders)
        return self.matched

    def _match_namespace(self, namespace: str, holders: dict[str, set[str]]) -> None:
        own = {value: people for value, people in sorted(holders.items()) if len(people) <= self._policy.at_most}
        self.matched.shared += [
            (namespace, value, len(people)) for value, people in sorted(holders.items()) if value not in own
        ]
        stays = merged_away(self._connection)
        owners = all_keys(self._connection, namespace) if own else {}
        fresh = []
        for value, people in own.items():
            if value not in owners:
                owners[value] = min(stays.get(one, one) for one in people)
                fresh.append(KeyRow(channel=namespace, address=value, customer_id=owners[value]))
        add_keys(self._connection, fresh, self._policy.at)
        self.matched.keys += len(fresh)
        for value, people in own.items():
            for one in sorted(people):
                self._join(owners[value], one, Key(name=namespace, value=value), stays)

    def _join(self, owner: str, other: str, key: Key, stays: dict[str, str]) -> None:
        kept, gone = _end(owner, stays), _end(other, stays)
        if kept == gone or (kept, gone) in self._settled or (gone, kept) in self._settled:
            return
        policy = self._policy
        if policy.merges:
            merge(self._connection, kept, gone, by=policy.by, at=policy.at, key=key)
            stays[gone] = kept
            self.matched.merged.append((kept, gone, key.name))
            return
        self._settled.add((kept, gone))
        asked = MergeRow(
            merge_id=0,
            kept_id=kept,
            merged_id=gone,
            state="proposed",
            key_name=key.name,
            key_value=key.value,
            by=policy.by,
            at=policy.at,
            undone_by=None,
            undone_at=None,
        )
        add_merge(self._connection, asked)
        self.matched.proposed.append((kept, gone, key.name))


def _end(customer_id: str, stays: dict[str, str]) -> str:
    while customer_id in stays:
        customer_id = stays[customer_id]
    return customer_id
