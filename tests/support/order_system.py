"""A shop's own order system on loopback: the page for shops, served by our SQL implementation.

It reads the calls by itself, from the page's description, so that both sides are held to it. `faults` says what the
next calls get instead of an answer: a status, or "slow", "cut" or raw bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import TypeAdapter

from analytics.order_records import IdentityClaim, OrderRequest
from analytics.order_service import OrderService, OrderSystem
from analytics.orders import wire

SECRET = "0123456789abcdef0123456789abcdef"  # 32 characters, as the settings ask
Fault = int | str | bytes


@dataclass
class ShopSystem:
    """What the server does, and what was asked of it."""

    orders: OrderService
    secret: str = SECRET
    faults: deque[Fault] = field(default_factory=deque)
    #: (path, idempotency key) of each call that was signed well.
    calls: list[tuple[str, str]] = field(default_factory=list)
    #: Names of the fields of each body.
    sent: list[dict[str, Any]] = field(default_factory=list)

    def is_signed(self, path: str, headers: Any, body: bytes) -> bool:
        """Check the signature as the page says."""
        given = dict(part.split("=", 1) for part in headers.get("X-Rapport-Signature", "").split(",") if "=" in part)
        moment = given.get("t", "")
        if not moment.isdigit() or abs(time.time() - int(moment)) > 300:
            return False
        text = f"{moment}.{path}.{headers.get('Idempotency-Key', '')}.".encode() + body
        wanted = hmac.new(self.secret.encode(), text, hashlib.sha256).hexdigest()
        return hmac.compare_digest(wanted, given.get("v1", ""))

    def answer(self, path: str, key: str, body: bytes) -> bytes:
        """Do what is asked."""
        asked = json.loads(body)
        self.calls.append((path, key))
        self.sent.append(asked)
        what = path.rsplit("/", 1)[-1]
        if what == "check":
            return wire.outcome_written(self.orders.check(TypeAdapter(OrderRequest).validate_python(asked)))
        if what == "requests":
            request = TypeAdapter(OrderRequest).validate_python(asked)
            return wire.outcome_written(self.orders.carry_out(request, key))
        if what == "refunds":
            return wire.list_written(self.orders.refunds(asked["customer_id"], asked["order_id"]), "refunds")
        if what == "slots":
            return wire.list_written(self.orders.slots(), "slots")
        return wire.outcome_written(self.orders.identify(TypeAdapter(IdentityClaim).validate_python(asked)))


@contextmanager
def serving(shop: ShopSystem) -> Iterator[OrderSystem]:
    """Serve on a free port under /orders; gives what Rapport needs to know of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(shop))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield OrderSystem(url=f"http://127.0.0.1:{server.server_port}/orders", secret=SECRET, seconds=0.5)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(shop: ShopSystem) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"shop": shop})


class _Handler(BaseHTTPRequestHandler):
    shop: ShopSystem

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.shop.is_signed(self.path, self.headers, body):
            return self._send(401, b"{}")
        fault = self.shop.faults.popleft() if self.shop.faults else None
        if isinstance(fault, int):
            return self._send(fault, b"{}")
        if isinstance(fault, bytes):
            return self._send(200, fault)
        answer = self.shop.answer(self.path, self.headers.get("Idempotency-Key", ""), body)
        if fault == "slow":
            time.sleep(0.8)
        return self._send(200, answer, missing=int(fault == "cut"))

    def _send(self, status: int, body: bytes, missing: int = 0) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body) + missing))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # who asked did not wait
        self.close_connection = bool(missing)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
