"""`GET /v1/openapi.json`: the HTTP side of the gateway in OpenAPI 3.1, made of the models that the handlers use."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gateway.api.envelope import ErrorEnvelope
from gateway.api.events import PATHS, EventFaultView, EventsTaken
from gateway.api.health import Health
from gateway.api.on_device import PATH
from gateway.shop.front_row import PATH as FRONT_ROW_PATH
from gateway.shop.front_row import FrontRow
from gateway.shop.sign_in import DemoCustomers, SignedIn, SignInRequest

_MODELS: tuple[type[BaseModel], ...] = (
    Health,
    ErrorEnvelope,
    EventFaultView,
    EventsTaken,
    DemoCustomers,
    FrontRow,
    SignedIn,
    SignInRequest,
)


def describe(version: str, demo: bool, on_device: bool = True) -> dict[str, Any]:
    """Give the document; the demo shop's paths and the export for browsers are in it only where they are served."""
    _, definitions = models_json_schema(
        [(model, "serialization") for model in _MODELS], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, Any] = {
        "/v1/health": {
            "get": _operation(
                "health",
                "How the service is",
                {200: _enveloped(Health), 503: _enveloped(Health, "The database is away")},
            )
        },
        "/v1/openapi.json": {
            "get": _operation("openapi", "This document", {200: {"description": "OpenAPI 3.1", "content": _ANY_JSON}})
        },
        "/v1/chat": {"get": _CHAT},
    }
    paths |= _event_paths()
    if demo:
        paths |= _demo_paths()
    if on_device:
        paths[PATH] = {"get": _ON_DEVICE}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rapport", "version": version, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {
                "writeKey": {
                    "type": "http",
                    "scheme": "basic",
                    "description": "The write key as user name, no password.",
                },
                "identity": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A customer's token, signed by the shop's server.",
                },
            },
        },
    }


class OpenApiEndpoint:
    """Serves the document, made once."""

    def __init__(self, version: str, demo: bool, on_device: bool) -> None:
        self._document = describe(version, demo, on_device)

    async def __call__(self, _request: web.Request) -> web.Response:
        """Serve the document."""
        return web.json_response(self._document)


_ANY_JSON = {"application/json": {"schema": {"type": "object"}}}
_CHAT = {
    "operationId": "chat",
    "summary": "The widget's WebSocket, protocol version 1: see docs/reference/contracts.md",
    "responses": {
        "101": {"description": "Switching to WebSocket"},
        "400": {"description": "Not a WebSocket request", "content": {}},
        "403": {"description": "The page's origin is not allowed", "content": {}},
    },
}


def _operation(operation_id: str, summary: str, responses: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "operationId": operation_id,
        "summary": summary,
        "responses": {str(status): response for status, response in responses.items()},
    }


def _enveloped(model: type[BaseModel], description: str = "Done") -> dict[str, Any]:
    data = {"$ref": f"#/components/schemas/{model.__name__}"}
    schema = {
        "type": "object",
        "required": ["ok", "data"],
        "properties": {"ok": {"const": True}, "data": data},
    }
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _refusal(description: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{ErrorEnvelope.__name__}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_ON_DEVICE = _operation(
    "onDevice",
    "What browsers recommend from by themselves: see docs/reference/on-device.md",
    {
        200: {"description": "The export of the recommender in use", "content": _ANY_JSON},
        304: {"description": "Unchanged since the version of If-None-Match"},
        503: _refusal("No recommender was built, or the database is away"),
    },
)


def _event_paths() -> dict[str, Any]:
    """Give the paths of trackers under their long names; the short ones are for Segment's own browser tracker."""
    event = {"type": "object", "description": "A call of the Segment spec; see docs/reference/events.md"}
    batch = {
        "type": "object",
        "required": ["batch"],
        "properties": {"batch": {"type": "array", "items": event}, "sentAt": {"type": "string", "format": "date-time"}},
    }
    paths = {}
    for path, kind in PATHS.items():
        if len(path) == 1:
            continue
        operation = _operation(
            f"events{path.title()}",
            f"Send one {kind} call" if kind else "Send many calls",
            {
                200: _enveloped(EventsTaken, "Taken; what was kept is on disk"),
                400: _refusal("Not such a call"),
                401: _refusal("No valid write key"),
                403: _refusal("Sent by a page whose origin is not allowed"),
                413: _refusal("The body is too large"),
                429: _refusal("Too many calls from this network"),
            },
        )
        operation["security"] = [{"writeKey": []}]
        body = {"schema": event if kind else batch}
        operation["requestBody"] = {"required": True, "content": {"application/json": body}}
        paths[f"/v1/{path}"] = {"post": operation}
    return paths


def _demo_paths() -> dict[str, Any]:
    sign_in = _operation(
        "demoSignIn",
        "Sign in as a sample customer",
        {
            200: _enveloped(SignedIn),
            400: _refusal("Not such a request"),
            403: _refusal("Sent by a page of another site"),
            404: _refusal("No such sample customer"),
            413: _refusal("The body is too large"),
        },
    )
    body = {"schema": {"$ref": f"#/components/schemas/{SignInRequest.__name__}"}}
    sign_in["requestBody"] = {"required": True, "content": {"application/json": body}}
    customers = _operation("demoCustomers", "The sample customers", {200: _enveloped(DemoCustomers)})
    front_row = _operation(
        "demoFrontRow",
        "The shop page's row for who is signed in, else for a visitor",
        {
            200: _enveloped(FrontRow),
            401: _refusal("The token does not hold"),
            503: _refusal("No recommender was built"),
        },
    )
    front_row["security"] = [{"identity": []}, {}]
    return {
        "/demo/sign-in": {"post": sign_in},
        "/demo/customers": {"get": customers},
        FRONT_ROW_PATH: {"get": front_row},
    }
