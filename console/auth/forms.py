"""Which requests may change something: those from our own pages, with a token only our own pages know."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from aiohttp import web

from console.config import ConsoleConfig

TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105 - a name
TOKEN_FIELD = "csrf_token"  # noqa: S105 - a name
#: Holds the token of pages that nobody is signed in to yet (sign-in, set-up).
FORM_COOKIE = "rapport_form"


def comes_from_our_pages(request: web.Request, config: ConsoleConfig) -> bool:
    """Whether the browser says that this request was made by a page of this origin.

    Every browser of the last years sends `Sec-Fetch-Site`, every browser at all sends `Origin` with a POST.
    A client that sends neither is not a browser with somebody's cookie in it, and not ours.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return urlsplit(origin).netloc.lower() == (config.public_host or request.host).lower()
    return site == "same-origin"


async def carries_token(request: web.Request, expected: str | None) -> bool:
    """Whether the request carries the expected token, in the header or as a field of its form."""
    if not expected:
        return False
    given = request.headers.get(TOKEN_HEADER)
    if given is None:
        field = (await request.post()).get(TOKEN_FIELD)
        given = field if isinstance(field, str) else ""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
