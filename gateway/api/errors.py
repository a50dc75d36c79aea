"""The last resort: whatever a handler raises becomes an answer that tells nothing but a request id."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from gateway.api.envelope import ApiError, refused

log = structlog.get_logger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

REQUEST_ID = "X-Request-Id"
#: Paths of programs: their errors come in the envelope.
_API = ("/v1/", "/demo/")
_CODES = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


@web.middleware
async def error_middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn exceptions into answers; a fault of ours is logged under the request id that the client gets."""
    request_id = uuid.uuid4().hex
    try:
        response = await handler(request)
    except ApiError as error:
        response = refused(error.status, error.code, error.message, error.field)
        response.headers.update(error.headers)
    except web.HTTPException as error:
        if not request.path.startswith(_API) or error.status < 400:
            error.headers[REQUEST_ID] = request_id
            raise
        response = refused(error.status, _CODES.get(error.status, "refused"), error.text or error.reason)
        response.headers.update({name: value for name, value in error.headers.items() if name == "Allow"})
    except Exception:
        log.exception("request_failed", request_id=request_id, method=request.method, path=request.path)
        response = _internal(request, request_id)
    if not response.prepared:
        response.headers[REQUEST_ID] = request_id
    return response


def _internal(request: web.Request, request_id: str) -> web.Response:
    message = f"Something went wrong on our side. Quote request {request_id} when you report it."
    if request.path.startswith(_API):
        return refused(500, "internal", message)
    return web.Response(status=500, text=message)
