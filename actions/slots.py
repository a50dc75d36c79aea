"""Names of the slots and entities the actions read and write; a contract test holds them against the domain."""

from __future__ import annotations

#: Ids of the products last recommended or found, in the order they were shown.
SHOWN_PRODUCTS = "shown_products"
#: Their names, same order: "why the cereal?" is resolved without asking the catalogue again.
SHOWN_NAMES = "shown_names"
#: Id of the one among them that was spoken of last: what "it" means.
PRODUCT_IN_MIND = "product_in_mind"
#: Ids she turned down in this conversation (a customer's are kept on her profile as well).
REFUSED_PRODUCTS = "refused_products"
#: Ids of the offers made in this conversation.
OFFERS_MADE = "offers_made"
#: The bundle whose price she was told last, and until when it holds (see `actions.bundle_terms`).
BUNDLE_TOLD = "bundle_told"
#: Messages in a row that were not understood.
UNSURE_TURNS = "unsure_turns"
#: How often in this conversation she used rough words instead of asking something.
ROUGH_WORDS = "rough_words"
#: What we asked last that "yes" answers, one of those below; empty once she speaks of something else.
OPEN_QUESTION = "open_question"
ASKED_PERSON = "person"  # shall I bring in a colleague?
ASKED_OTHERS = "others"  # shall I show you other products?
ASKED_ORDER = "order"  # would you like the details of your order?
ASKED_OFFERS = "offers"  # shall I look for an offer?
ASKED_USUAL = "usual"  # shall I put the same together again?
ASKED_REQUEST = "request"  # shall I do that about your order? (or whatever is still missing for it)
ASKED_ACCOUNT = "account"  # shall I do that about your account or data? (or whatever is still missing for it)
ASKED_BUNDLE = "bundle"  # would you like these together?
ASKED_READING = "reading"  # which of these do you mean?
ASKED_LIST_ITEMS = "list_items"  # what shall I put on your list?
ASKED_EMPTY_LIST = "empty_list"  # shall I empty your list?
ASKED_REVIEW = "review"  # which product, how many stars, which words? or: shall I keep it so?
ASKED_RATING = "rating"  # how was this chat?
ASKED_COMMENT = "comment"  # what could have been better?
ASKED_TASTE = "taste"  # what do you shop for? (asked of newcomers)
#: What she is after in this conversation: words she wants something of, products she asked about, words she wants less
#: of, products that were recommended before, the mode of the last list, kinds of questions she was asked.
WANTED = "wanted"
LOOKED_AT = "looked_at"
LESS_OF = "less_of"
SHOWN_BEFORE = "shown_before"
MODE_SHOWN = "mode_shown"
#: Why products were recommended in this conversation, {product id: the reason that was told}, the latest last.
REASONS_TOLD = "reasons_told"
TASTE_ASKED = "taste_asked"
#: The review she is about to write (see `actions.review_draft`).
REVIEW_DRAFT = "review_draft"
#: What she asks to be done about an order, as far as it is known (see `actions.order_pending`).
ORDER_REQUEST = "order_request"
#: The order a visitor has proved to be hers, for a while (see `actions.order_identity`).
ORDER_PASS = "order_pass"  # noqa: S105 a slot's name
#: What she asks to be done about her account or data (see `actions.account_pending`).
ACCOUNT_REQUEST = "account_request"

#: What the wording of a response may depend on (see `actions.circumstances`).
MOOD = "mood"
CHANNEL = "channel"
SEGMENT = "segment"
HISTORY = "history"

PRODUCT_QUERY = "product_query"
PRODUCT_ID = "product_id"
ORDER_ID = "order_id"
MODE = "mode"
TOPIC = "topic"
#: Of a quick reply: the one of the listed choices it stands for.
CHOICE = "choice"
#: What exactly is asked within the intent, by likeness of meaning: see `language.aspects`.
ASPECT = "aspect"
