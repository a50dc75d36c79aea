"""The channel between the gateway and Rasa: one call is one turn, answered once, repeated freely.

What Rasa's REST channel leaves open is settled here: every route asks for the secret, a repeated message is answered
from the log, a failed turn is an error and leaves no trace, and health means that a question was understood.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.turn import NotReadyError, run_turn
from bot.channels.turn_request import BadTurnError, TurnRequest
from bot.launch.patches.action_failures import ActionFailedError

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Rapport-Secret"  # noqa: S105  its name, not the secret
#: Seconds for a whole turn; the gateway waits 10.
TURN_DEADLINE = 9.0
_HEALTH_QUESTION = "where is my order?"


class GatewayInput(InputChannel):
    """`POST /webhooks/gateway/turn` and `GET /webhooks/gateway/health`.

    Parameters
    ----------
    secret : what every request to this process must carry in `X-Rapport-Secret`.
    """

    def __init__(self, secret: str) -> None:
        if not secret:
            raise RasaException("The gateway channel needs a secret: set RAPPORT_INTERNAL_SECRET.")
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        """Part of the routes' path."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> GatewayInput:
        """Make the channel from its section in credentials.yml."""
        return cls(str((credentials or {}).get("secret") or ""))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Define the routes. Rasa's own handler is not used: it swallows what a turn's answer depends on."""
        del on_new_message
        routes = Blueprint("gateway")

        @routes.listener("before_server_start")
        async def guard_every_route(app: Sanic, _loop: Any) -> None:
            app.register_middleware(self._refuse_strangers, "request")

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return await self._health(request)

        return routes

    async def _refuse_strangers(self, request: Request) -> HTTPResponse | None:
        shown = request.headers.get(SECRET_HEADER, "").encode()
        if hmac.compare_digest(shown, self._secret):
            return None
        return json({"error": "unauthorised", "message": f"{SECRET_HEADER} is missing or wrong."}, status=401)

    async def _turn(self, request: Request) -> HTTPResponse:
        try:
            turn = TurnRequest.from_json(request.json)
        except (BadTurnError, InvalidUsage) as error:
            return json({"error": "bad_request", "message": str(error)}, status=400)
        try:
            return json(await asyncio.wait_for(run_turn(request.app.ctx.agent, turn), TURN_DEADLINE))
        except (ActionFailedError, asyncio.TimeoutError) as error:
            # Only actions wait for anything, so a turn out of time is theirs.
            logger.error("message=%s turn failed: %s", turn.message_id, error or "out of time")
            return json({"error": "action_failed"}, status=500)
        except Exception:
            # The text is the customer's: it stays out of the log.
            logger.exception("message=%s turn failed", turn.message_id)
            return json({"error": "internal"}, status=500)

    async def _health(self, request: Request) -> HTTPResponse:
        try:
            model_id = await check_health(request.app.ctx.agent)
        except Exception as error:
            logger.warning("not ready: %s", error)
            return json({"ready": False, "message": str(error)}, status=503)
        return json({"ready": True, "model_id": model_id})


async def check_health(agent: Any) -> str:
    """Ask a real question and look into the store; give the model's id.

    Raises
    ------
    NotReadyError : no model is loaded, or it understands nothing.
    EventLogError, sqlite3.Error : the store cannot be read.
    """
    if not agent.is_ready():
        raise NotReadyError("No model is loaded. Train one: rapport train")
    parsed = await agent.processor.parse_message(UserMessage(_HEALTH_QUESTION))
    if not (parsed.get("intent") or {}).get("name"):
        raise NotReadyError("The model understands nothing. Train it again: rapport train")
    agent.tracker_store.turn("", "")
    return str(agent.model_id)
