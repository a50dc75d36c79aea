"""The rule of each route, applied: who may come in, and which requests may change something.

A handler is reached through `guarded` only; `console.app` registers nothing else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from aiohttp import web

from console.auth import forms, sessions
from console.auth.tokens import new_token
from console.keys import CONFIG, FORM_TOKEN, SESSION
from console.threads import reading, writing
from store.repositories import agents
from store.repositories.agents import AgentSession

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(Enum):
    """Who may use a route."""

    ANYBODY = "anybody"
    AGENT = "agent"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Route:
    """One route with its rule. `background`: the page asks by itself, so it does not keep an idle session alive."""

    method: str
    path: str
    handler: Handler
    access: Access
    background: bool = False


def guarded(route: Route) -> Handler:
    """Give the handler behind the route's rule."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if route.access is Access.ANYBODY:
            return await _handle_form(route, request)
        session = await _session_of(request)
        if session is None:
            return _to_sign_in(request)
        request[SESSION] = session
        if route.access is Access.ADMIN and session.agent.role != "admin":
            raise web.HTTPForbidden(text="This page is for admins. Ask one of them to let you in.")
        if route.method != "GET":
            await _check_change(request, session.csrf_token)
        if not route.background and sessions.needs_noting(request.app[CONFIG], session):
            now = request.app[CONFIG].clock()
            await writing(request, lambda connection: agents.touch_session(connection, session.token_hash, now))
        return await route.handler(request)

    return handle


async def _handle_form(route: Route, request: web.Request) -> web.StreamResponse:
    """A page without a session: its form's token lives in a cookie of its own."""
    known = request.cookies.get(forms.FORM_COOKIE)
    if route.method != "GET":
        await _check_change(request, known)
    request[FORM_TOKEN] = known or new_token()
    response = await route.handler(request)
    if known is None:
        response.set_cookie(
            forms.FORM_COOKIE, request[FORM_TOKEN], path="/console", httponly=True, samesite="Strict",
            secure=request.app[CONFIG].secure_cookies,
        )  # fmt: skip
    return response


async def _check_change(request: web.Request, token: str | None) -> None:
    if not forms.comes_from_our_pages(request, request.app[CONFIG]) or not await forms.carries_token(request, token):
        raise web.HTTPForbidden(
            text="This form was not sent from the console, or is too old. Reload the page and try again."
        )


async def _session_of(request: web.Request) -> AgentSession | None:
    token = request.cookies.get(sessions.COOKIE)
    if not token:
        return None
    config = request.app[CONFIG]
    return await reading(request, lambda connection: sessions.find(connection, config, token))


def _to_sign_in(request: web.Request) -> web.Response:
    """Send a person to the sign-in page; tell a script that it has to."""
    if request.method == "GET" and "HX-Request" not in request.headers and not request.path.startswith("/console/api/"):
        return web.Response(status=303, headers={"Location": "/console/sign-in"})
    text = "You are signed out. Sign in again."
    return web.Response(status=401, text=text, headers={"HX-Redirect": "/console/sign-in"})
