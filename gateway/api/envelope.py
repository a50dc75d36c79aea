"""The one JSON envelope: {"ok": true, "data": …} or {"ok": false, "errors": [{"code", "message", "field"?}]}."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict


class ErrorItem(BaseModel):
    """One reason why a request was not served."""

    model_config = ConfigDict(frozen=True)

    code: str
    message: str
    field: str | None = None


class ErrorEnvelope(BaseModel):
    """The body of every refused request under `/v1` and `/demo`."""

    model_config = ConfigDict(frozen=True)

    ok: bool = False
    errors: list[ErrorItem]


def ok(data: Any, status: int = 200) -> web.Response:
    """Give a successful answer; `data` is JSON-ready."""
    return web.json_response({"ok": True, "data": data}, status=status)


def refused(status: int, code: str, message: str, field: str | None = None) -> web.Response:
    """Give a refusal with one reason."""
    return web.json_response(_errors(code, message, field), status=status)


class ApiError(Exception):
    """Ends a handler with a refusal; the error middleware makes the answer."""

    def __init__(self, status: int, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        #: Sent with the refusal.
        self.headers: dict[str, str] = {}


def _errors(code: str, message: str, field: str | None) -> Mapping[str, Any]:
    item = ErrorItem(code=code, message=message, field=field).model_dump(exclude_none=True)
    return {"ok": False, "errors": [item]}
