"""How often somebody may guess a password."""

from __future__ import annotations

import hashlib

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_PER_ADDRESS = RateLimitItemPerMinute(5, 5, namespace="sign-in-address")
_PER_EMAIL = RateLimitItemPerMinute(10, 15, namespace="sign-in-email")


class SignInThrottle:
    """Counts attempts: 5 in 5 minutes from one network address, 10 in 15 minutes for one e-mail address.

    Kept in this process's memory: one gateway serves the console.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, address: str, email: str) -> bool:
        """Count one attempt; False when it is one too many. Both counts grow, so that neither can be probed alone."""
        by_address = self._limiter.hit(_PER_ADDRESS, address)
        by_email = self._limiter.hit(_PER_EMAIL, _key(email))
        return by_address and by_email

    def forgive(self, address: str, email: str) -> None:
        """Forget the attempts after a good sign-in."""
        self._limiter.clear(_PER_ADDRESS, address)
        self._limiter.clear(_PER_EMAIL, _key(email))


def _key(email: str) -> str:
    """A fixed length for whatever somebody typed."""
    return hashlib.sha256(email.encode("utf-8", "surrogatepass")).hexdigest()
