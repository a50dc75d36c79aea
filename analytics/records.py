"""What passes through the facade: frozen, typed records, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

OrderState = Literal["being_prepared", "on_its_way", "delivered", "cancelled", "returned"]
ReasonKind = Literal[
    "buy_again", "stated", "neighbours", "segment_favourite", "popular", "goes_with", "substitute", "asked_for",
    "like_viewed", "similar", "new_in_range", "bought_too",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Something the shop sells. `price` in major currency units, None where unknown."""

    product_id: str
    name: str
    category: str
    department: str
    brand: str | None = None
    size: str | None = None
    price: float | None = None
    in_stock: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPrice:
    """What one `unit` of a product costs ("oz", "kg", "L", "ct"), so that packs of different sizes can be compared."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceWish:
    """What something may cost, in major units, both ends included, and whether the price decides what comes first."""

    least: float | None = None
    most: float | None = None
    order: Literal["cheapest", "dearest"] | None = None

    def allows(self, price: float | None) -> bool:
        """Tell whether a price is within it; one that is unknown is not."""
        return price is not None and (self.least or 0.0) <= price and (self.most is None or price <= self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """A product with what follows from its price, its size and the shop's orders."""

    product: Product
    #: None where price or size cannot be read.
    unit_price: UnitPrice | None
    #: Order lines of all customers it appears in.
    times_sold: int
    #: Orders of hers it appears in; 0 for a visitor, and where she wants nothing personal.
    times_bought: int = 0
    #: How often it is bought, one clause: "you bought it 3 times", "sold 1,204 times in our shop so far".
    habit: str = ""
    #: What the shop tells of it, in prose; "" where it tells nothing, and among several products.
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a product is recommended: from the model's own evidence, never made up."""

    kind: ReasonKind
    #: One clause a customer reads after the name: "you buy it about every 9 days, last on 3 May".
    text: str
    #: The figures behind the sentence: {"times_bought": 7, "days_between": 9.2, "last_bought": "2026-05-03"}.
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One recommended product with its score (higher is better, comparable within one list only)."""

    product: Product
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A group of customers found in the data. `share` of all segmented customers, 0..1."""

    segment_id: int
    name: str
    portrait: str
    size: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something off, for a while. `value` per cent or major units by `kind`; None where the source does not tell it."""

    offer_id: str
    title: str
    description: str
    kind: str
    value: float | None
    category: str | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDecision:
    """An offer chosen or withheld, and with which probability the policy did so (0 < propensity <= 1)."""

    offer: Offer | None
    #: "mood", "no_offer", "recently_offered", "opted_out" (she wants none), "buys_anyway" or "segment" (the shop's
    #: rules); None when an offer is made.
    withheld: str | None
    #: Why this offer fits, one clause: "because you often buy from Frozen pizza".
    reason: str
    propensity: float
    #: Offer ids that were considered, with the probability of each: [{"offer_id", "probability"}]; None: no offer.
    candidates: list[dict[str, Any]] = field(default_factory=list)
    segment_id: int | None = None
    #: Which of the shop's rules held (`analytics.offer_records.OfferRule`); None where none was asked.
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One line of an order; `amount` is what was paid for all of `quantity`."""

    product: Product
    quantity: int
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order with its state at the moment of asking."""

    order_id: str
    placed_at: datetime
    total: float
    discount: float
    state: OrderState
    #: When it is expected (on its way) or was delivered; None when unknown.
    expected_at: datetime | None
    #: True when the shop reported no status and it follows from the delivery promise.
    estimated: bool
    lines: tuple[OrderLine, ...] = ()
    #: The slot she chose begins then, and ends at `expected_at`; None where none was chosen.
    slot_starts_at: datetime | None = None
    #: How it is paid, where she changed that in the chat; None: as the shop knows.
    payment_method: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rfm:
    """Recency in days since the last order, number of orders, money spent; scores 1 (low) to 5 (best) by quintile."""

    recency_days: float
    frequency: int
    monetary: float
    recency_score: int
    frequency_score: int
    monetary_score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueProfile:
    """What conversations told about a customer. Sentiment -1 (angry) to 1 (happy), None before the first turn."""

    customer_id: str
    sentiment: float | None = None
    sentiment_slope: float = 0.0
    turns: int = 0
    topics: dict[str, int] = field(default_factory=dict)
    preferences: dict[str, list[str]] = field(default_factory=dict)
    last_contact_at: datetime | None = None
    last_topic: str | None = None
    #: What could not be met, newest last: products looked for in vain, questions not understood; a few dozen at most.
    unmet_requests: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnSignal:
    """What one turn tells the profile."""

    customer_id: str
    intent: str | None
    sentiment: float | None
    at: datetime
    #: {"refused_products": [...]} and the like, as far as the turn stated any.
    preferences: dict[str, list[str]] = field(default_factory=dict)
    #: Intents of further requests in the same message, in order.
    further: tuple[str, ...] = ()
    #: What she takes back, by preference: {"dislikes": ["peanuts"]}; "*" takes back all of it.
    forgotten: dict[str, list[str]] = field(default_factory=dict)
    #: What could not be met in this turn, in her words.
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody shops, by recency and frequency among all customers, and whether we have talked before.

    `loyal` : of the two fifths who order most often. `quiet` : of the fifth not seen for longest. `new` : at most one
    order. `regular` : everybody else.
    """

    segment: Literal["loyal", "regular", "quiet", "new"]
    history: Literal["first", "returning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerContext:
    """Everything a greeting, the console or an action wants to know of one customer."""

    customer_id: str
    name: str | None
    traits: dict[str, Any]
    segment: Segment | None
    rfm: Rfm | None
    profile: DialogueProfile
    last_order: Order | None
    #: Human-readable behaviour figures: {"favourite_department": "Grocery", "basket_value": 31.2, …}.
    behaviour: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCustomer:
    """A real customer whom anybody may be at the demo shop; `about` is one line for the sign-in page."""

    customer_id: str
    name: str
    about: str
    #: Where the shop's data bring none; with it and an order's number a visitor proves that an order is hers.
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """What the shop promises, from its settings file: delivery, returns, payment, hours, contact; currency sign."""

    name: str
    currency: str
    answers: dict[str, str]
    #: Used only where RAPPORT_DEMO=1.
    demo_customers: tuple[DemoCustomer, ...] = ()
    #: IANA name of the zone in which its days and hours are told.
    timezone: str = "UTC"
