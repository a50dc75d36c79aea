"""The part of the door that tells of one customer: who she is, what she ordered, what is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.account_records import Purpose
from analytics.accounts.consents import allows
from analytics.customers.context import context_of, segment_of, standing_of
from analytics.customers.profile import customer_profile
from analytics.failures import unavailable_on_database_failure
from analytics.loyalty.points import balance_of
from analytics.loyalty_records import LoyaltyBalance, LoyaltyProgramme
from analytics.orders.tracking import order_of, orders_of
from analytics.prediction.intent_in_use import IntentInUse
from analytics.prediction_records import Prediction, Predictions
from analytics.profile_records import CustomerProfile
from analytics.records import CustomerContext, Order, Segment, Standing
from analytics.shop.loader import Shop
from store.engine import Database
from store.repositories.profiles import features_row


class Knowledge:
    """The part of `analytics.facade.Analytics` about one customer.

    Parameters
    ----------
    database : with all tables.
    shop : the shop's facts and policies.
    clock : gives the present moment, aware.
    artifacts_dir : where the models lie.
    """

    def __init__(self, database: Database, shop: Shop, clock: Callable[[], datetime], artifacts_dir: Path) -> None:
        self._intent = IntentInUse(database, artifacts_dir, shop.timezone)
        self._database = database
        self._shop = shop
        self._clock = clock

    @unavailable_on_database_failure
    def customer(self, customer_id: str) -> CustomerContext | None:
        """See `Analytics.customer`."""
        with self._database.read() as connection:
            return context_of(connection, customer_id, shop=self._shop, now=self._clock())

    @unavailable_on_database_failure
    def profile(self, customer_id: str) -> CustomerProfile | None:
        """See `Analytics.profile`."""
        with self._database.read() as connection:
            profile = customer_profile(connection, customer_id, shop=self._shop, now=self._clock())
            intent = None if profile is None else self._intent.of(connection, customer_id, self._clock())
            return profile if profile is None or intent is None else with_intent(profile, intent, self._clock())

    @unavailable_on_database_failure
    def purchase_intent(self, customer_id: str) -> Prediction | None:
        """See `Analytics.purchase_intent`."""
        with self._database.read() as connection:
            return self._intent.of(connection, customer_id, self._clock())

    @unavailable_on_database_failure
    def standing(self, customer_id: str) -> Standing:
        """See `Analytics.standing`."""
        with self._database.read() as connection:
            standing = standing_of(connection, customer_id)
            if self._allows(connection, customer_id, "personalisation"):
                return standing
            return replace(standing, segment="regular")  # how she shops is nobody's business then

    @unavailable_on_database_failure
    def segment_of(self, customer_id: str) -> Segment | None:
        """See `Analytics.segment_of`."""
        with self._database.read() as connection:
            return segment_of(connection, features_row(connection, customer_id))

    @unavailable_on_database_failure
    def orders(self, customer_id: str, limit: int = 5) -> list[Order]:
        """See `Analytics.orders`."""
        now, promise = self._clock(), self._shop.promise
        with self._database.read() as connection:
            return orders_of(connection, customer_id, limit=limit, now=now, promise=promise)

    @unavailable_on_database_failure
    def order(self, order_id: str, customer_id: str) -> Order | None:
        """See `Analytics.order`."""
        now, promise = self._clock(), self._shop.promise
        with self._database.read() as connection:
            return order_of(connection, order_id, customer_id, now=now, promise=promise)

    def loyalty(self) -> LoyaltyProgramme | None:
        """See `Analytics.loyalty`."""
        return self._shop.loyalty

    @unavailable_on_database_failure
    def loyalty_balance(self, customer_id: str) -> LoyaltyBalance | None:
        """See `Analytics.loyalty_balance`."""
        if self._shop.loyalty is None:
            return None
        with self._database.read() as connection:
            return balance_of(connection, customer_id, self._shop.loyalty, self._clock())

    def _personal(self, connection: Connection, customer_id: str | None) -> str | None:
        """Give the id under which her purchases may be used; None, a visitor's, where she wants nothing personal."""
        return customer_id if self._allows(connection, customer_id, "personalisation") else None

    def _allows(self, connection: Connection, customer_id: str | None, purpose: Purpose) -> bool:
        policy, now = self._shop.account_policy, self._clock()
        return customer_id is None or allows(connection, customer_id, purpose, policy, now)


def with_intent(profile: CustomerProfile, intent: Prediction, now: datetime) -> CustomerProfile:
    """Put what is expected of the running session at the head of what is expected of her."""
    none = Predictions(customer_id=profile.customer_id, made_at=now, model_version="", listed=())
    known = profile.predictions or none
    return replace(profile, predictions=replace(known, listed=(intent, *known.listed)))
