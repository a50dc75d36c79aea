"""The order service of a shop that keeps its orders itself: the same port, asked over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, TimeoutError

from analytics.facade import AnalyticsUnavailable
from analytics.order_records import (
    Allowed,
    DeliverySlot,
    Done,
    IdentityClaim,
    OrderPolicy,
    OrderRequest,
    Refund,
    Refused,
    UnknownOrder,
    Unverified,
    Verified,
)
from analytics.order_service import OrderSystem
from analytics.orders import wire

#: Most bytes of an answer; an order of hundreds of lines has a few dozen thousand.
_MOST = 1_000_000
#: The second try comes at once: an action has five seconds in all.
_TRIES = 2
_JUDGED = frozenset({"allowed", "refused", "unknown_order"})
_SETTLED = frozenset({"done", "refused", "unknown_order"})
_PROVED = frozenset({"verified", "no_match", "throttled"})


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes


class HttpOrderService:
    """Implements `analytics.order_service.OrderService` on a shop's own system; safe to share between threads.

    Every call is signed, waits `OrderSystem.seconds` at most, and is tried a second time where no answer or a 5xx
    came: whoever answers knows a repeated request by its key, so that nothing is done twice.

    Parameters
    ----------
    system : where it is, and the secret that both sides know.
    policy : what the shop allows, from its file: the bot tells it to customers before it asks.
    clock : gives the present moment, aware.
    timezone : IANA name of the zone in which delivery slots are told.
    """

    def __init__(
        self,
        system: OrderSystem,
        policy: OrderPolicy,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timezone: str = "UTC",
    ) -> None:
        self._system = system
        self._policy = policy
        self._clock = clock
        self._zone = ZoneInfo(timezone)
        self._path = urlsplit(system.url).path.rstrip("/")
        wait = urllib3.Timeout(total=system.seconds)
        self._pool = urllib3.PoolManager(num_pools=1, maxsize=8, retries=False, timeout=wait)

    @property
    def policy(self) -> OrderPolicy:
        """See `OrderService.policy`."""
        return self._policy

    def check(self, request: OrderRequest) -> Allowed | Refused | UnknownOrder:
        """See `OrderService.check`."""
        found: Allowed | Refused | UnknownOrder = self._outcome(wire.CHECK, wire.written(request), _JUDGED)
        if isinstance(found, Allowed) and found.slot is not None:
            return replace(found, slot=self._told(found.slot))
        return found

    def carry_out(self, request: OrderRequest, key: str) -> Done | Refused | UnknownOrder:
        """See `OrderService.carry_out`."""
        found: Done | Refused | UnknownOrder = self._outcome(wire.REQUESTS, wire.written(request), _SETTLED, key)
        return found

    def refunds(self, customer_id: str, order_id: str | None = None) -> list[Refund]:
        """See `OrderService.refunds`."""
        asked = json.dumps({"customer_id": customer_id, "order_id": order_id}).encode()
        return self._list(wire.REFUNDS, asked)

    def moment(self) -> datetime:
        """See `OrderService.moment`."""
        return self._clock().astimezone(self._zone)

    def slots(self) -> list[DeliverySlot]:
        """See `OrderService.slots`."""
        return [self._told(slot) for slot in self._list(wire.SLOTS, b"{}")]

    def identify(self, claim: IdentityClaim) -> Verified | Unverified:
        """See `OrderService.identify`."""
        found: Verified | Unverified = self._outcome(wire.IDENTIFY, wire.written(claim), _PROVED, claim.key)
        return found

    def _told(self, slot: DeliverySlot) -> DeliverySlot:
        """Give a slot in the shop's own time, in which customers read it."""
        ends = slot.ends_at.astimezone(self._zone)
        return replace(slot, starts_at=slot.starts_at.astimezone(self._zone), ends_at=ends)

    def _outcome(self, what: str, body: bytes, expected: frozenset[str], key: str = "") -> Any:
        try:
            return wire.read_outcome(self._answered(what, body, key), expected)
        except wire.UnreadableAnswerError as error:
            raise _unreadable(what, error) from error

    def _list(self, what: str, body: bytes) -> list[Any]:
        try:
            return wire.read_list(self._answered(what, body, ""), what)
        except wire.UnreadableAnswerError as error:
            raise _unreadable(what, error) from error

    def _answered(self, what: str, body: bytes, key: str) -> bytes:
        """Call, a second time where that may help, and give the body of a good answer."""
        why = ""
        for _ in range(_TRIES):
            try:
                answer = self._call(what, body, key)
            except HTTPError as error:
                why = _worded(error)
                continue
            if answer.status == 200:
                return answer.body
            if answer.status < 500:
                raise _refused(what, answer.status)
            why = f"status {answer.status}"
        raise AnalyticsUnavailable(
            f"The shop's order system did not answer {what!r} ({why}); see RAPPORT_ORDERS_URL and the shop's own log."
        )

    def _call(self, what: str, body: bytes, key: str) -> _Answer:
        signed = wire.signature(self._system.secret, int(time.time()), f"{self._path}/{what}", key, body)
        headers = {"Content-Type": "application/json", "Accept": "application/json", wire.SIGNATURE_HEADER: signed}
        if key:
            headers[wire.KEY_HEADER] = key
        response = self._pool.request(
            "POST",
            f"{self._system.url.rstrip('/')}/{what}",
            body=body,
            headers=headers,
            redirect=False,
            preload_content=False,
        )
        read = response.read(_MOST + 1)
        if len(read) > _MOST:
            response.close()
            raise AnalyticsUnavailable(f"The shop's order system answered {what!r} with more than {_MOST} bytes.")
        response.release_conn()
        return _Answer(response.status, read)


def _refused(what: str, status: int) -> AnalyticsUnavailable:
    remedy = "see the shop's own log"
    if status in (401, 403):
        remedy = "RAPPORT_ORDERS_SECRET must be the same on both sides, and both clocks right"
    elif status in (404, 405) or status < 400:
        remedy = "check RAPPORT_ORDERS_URL"
    return AnalyticsUnavailable(f"The shop's order system refused {what!r} with status {status}; {remedy}.")


def _unreadable(what: str, error: wire.UnreadableAnswerError) -> AnalyticsUnavailable:
    return AnalyticsUnavailable(
        f"The shop's order system answered {what!r} in a way we can't read ({error}); "
        "see docs/how-to/plug-in-your-order-system.md."
    )


def _worded(error: HTTPError) -> str:
    """Say what went wrong, without the address, which the settings tell."""
    if isinstance(error, NewConnectionError):
        return "no connection"
    return "too slow" if isinstance(error, TimeoutError) else type(error).__name__
