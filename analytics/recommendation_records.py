"""What recommendations are asked with, questions to a newcomer, bundles, and the shop's rules for what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from analytics.records import Product, Reason

#: for_you    : what suits her best, mixed: bought again, new to her, and what this moment asks for
#: buy_again  : only what she has bought before, what is due first
#: new        : only what she has bought nothing like
#: popular    : what most customers bought in the last 30 days, whether she buys it or not
#: front_page : a longer list, varied over the departments
#: campaign   : for a mailing: nothing that was shown to her lately, and enough of it in stock
Mode = Literal["for_you", "buy_again", "new", "popular", "front_page", "campaign"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendContext:
    """The moment in which products are recommended; everything in it may be empty.

    Nothing here is taken from what is kept of her: it is what she does and says now, so it counts for a visitor, and
    for a customer who wants nothing personal.
    """

    mode: Mode = "for_you"
    #: Ids of products in the cart or on the shopping list.
    cart: tuple[str, ...] = ()
    #: Ids of products looked at or asked about in this session, the newest last.
    viewed: tuple[str, ...] = ()
    #: What she says she wants, in words the search understands: ("coffee", "baby"); the newest last.
    wanted: tuple[str, ...] = ()
    #: What she wants to see less of, in words: ("yogurt",); it sinks, and may come up all the same.
    less: tuple[str, ...] = ()
    #: Ids of products shown before and passed over; they sink.
    ignored: tuple[str, ...] = ()
    #: Only products of this category or department, as the catalogue names it.
    category: str | None = None


#: Nothing is known of the moment.
NO_CONTEXT = RecommendContext()


@dataclass(frozen=True, slots=True, kw_only=True)
class TasteAnswer:
    """One answer to a question: what is read on the quick reply, and the words for `RecommendContext.wanted`."""

    title: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TasteQuestion:
    """A question to a newcomer, with 2 to 6 answers out of the shop's own range.

    `kind` "department": what she shops for; "category": what of it she likes, `about` naming the department.
    """

    kind: Literal["department", "category"]
    answers: tuple[TasteAnswer, ...]
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationPolicy:
    """The shop's rules, from the section `recommendations` of its file, in every mode; names in lower case."""

    #: Categories, departments or brands, and ids of products, that are never recommended.
    never: frozenset[str] = frozenset()
    never_products: frozenset[str] = frozenset()
    #: Pieces that must be in stock, where the catalogue tells how many there are; and for a mailing.
    least_stock: int = 1
    campaign_stock: int = 1
    #: {category, department or brand: factor of its worth}; above 1 it rises, below 1 it sinks.
    boost: dict[str, float] = field(default_factory=dict)
    #: Categories or departments only for customers who are known to be `of_age` years old.
    age_limited: frozenset[str] = frozenset()
    of_age: int = 18
    #: Power of the margin in a product's worth, 0 (none) to 1, where the catalogue tells the margin.
    margin_weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceExport:
    """What a browser recommends from by itself; nothing of any customer is in it.

    `version` changes with the contents; `body` is JSON (`docs/reference/on-device.md`), `zipped` the same by gzip;
    `kinds` counts what it tells of.
    """

    version: str
    body: bytes
    zipped: bytes
    kinds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePolicy:
    """What a bundle may cost, from the section `bundles` of the shop's file; by default the sum of its prices."""

    #: Taken off the sum, 0 to 50.
    percent_off: float = 0.0
    #: Only from this sum on is anything taken off; and at most so much, in major currency units (None: no such limit).
    least_price: float = 0.0
    most_saving: float | None = None
    #: Share of the bundle's price, 0 to 1, that must be left above what it cost the shop, where the catalogue tells the
    #: margin of each of its products; None: the margin does not count.
    least_margin: float | None = None
    #: Categories, departments and brands, in lower case, of which nothing is bundled.
    without: frozenset[str] = frozenset()
    #: Products in a bundle, 2 or 3.
    most_products: int = 3
    #: Hours for which a price that was told holds.
    hours: float = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A product, the first, with one or two that go with it, one of each; prices in major units, exact to the cent."""

    products: tuple[Product, ...]
    #: What they cost one by one, and together; `saving` is the difference, 0.0 where nothing is taken off.
    price: float
    bundle_price: float
    saving: float
    #: Why they go together.
    reason: Reason
    #: The same for the same products at the same prices.
    bundle_id: str
    #: Until when the price holds once it was told.
    until: datetime
