"""Answers that several views give."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from aiohttp_jinja2 import render_template

from console.keys import FORM_TOKEN, SESSION
from store.repositories.agents import Agent


def page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """Render a template; every one knows who is signed in and the token of its forms."""
    session = request.get(SESSION)
    token = session.csrf_token if session is not None else request.get(FORM_TOKEN)
    common = {"me": session.agent if session else None, "csrf_token": token, "path": request.path}
    return render_template(template, request, common | context, status=status)


def see(address: str) -> web.Response:
    """Send the browser to another page after a change (303), so that a reload repeats nothing."""
    return web.Response(status=303, headers={"Location": address})


def me(request: web.Request) -> Agent:
    """Give who is signed in."""
    return request[SESSION].agent


async def field(request: web.Request, name: str, *, limit: int = 320) -> str:
    """Give a form's text field, trimmed; "" where it is missing, and never longer than `limit`."""
    value = (await request.post()).get(name, "")
    text = value if isinstance(value, str) else ""
    return text.encode("utf-8", "ignore").decode().replace("\0", "").strip()[:limit]
