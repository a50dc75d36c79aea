"""`GET /v1/on-device.json`: what browsers recommend from by themselves, for pages of any origin."""

from __future__ import annotations

import asyncio

from aiohttp import ETag, web

from analytics.facade import Analytics, AnalyticsUnavailable
from gateway.api.envelope import ApiError

PATH = "/v1/on-device.json"
#: For ten minutes a browser does not even ask; afterwards it asks by ETag, and an old one serves while it does.
_CACHED = "public, max-age=600, stale-while-revalidate=86400"
#: Anybody may read it, as the widget's script: nothing of anybody is in it.
_SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class OnDeviceEndpoint:
    """Serves the export of the recommender in use."""

    def __init__(self, analytics: Analytics) -> None:
        self._analytics = analytics

    async def __call__(self, request: web.Request) -> web.Response:
        """Serve it, zipped where the browser understands; 304 where it has this version, 503 where there is none."""
        try:
            export = await asyncio.to_thread(self._analytics.device_export)
        except AnalyticsUnavailable as error:
            refusal = ApiError(503, "unavailable", str(error))
            refusal.headers.update(_SHARED)
            raise refusal from error
        tag = ETag(export.version, is_weak=True)  # zipped and plain are the same document
        known = request.if_none_match or ()
        if any(one.value in (tag.value, "*") for one in known):
            response = web.Response(status=304)
        elif "gzip" in request.headers.get("Accept-Encoding", ""):
            zipped = {"Content-Encoding": "gzip"}
            response = web.Response(body=export.zipped, content_type="application/json", headers=zipped)
        else:
            response = web.Response(body=export.body, content_type="application/json")
        response.etag = tag
        response.headers.update(_SHARED | {"Cache-Control": _CACHED, "Vary": "Accept-Encoding"})
        return response
