"""Reading `shop.yml`: the shop's name, currency, standing answers, delivery promise and demo customers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from analytics.account_records import AccountPolicy
from analytics.complaint_records import ComplaintPolicy
from analytics.loyalty_records import LoyaltyProgramme
from analytics.offer_records import OfferPolicy
from analytics.order_records import OrderPolicy
from analytics.ordering_records import OrderingPolicy
from analytics.profile_records import EngagementPolicy
from analytics.recommendation_records import BundlePolicy, RecommendationPolicy
from analytics.records import DemoCustomer, ShopFacts
from analytics.shop.account_sections import AccountSection, ComplaintSection
from analytics.shop.bundle_section import BundleSection
from analytics.shop.engagement_section import EngagementSection
from analytics.shop.loyalty_section import LoyaltySection
from analytics.shop.offer_section import OfferSection
from analytics.shop.order_section import OrderSection
from analytics.shop.ordering_section import OrderingSection
from analytics.shop.recommendation_section import RecommendationSection
from language.yaml_text import load_yaml

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

#: The questions every shop has to answer.
TOPICS = frozenset({"delivery", "returns", "payment", "hours", "contact"})


class ShopFileError(ValueError):
    """The shop file is missing or wrong; the message lists every fault and where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPromise:
    """How long after an order was placed it is packed, and at the door."""

    packed_within: timedelta
    delivered_within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """Everything the shop file says."""

    facts: ShopFacts
    promise: DeliveryPromise
    #: What customers may still change, send back or report.
    order_policy: OrderPolicy = field(default_factory=OrderPolicy)
    account_policy: AccountPolicy = field(default_factory=AccountPolicy)
    complaint_policy: ComplaintPolicy = field(default_factory=ComplaintPolicy)
    #: Whether new orders are placed in the chat.
    ordering: OrderingPolicy = field(default_factory=OrderingPolicy)
    #: None where the shop has no loyalty programme.
    loyalty: LoyaltyProgramme | None = None
    #: Whom to win back, and to whom nothing needs to be given away.
    offers: OfferPolicy = field(default_factory=OfferPolicy)
    #: What is recommended to whom.
    recommendations: RecommendationPolicy = field(default_factory=RecommendationPolicy)
    #: What products that go together cost together.
    bundles: BundlePolicy = field(default_factory=BundlePolicy)
    #: What a customer's doings are worth to the shop.
    engagement: EngagementPolicy = field(default_factory=EngagementPolicy)
    #: Categories, in lower case, in which nothing is recommended or offered unasked; searching finds them.
    discreet_categories: frozenset[str]
    #: IANA name of the zone in which its hours and weekends are told.
    timezone: str = "UTC"
    #: Where the shop keeps its further files (synonyms).
    folder: Path


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone; write an IANA name such as America/New_York")
    return name


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Promise(_Strict):
    packed_within_hours: float = Field(gt=0)
    delivered_within_hours: float = Field(gt=0)


class _Customer(_Strict):
    customer_id: _Text
    name: _Text
    about: _Text
    email: _Text | None = None


class _File(_Strict):
    name: _Text
    currency: _Text
    answers: dict[str, _Text]
    delivery_promise: _Promise
    order_policy: OrderSection = OrderSection()
    account: AccountSection = AccountSection()
    complaint_policy: ComplaintSection = ComplaintSection()
    loyalty: LoyaltySection | None = None
    ordering: OrderingSection = OrderingSection()
    offer_policy: OfferSection = OfferSection()
    recommendations: RecommendationSection = RecommendationSection()
    bundles: BundleSection = BundleSection()
    engagement: EngagementSection = EngagementSection()
    discreet_categories: list[_Text] = []
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    demo_customers: list[_Customer] = []


def load_shop(path: Path) -> Shop:
    """Read and check a shop file.

    Raises
    ------
    ShopFileError
        The file cannot be read, is not YAML, or says something it must not; all faults at once.
    """
    try:
        raw = load_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ShopFileError(f"Shop file {path} cannot be read; set RAPPORT_SHOP to an existing file.") from error
    except yaml.YAMLError as error:
        raise ShopFileError(f"Shop file {path} is not valid YAML: {error}") from error
    try:
        file = _File.model_validate(raw)
    except ValidationError as error:
        raise ShopFileError(f"Shop file {path}: {_faults(error)}") from error
    missing = sorted(TOPICS - file.answers.keys())
    if missing:
        raise ShopFileError(f"Shop file {path}: answers has no {', '.join(missing)}; add a sentence for each.")
    return _shop(file, path)


def _shop(file: _File, path: Path) -> Shop:
    demo_customers = tuple(
        DemoCustomer(customer_id=entry.customer_id, name=entry.name, about=entry.about, email=entry.email)
        for entry in file.demo_customers
    )
    promise = file.delivery_promise
    return Shop(
        facts=ShopFacts(
            name=file.name,
            currency=file.currency,
            answers=dict(file.answers),
            demo_customers=demo_customers,
            timezone=file.timezone,
        ),
        promise=DeliveryPromise(
            packed_within=timedelta(hours=promise.packed_within_hours),
            delivered_within=timedelta(hours=promise.delivered_within_hours),
        ),
        order_policy=file.order_policy.policy(),
        account_policy=file.account.policy(),
        complaint_policy=file.complaint_policy.policy(),
        ordering=file.ordering.policy(),
        loyalty=file.loyalty.programme() if file.loyalty else None,
        offers=file.offer_policy.policy(),
        recommendations=file.recommendations.policy(),
        bundles=file.bundles.policy(),
        engagement=file.engagement.policy(),
        discreet_categories=frozenset(category.lower() for category in file.discreet_categories),
        timezone=file.timezone,
        folder=path.parent,
    )


def _faults(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'file'}: {fault['msg']}" for fault in error.errors())
