"""Logging of a process: structlog for our lines and the libraries' alike, pretty for people or JSON for programs.

What customers write never enters a log: keys that could hold it are taken out of every line before it is written.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from rapport.settings import LogFormat

#: Keys under which a conversation's words travel in this program.
WITHHELD = frozenset({"text", "message_text", "body", "payload", "replies", "token", "identity"})
#: Libraries whose every step is of no interest below "warning".
_QUIET = ("aiohttp.access", "asyncio", "alembic", "sqlalchemy", "rasa_sdk")


def start_logging(process: str, level: str, form: LogFormat, stream: TextIO | None = None) -> None:
    """Send all logging of this process to one stream.

    Parameters
    ----------
    process : name of the process, on every line.
    level : "debug", "info", "warning" or "error".
    form : "auto" is pretty on a terminal, else JSON.
    stream : standard output by default.
    """
    target = stream or sys.stdout
    pretty = form == "pretty" or (form == "auto" and target.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        withhold_words,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if pretty else "iso", utc=not pretty),
    ]
    handler = logging.StreamHandler(target)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last_steps(process, pretty))
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def withhold_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace what could be a customer's words by their length."""
    for key in WITHHELD & event.keys():
        value: Any = event[key]
        event[key] = f"<{len(value)} withheld>" if hasattr(value, "__len__") else "<withheld>"
    return event


def _last_steps(process: str, pretty: bool) -> list[Processor]:
    if pretty:
        console = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, exception_formatter=_plain_traceback)
        return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, console]

    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {"process": process, **event}

    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        name_process,
        structlog.processors.JSONRenderer(),
    ]


# Rich tracebacks show local variables, and with them a conversation's words.
_plain_traceback = structlog.dev.plain_traceback
