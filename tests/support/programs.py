"""Tiny programs for the supervisor's tests: a server that says it is well, and records how it was started and ended."""

from __future__ import annotations

import os
import socket
import sys
from io import StringIO
from pathlib import Path

from rapport.supervision.health import Health, HttpHealth
from rapport.supervision.output import LogStream
from rapport.supervision.program import Listen, Pace, Program

#: Starts a server on the port of argv[1], notes "name up pid" and "name down" in the file of argv[3].
SERVER = """
import http.server, os, signal, sys
port, name, journal = int(sys.argv[1]), sys.argv[2], sys.argv[3]
def note(text):
    with open(journal, "a") as stream:
        stream.write(f"{name} {text}\\n")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.headers.get("X-Secret", "s") == "s" else 401)
        self.end_headers()
    def log_message(self, *_):
        pass
def end(*_):
    note("down")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
server = http.server.HTTPServer(("127.0.0.1", port), Handler)
note(f"up {os.getpid()}")
print(f"{name} serves", flush=True)
server.serve_forever()
"""

#: Short waiting times, so that a test of a restart takes a tenth of a second.
QUICK = Pace(start=10, first_restart=0.02, longest_restart=0.1, ask_starting=0.02, ask_running=0.05, silent=0.3)


def free_port() -> int:
    """Give a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stage:
    """Makes fake programs in one folder and reads what they noted down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = folder / "journal"
        self.output = StringIO()

    def server(self, name: str, *, needs: tuple[str, ...] = (), port: int | None = None) -> Program:
        """A program that serves and ends politely."""
        port = port or free_port()
        health = HttpHealth(url=f"http://127.0.0.1:{port}/", seconds=1)
        program = self.script(name, SERVER, str(port), name, str(self.journal), health=health, needs=needs)
        listen = Listen(host="127.0.0.1", port=port, setting=f"RAPPORT_{name.upper()}_PORT")
        return Program(**{field: getattr(program, field) for field in Program.__slots__} | {"listen": listen})

    def script(
        self, name: str, source: str, *arguments: str, health: Health, needs: tuple[str, ...] = (), stop: float = 5
    ) -> Program:
        """A program of a few lines of Python."""
        return Program(
            name=name,
            command=(sys.executable, "-I", "-S", "-c", source, *arguments),
            environment=dict(os.environ),
            folder=self.folder,
            health=health,
            needs=needs,
            stop_seconds=stop,
        )

    def log(self, *names: str) -> LogStream:
        """The log stream of the test."""
        return LogStream(self.output, ("rapport", *names))

    def notes(self) -> list[str]:
        """What the programs noted, without process ids."""
        return [" ".join(line.split()[:2]) for line in self._lines()]

    def pids(self, name: str) -> list[int]:
        """Process ids of all runs of a program, oldest first."""
        return [int(words[2]) for line in self._lines() if (words := line.split())[:2] == [name, "up"]]

    def _lines(self) -> list[str]:
        return self.journal.read_text().splitlines() if self.journal.exists() else []
