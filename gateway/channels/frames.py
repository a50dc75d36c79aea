"""What a widget may send: protocol version 1, checked once, here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

#: Printable ASCII without blanks, as the contract's 8 to 64 characters.
ClientId = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[\x21-\x7e]+$")]
LONGEST_TEXT = 4000


class FrameError(ValueError):
    """A frame that is not taken: `code` and `message` for the answer, `client_id` where it had a readable one."""

    def __init__(self, code: str, message: str, client_id: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.client_id = client_id


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Hello(_Frame):
    """The first frame."""

    type: Literal["hello"]
    v: int
    token: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    identity: Annotated[str, Field(min_length=1, max_length=8192)] | None = None
    after: Annotated[int, Field(ge=0, le=2**53)] = 0


class Send(_Frame):
    """A text."""

    type: Literal["send"]
    id: ClientId
    text: Annotated[str, Field(min_length=1)]


class Choose(_Frame):
    """A quick reply."""

    type: Literal["choose"]
    id: ClientId
    reply_id: Annotated[str, Field(min_length=1, max_length=100)]


class Typing(_Frame):
    """She writes."""

    type: Literal["typing"]


class Ping(_Frame):
    """She is there."""

    type: Literal["ping"]


Frame = Hello | Send | Choose | Typing | Ping
_FRAMES: TypeAdapter[Frame] = TypeAdapter(Annotated[Frame, Field(discriminator="type")])
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)


def read_frame(data: str) -> Frame:
    """Read one frame.

    Raises
    ------
    FrameError
        Not JSON, of an unknown type, with a wrong field ("bad_frame"), or with too long a text ("too_long").
    """
    try:
        frame = _FRAMES.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the frame"
        raise FrameError("bad_frame", f"{where}: {first['msg']}", _client_id(data)) from None
    if isinstance(frame, Send) and len(frame.text) > LONGEST_TEXT:
        raise FrameError("too_long", f"A message may have up to {LONGEST_TEXT} characters.", frame.id)
    return frame


def _client_id(data: str) -> str | None:
    """Give the id of a frame that is otherwise wrong, so that the client knows which one."""
    try:
        raw = _ANYTHING.validate_json(data)
    except ValidationError:
        return None
    client_id = raw.get("id") if isinstance(raw, dict) else None
    return client_id if isinstance(client_id, str) and len(client_id) <= 64 else None
