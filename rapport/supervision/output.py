"""One log stream out of many: each line with the name of the process it came from."""

from __future__ import annotations

import json
import os
from collections import deque
from datetime import UTC, datetime
from typing import Literal, TextIO

#: Lines of each process that are kept to be shown when it fails to start.
KEPT_LINES = 15
#: A longer line is cut: one runaway line must not fill the memory.
LONGEST_LINE = 8192
#: Cyan, magenta, green, blue, yellow, white: readable on dark and on light.
_COLOURS = (36, 35, 32, 34, 33, 37)


class LogStream:
    """Writes lines of several processes to one stream.

    Parameters
    ----------
    stream : where lines go.
    names : the processes, for the width of the prefix and the colours.
    form : "pretty" puts the name before each line; "json" passes a process's own JSON lines on as they are and wraps
        any other into {"process", "event", "timestamp"}.
    colour : whether the prefix is coloured; None asks the stream and NO_COLOR.
    """

    def __init__(
        self,
        stream: TextIO,
        names: tuple[str, ...],
        form: Literal["pretty", "json"] = "pretty",
        colour: bool | None = None,
    ) -> None:
        self._stream = stream
        self._form = form
        self._colour = stream.isatty() and "NO_COLOR" not in os.environ if colour is None else colour
        self._width = max((len(name) for name in names), default=0)
        self._colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(names)}
        self._last = {name: deque[str](maxlen=KEPT_LINES) for name in names}

    def write(self, name: str, line: str) -> None:
        """Write one line (without its end) of one process."""
        line = line[:LONGEST_LINE]
        if name in self._last:
            self._last[name].append(line)
        self._stream.write((self._as_json(name, line) if self._form == "json" else self._pretty(name, line)) + "\n")
        self._stream.flush()

    def last_lines(self, name: str) -> list[str]:
        """Give the last lines of a process, oldest first."""
        return list(self._last[name])

    def _pretty(self, name: str, line: str) -> str:
        prefix = f"{name:<{self._width}} │"
        if self._colour:
            prefix = f"\x1b[{self._colours.get(name, 37)}m{prefix}\x1b[0m"
        return f"{prefix} {line}"

    def _as_json(self, name: str, line: str) -> str:
        if line.startswith("{") and line.endswith("}"):
            return line
        return json.dumps({"process": name, "event": line, "timestamp": datetime.now(UTC).isoformat()})
