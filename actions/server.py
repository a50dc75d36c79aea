"""The action server: rasa-sdk's protocol on aiohttp, behind a shared secret and with a deadline."""

from __future__ import annotations

import asyncio
import hmac
import logging
import uuid
from collections.abc import Awaitable, Callable
from json import JSONDecodeError
from typing import Any

from aiohttp import web
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException, ActionNotFoundException

from actions import registry, wiring
from analytics.facade import Analytics

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Rapport-Secret"  # noqa: S105 the header's name, not its value
#: Seconds an action may take; Rasa itself waits 8.
DEADLINE = 5.0
#: Bytes of an action call; a long conversation's tracker with the domain stays well below it.
MAX_BODY = 8 * 1024 * 1024

EXECUTOR: web.AppKey[ActionExecutor] = web.AppKey("executor", ActionExecutor)
DEADLINE_KEY: web.AppKey[float] = web.AppKey("deadline", float)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def create_app(secret: str, analytics: Analytics, *, deadline: float = DEADLINE) -> web.Application:
    """Make the action server.

    Parameters
    ----------
    secret : shared with Rasa; every call but `GET /health` must carry it in `X-Rapport-Secret`.
    analytics : the door the actions ask.
    deadline : seconds after which a call is given up with 504.

    Raises
    ------
    ValueError : the secret is empty.
    """
    if not secret:
        raise ValueError("The action server needs a secret: set RAPPORT_INTERNAL_SECRET.")
    wiring.configure(analytics)
    app = web.Application(client_max_size=MAX_BODY, middlewares=[_guard(secret)])
    app[EXECUTOR] = registry.executor()
    app[DEADLINE_KEY] = deadline
    app.router.add_get("/health", _health)
    app.router.add_post("/webhook", _webhook)
    return app


def _guard(secret: str) -> Any:
    expected = secret.encode()

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if request.path != "/health" and not hmac.compare_digest(given, expected):
            return web.json_response({"error": "unauthorised"}, status=401)
        return await handler(request)

    return guard


async def _health(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok", "actions": len(request.app[EXECUTOR].actions)})


async def _webhook(request: web.Request) -> web.Response:
    try:
        call = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        return web.json_response({"error": "invalid_body"}, status=400)
    if not isinstance(call, dict) or not call.get("next_action"):
        return web.json_response({"error": "invalid_body"}, status=400)
    return await _run(request.app, call)


async def _run(app: web.Application, call: dict[str, Any]) -> web.Response:
    """Run one action; errors are named as rasa-sdk names them, and never carry a word of the conversation."""
    name = str(call["next_action"])
    call.setdefault("domain", {})
    try:
        result = await asyncio.wait_for(app[EXECUTOR].run(call), timeout=app[DEADLINE_KEY])
    except ActionExecutionRejection:
        return web.json_response({"error": "rejected", "action_name": name}, status=400)
    except ActionNotFoundException:
        logger.error("action=%s is not registered", name)
        return web.json_response({"error": "unknown_action", "action_name": name}, status=404)
    except ActionMissingDomainException:
        return web.json_response({"error": "missing_domain", "action_name": name}, status=449)
    except TimeoutError:
        logger.error("action=%s took longer than %.1f s", name, app[DEADLINE_KEY])
        return web.json_response({"error": "deadline", "action_name": name}, status=504)
    except Exception:
        error_id = uuid.uuid4().hex
        logger.exception("action=%s error_id=%s failed", name, error_id)
        return web.json_response({"error": "internal", "error_id": error_id, "action_name": name}, status=500)
    return web.json_response(result.model_dump())
