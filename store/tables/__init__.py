"""The tables, a room per aggregate; importing this package registers all of them on `metadata`.

1. `customers`      customers, their identities and visitors
2. `catalogue`      products
3. `orders`         orders and their lines
4. `offers`         offers, the products they cover, redemptions
5. `conversations`  conversations, messages, turns, outbox
6. `profiles`       what is computed of a customer: features, segment, dialogue signals; decisions
7. `agents`         people of the shop who sign in to the console, sessions, one-time tokens
8. `operations`     artifacts, import runs and their rejected rows
9. `order_requests` what customers asked to be done about orders, failed tries to prove whose one is
10. `accounts`      details changed in the chat, consents, requests about accounts and data
11. `complaints`    complaints and what was granted for them
12. `shopping`      shopping lists, orders placed in the chat, reviews, ratings of a chat
13. `turn_labels`   what people said of the bot's understanding
14. `sources`       CRM contacts, social-media mentions, reviews elsewhere, returns
15. `merging`       merges of customers and every row they touched
16. `events`        what trackers sent, the live profiles, moves between segments; keys for sending
17. `predictions`   what is expected of each customer
18. `rule_segments` segments that people made by hand
"""

from store.tables.accounts import account_details, account_requests, consents
from store.tables.agents import agent_sessions, agents, audit_log, setup_tokens
from store.tables.base import metadata
from store.tables.catalogue import products
from store.tables.complaints import complaints
from store.tables.conversations import conversations, messages, outbox, turns
from store.tables.customers import customers, identities, visitors
from store.tables.events import events, live_links, live_profiles, segment_moves, write_keys
from store.tables.merging import customer_merges, merged_rows
from store.tables.offers import offer_products, offers, redemptions
from store.tables.operations import artifacts, import_runs, quality_findings, rejected_rows
from store.tables.order_requests import identity_attempts, order_requests
from store.tables.orders import order_line_changes, order_lines, orders
from store.tables.predictions import predictions
from store.tables.profiles import customer_features, decisions, profiles, segments
from store.tables.rule_segments import rule_segments
from store.tables.shopping import chat_ratings, placed_orders, reviews, shopping_items
from store.tables.sources import contacts, mentions, outside_reviews, returns
from store.tables.turn_labels import turn_labels

__all__ = [
    "account_details",
    "account_requests",
    "agent_sessions",
    "agents",
    "artifacts",
    "audit_log",
    "chat_ratings",
    "complaints",
    "consents",
    "contacts",
    "conversations",
    "customer_features",
    "customer_merges",
    "customers",
    "decisions",
    "events",
    "identities",
    "identity_attempts",
    "import_runs",
    "live_links",
    "live_profiles",
    "mentions",
    "merged_rows",
    "messages",
    "metadata",
    "offer_products",
    "offers",
    "order_line_changes",
    "order_lines",
    "order_requests",
    "orders",
    "outbox",
    "outside_reviews",
    "placed_orders",
    "predictions",
    "products",
    "profiles",
    "quality_findings",
    "redemptions",
    "rejected_rows",
    "returns",
    "reviews",
    "rule_segments",
    "segment_moves",
    "segments",
    "setup_tokens",
    "shopping_items",
    "turn_labels",
    "turns",
    "visitors",
    "write_keys",
]
