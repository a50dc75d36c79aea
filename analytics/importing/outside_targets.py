"""What the tables need that other systems than the shop feed: the CRM, social media, review sites, trackers."""

from __future__ import annotations

from analytics.importing.fields import Field, Target

OUTSIDE = (
    Target(
        "contacts",
        "contact",
        ("contact_id",),
        (
            Field("contact_id", "id", required=True),
            # The shop's own id, where the system knows it.
            Field("customer_id", "id"),
            Field("name", "text"),
            Field("email", "text"),
            Field("joined_at", "moment"),
            Field("stage", "text"),
            Field("traits", "facts"),
            Field("identities", "facts"),
            # In her words: {"likes": …, "dislikes": …}.
            Field("preferences", "facts"),
            # {purpose: yes or no}, and when she decided.
            Field("consents", "facts"),
            Field("decided_at", "moment"),
        ),
    ),
    Target(
        "mentions",
        "mention",
        ("mention_id",),
        (
            Field("mention_id", "id", required=True),
            Field("network", "text", required=True),
            Field("handle", "text", required=True),
            Field("text", "text", required=True),
            Field("written_at", "moment", required=True),
            Field("url", "text"),
            Field("product_id", "id"),
        ),
    ),
    Target(
        "outside_reviews",
        "review",
        ("review_id",),
        (
            Field("review_id", "id", required=True),
            Field("site", "text", required=True),
            Field("product_id", "id", required=True, refers_to="products"),
            Field("stars", "whole", required=True, at_least=1, at_most=5),
            Field("written_at", "moment", required=True),
            Field("text", "text"),
            Field("author", "text"),
            Field("email", "text", stored=False),
        ),
    ),
    Target(
        "events",
        "event",
        ("message_id",),
        (
            Field("message_id", "id", required=True),
            Field("occurred_at", "moment", required=True),
            # "track" unless mapped.
            Field("type", "text"),
            Field("name", "text"),
            Field("customer_id", "id"),
            Field("anonymous_id", "id"),
            Field("channel", "text"),
            Field("properties", "facts"),
        ),
    ),
)
