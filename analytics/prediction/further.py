"""The makers of what comes next: the next order, the next basket, answers, hours and channels, intent of sessions."""

from __future__ import annotations

from datetime import UTC, datetime

from analytics.features.dialogues import load_dialogues
from analytics.prediction.answer_card import answer_card
from analytics.prediction.campaign_answers import askings_with_next, told_answers
from analytics.prediction.campaign_tables import load_campaigns
from analytics.prediction.category_card import category_card
from analytics.prediction.category_visits import category_visits
from analytics.prediction.contact_habits import Contact, predict_best_channels, predict_best_hours
from analytics.prediction.making import Made, Maker, Material
from analytics.prediction.next_category import told_categories
from analytics.prediction.next_order import Outlook, foresee, horizon_for, told
from analytics.prediction.session_lessons import learned_intent
from analytics.prediction.visits import Visits, as_day, visits_of
from analytics.prediction_records import ModelCard

#: Before the names of the arrays of the intent model in the artifact.
INTENT = "intent_"


def make_next_orders(material: Material) -> Made:
    """Foretell the next order of everybody."""
    now = material.today
    visits = visits_of(material.sales, now, material.timezone)
    if not visits.customers:
        return Made(predictions={})
    material.tell("Foretelling next orders")
    horizon = horizon_for(visits, as_day(now))
    outlook = foresee(visits, as_day(now), horizon, material.seed)
    found = told(visits, outlook, now, horizon)
    return Made(
        predictions={customer: [one] for customer, one in found.items()},
        cards=_cards(visits, outlook, now, horizon),
    )


def make_next_categories(material: Material) -> Made:
    """Foretell the next basket of everybody."""
    material.tell("Foretelling next baskets")
    now = material.today
    known = category_visits(material.sales, now, material.timezone)
    if not known.categories:
        return Made(predictions={})
    horizon = horizon_for(visits_of(material.sales, now, material.timezone), as_day(now))
    found = told_categories(known, now, horizon, material.seed)
    card = category_card(known, as_day(now), horizon, material.seed)
    return Made(predictions=found, cards=() if card is None else (card,))


def make_answers(material: Material) -> Made:
    """Foretell who answers a campaign; nothing for a shop that never ran one."""
    if material.database is None:
        return Made(predictions={})
    material.tell("Foretelling answers to campaigns")
    load_campaigns(material.database, material.sales)
    now = material.today
    askings = askings_with_next(material.sales, now)
    if askings is None:
        return Made(predictions={})
    found = told_answers(askings, as_day(now), material.seed)
    card = answer_card(askings, as_day(now), material.seed)
    return Made(predictions={customer: [one] for customer, one in found.items()}, cards=() if card is None else (card,))


def make_contact_habits(material: Material) -> Made:
    """Tell the best hour and channel to write to everybody who ordered; who never did keeps the shop's averages."""
    material.tell("Finding the best hours and channels")
    contacts = _contacts(material)
    hours = predict_best_hours(material.sales, material.today, material.timezone, contacts)
    channels = predict_best_channels(contacts, material.now)
    ordered = material.sales.execute("SELECT DISTINCT customer_id FROM orders ORDER BY 1").fetchall()
    return Made(
        predictions={
            customer: [found[customer] for found in (hours, channels) if customer in found]
            for (customer,) in ordered
            if customer in hours
        }
    )


def make_intent(material: Material) -> Made:
    """Learn purchase intent from the shop's sessions; its weights go into the artifact, it predicts when one runs."""
    if material.database is None:
        return Made(predictions={})
    material.tell("Learning from sessions")
    model = learned_intent(material.database, material.now, material.timezone)
    return Made(predictions={}, arrays={f"{INTENT}{name}": values for name, values in model.to_arrays().items()})


#: In the order in which they stand in a customer's list.
FURTHER: tuple[Maker, ...] = (
    make_next_orders,
    make_next_categories,
    make_answers,
    make_contact_habits,
    make_intent,
)


def _contacts(material: Material) -> list[Contact]:
    if material.database is None:
        return []
    load_dialogues(material.database, material.sales)
    rows = material.sales.execute(
        "SELECT customer_id, said_at, channel FROM said WHERE said_at <= $now AND channel IS NOT NULL",
        {"now": material.now.astimezone(UTC).replace(tzinfo=None)},
    ).fetchall()
    return [Contact(customer_id=row[0], at=row[1].replace(tzinfo=UTC), channel=row[2]) for row in rows]


def _cards(visits: Visits, outlook: Outlook, now: datetime, horizon: int) -> tuple[ModelCard, ...]:
    if outlook.tried is None or not outlook.by_model:
        return ()
    tried = outlook.tried
    mae = "next_order_mae_days"
    return (
        ModelCard(
            name="next_order",
            version="",
            purpose=f"days to the next order, of those who order within {horizon} days",
            trained_from=datetime.fromtimestamp(float(visits.day.min()) * 86_400, UTC),
            trained_to=now,
            metrics={mae: round(tried.model, 3), "next_order_coverage": round(tried.inside, 4)},
            baselines={"her own rhythm": {mae: round(tried.rhythm, 3)}},
            limits=(
                f"Measured on {tried.customers:,} customers who came within {horizon} days of an earlier day.",
                "Told for the case that she comes within the horizon; whether she does is told by churn.",
            ),
        ),
    )
