"""An action server that does as it is told: answer, fail, talk nonsense, drop the line, or take its time."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Call = dict[str, Any]
#: Gives status and body of the answer; None drops the connection.
Behaviour = Callable[[Call], tuple[int, bytes] | None]


def answers(*responses: dict[str, Any], events: tuple[dict[str, Any], ...] = ()) -> Behaviour:
    """Answer as an action server does."""
    return lambda _call: (200, json.dumps({"events": list(events), "responses": list(responses)}).encode())


def fails(_call: Call) -> tuple[int, bytes]:
    """Fail inside the action."""
    return 500, b'{"error": "boom"}'


def talks_nonsense(_call: Call) -> tuple[int, bytes]:
    """Answer something that is no JSON."""
    return 200, b"<html>"


def breaks_the_protocol(_call: Call) -> tuple[int, bytes]:
    """Answer JSON of the wrong shape."""
    return 200, b'{"events": "many", "responses": []}'


def drops_the_line(_call: Call) -> None:
    """Close the connection without an answer."""


def slowly(seconds: float, then: Behaviour) -> Behaviour:
    """Take some time first."""

    def behave(call: Call) -> tuple[int, bytes] | None:
        time.sleep(seconds)
        return then(call)

    return behave


OFFER = answers(
    {"text": "Ten per cent off."},
    {"custom": {"data": {"decision": {"kind": "offer", "chosen": "o1"}, "cards": [{"id": "o1", "title": "Coupon"}]}}},
    events=({"event": "slot", "name": "offers_made", "value": ["o1"], "timestamp": None},),
)


class QuietServer(ThreadingHTTPServer):
    """Callers that hang up are part of the tests."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


class FakeActions:
    """`asked` lists every call in order, with its headers under "headers"."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = OFFER
        self.asked: list[Call] = []
        self._server = QuietServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def start(self) -> FakeActions:
        self._thread.start()
        return self

    def behave(self, behaviour: Behaviour) -> None:
        """Change what is done with calls, and forget those there were."""
        self.behaviour = behaviour
        self.asked.clear()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.asked.append(call | {"headers": dict(self.headers)})
                answer = fake.behaviour(call)
                if answer is None:
                    self.close_connection = True
                    return
                status, body = answer
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
