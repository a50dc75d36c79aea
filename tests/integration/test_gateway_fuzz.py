"""Frames that nobody in her right mind would send: the server lives on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.gateway_house import fresh_database, open_house

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
_ALMOST_FRAMES = st.fixed_dictionaries(
    {"type": st.sampled_from(["send", "choose", "hello", "typing", "ping", "message"])},
    optional={"id": _JSON, "text": _JSON, "reply_id": _JSON, "v": _JSON, "token": _JSON, "after": _JSON},
)
_FRAMES = st.one_of(
    st.text(max_size=200), st.binary(max_size=200), _JSON.map(json.dumps), _ALMOST_FRAMES.map(json.dumps)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(_FRAMES, min_size=1, max_size=20), hello_first=st.booleans())
def test_whatever_is_sent_the_server_lives_on(
    tmp_path_factory: Any, frames: list[str | bytes], hello_first: bool
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")

    async def fuzz() -> None:
        async with open_house(fresh_database(folder)) as house:
            async with house.http.ws_connect(f"{house.url}/v1/chat") as socket:
                if hello_first:
                    await socket.send_json({"type": "hello", "v": 1})
                for frame in frames:
                    if socket.closed:
                        break
                    send = socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame)
                    try:
                        await send
                    except (ConnectionError, UnicodeEncodeError):
                        break
            async with house.talker() as talker:
                await talker.send("are you still there?")
                assert (await talker.says("bot"))["text"] == "You said: are you still there?"

    asyncio.run(fuzz())
