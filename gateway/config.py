"""The gateway's settings: one frozen record, made by the composition root."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayConfig:
    """Everything the gateway can be told. Durations in seconds, sizes in bytes, rates per second."""

    #: Sent to Rasa and the action server, asked of whoever reads /metrics.
    internal_secret: str = field(repr=False)
    #: Key of the shop's identity tokens (HS256): at least 32 characters.
    identity_secret: str = field(repr=False)
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"

    #: Pages that may open the widget's socket, "https://shop.example"; the gateway's own pages always may.
    allowed_origins: tuple[str, ...] = ()
    #: Networks of reverse proxies whose X-Forwarded-For is believed.
    trusted_proxies: tuple[str, ...] = ()
    #: Networks many people share (an office, a school) or that are our own: no limit on new conversations.
    unlimited_networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")

    #: How the bot signs its messages; None lets the widget choose.
    assistant_name: str | None = None
    #: Whether the demo shop is served, where anybody may sign in as one of its sample customers.
    demo: bool = False
    #: Whether what browsers recommend from by themselves is served; with the demo shop it always is.
    on_device: bool = False
    #: Write key of the demo shop's own page, the key of a page; "": it sends no events.
    demo_write_key: str = ""
    #: Folder that holds the built `dist/` of the widget and the shop page.
    web_root: Path = Path("web")

    #: A customer hears something within this time, whatever happened to the bot.
    turn_deadline: float = 10.0
    #: How long a message waits for a bot that is known to be away before she is told.
    outage_patience: float = 3.0
    #: Longest pause between two attempts at the same message.
    longest_backoff: float = 5.0
    #: After this an unanswerable message is given up, visibly.
    give_up_after: float = 24 * 3600.0
    #: Turns in Rasa at the same time; more only makes each slower.
    turns_in_flight: int = 2
    #: A turn that takes longer gives its place to others and goes on beside them.
    stall_after: float = 2.0
    #: An answer longer than this is nonsense.
    longest_answer: int = 256 * 1024
    #: Turns that began may end within this time when the gateway is stopped.
    drain_seconds: float = 5.0

    #: Messages a visitor may send: in the long run, and at once.
    message_rate: float = 1.0
    message_burst: int = 10
    #: Messages of one conversation that may wait for the bot.
    longest_queue: int = 20
    #: New conversations from one address: in the long run, and at once.
    new_conversation_rate: float = 20 / 3600.0
    new_conversation_burst: int = 20
    #: Calls with events from one address: in the long run, and at once. Servers, which hold a secret key, send freely.
    event_call_rate: float = 10.0
    event_call_burst: int = 200
    #: Frames of the widget's protocol, and bodies of HTTP requests.
    longest_frame: int = 16 * 1024
    longest_body: int = 64 * 1024
    #: Networks forget idle connections after a minute: a ping comes before.
    heartbeat: float = 25.0
