"""Help pages of the shop that `FakeAnalytics` keeps, and what it finds in them by a word of the question."""

from __future__ import annotations

from analytics.help_records import HelpPage, HelpPassage, HelpSection

RETURNS = HelpPage(
    slug="returns",
    title="Returns and refunds",
    keywords=("refund",),
    sections=(
        HelpSection(heading="", anchor="", markdown="You get your money back."),
        HelpSection(
            heading="Fresh food",
            anchor="fresh-food",
            markdown="Tell us **within two days**, see [delivery](/help/delivery).",
        ),
    ),
)
DELIVERY = HelpPage(
    slug="delivery",
    title="Delivery <fees>",
    keywords=("van",),
    sections=(
        HelpSection(heading="Fees", anchor="fees", markdown="<script>alert(1)</script>\n\n[x](javascript:alert(1))"),
    ),
)
PAGES = (DELIVERY, RETURNS)

POINTS = HelpPassage(
    title="Loyalty points", text="You get one point for every dollar.", url="/help/loyalty#earning-points", score=0.7
)
FRESH = HelpPassage(
    title="Returns and refunds", text="Tell us within two days.", url="/help/returns#fresh-food", score=0.6
)
PASSAGES = {"points": POINTS, "returns": FRESH}
