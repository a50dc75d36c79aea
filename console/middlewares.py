"""What every answer of the console carries, and what a person sees when something went wrong."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable

from aiohttp import web

from analytics.facade import AnalyticsUnavailable
from console.views.respond import page

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: 'unsafe-inline' for style *attributes* only: ECharts positions its SVG with them.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers would then send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TITLES = {
    400: "This address is not quite right", 403: "Not for you", 404: "Nothing here", 405: "That does not work here",
    413: "Too much at once", 500: "Something went wrong", 503: "Not at this moment",
}  # fmt: skip


@web.middleware
async def security_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Add the headers that keep other people's scripts and frames away."""
    response = await handler(request)
    if not response.prepared:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
    return response


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Word faults as a page, a line or the JSON envelope; a fault of ours gives a request id, never its text."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _fault(request, error.status, error.text or error.reason)
    except AnalyticsUnavailable as error:
        return _fault(request, 503, str(error))
    except Exception:
        request_id = uuid.uuid4().hex[:12]
        log.exception("request %s failed: %s %s", request_id, request.method, request.match_info.route.resource)
        return _fault(request, 500, f"It is our fault, and it was written down as {request_id}. Try again in a moment.")


def _fault(request: web.Request, status: int, message: str) -> web.Response:
    if request.path.startswith("/console/api/"):
        return web.json_response({"ok": False, "errors": [{"code": str(status), "message": message}]}, status=status)
    if "HX-Request" in request.headers:
        return web.Response(text=message, status=status)
    return page(request, "error.html", status=status, message=message, title=_TITLES.get(status, "That did not work"))
