"""Security headers on every answer; a part with other needs (the console's charts) sets its own first."""

from __future__ import annotations

from aiohttp import web

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
#: The widget's script belongs on the shop's pages, which live elsewhere.
_SHARED = "/static/"


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Complete an answer just before it is sent."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    sharing = "cross-origin" if request.path.startswith(_SHARED) else "same-origin"
    response.headers.setdefault("Cross-Origin-Resource-Policy", sharing)
    if request.secure or request.headers.get("X-Forwarded-Proto") == "https":
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.headers["Server"] = "rapport"
