"""Where a request comes from: its address behind trusted proxies only, and whether its page may talk to us."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import web

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Read networks such as "10.0.0.0/8" or single addresses.

    Raises
    ------
    ValueError
        One of them is neither.
    """
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def is_within(address: str, nets: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; anything unreadable does not."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(mapped in net for net in nets if net.version == mapped.version)


def client_address(request: web.Request, trusted: Sequence[Network]) -> str:
    """Give the customer's address: the last one that no trusted proxy wrote about itself."""
    peer = request.remote or "unknown"
    hops = [hop.strip() for hop in ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")]
    while hops and is_within(peer, trusted):
        hop = hops.pop()
        if not hop:
            break
        peer = hop
    return peer[:64]


def origin_is_allowed(request: web.Request, allowed: Sequence[str]) -> bool:
    """Whether the page that opens a socket may: ours, or one of the shop's; a program sends no origin and may too.

    A program needs no protection by origin: it holds no browser's tokens but its own.
    """
    origin = request.headers.get("Origin")
    if origin is None or origin in allowed:
        return True
    return urlsplit(origin).netloc == request.host and origin != "null"
