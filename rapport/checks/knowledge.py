"""What the bot knows: the database, the shop in it, the artifacts, the trained model."""

from __future__ import annotations

from sqlalchemy import func, select

from analytics.artifacts.registry import ArtifactRegistry
from analytics.facade import AnalyticsUnavailable
from analytics.shop.loader import ShopFileError, load_shop
from rapport.checks.check import Check, fail, ok, warn
from rapport.databases import open_any, shown_address
from rapport.errors import DatabaseError, TrainingError
from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.training.encoder.keeping import current_encoder, environment
from rapport.training.fingerprint import fingerprint
from rapport.training.model import checked_model, current_model
from rapport.worker.built import NEEDED, read_built
from store.engine import Database
from store.migrate import current, head
from store.tables import customers, orders, products


def check_knowledge(settings: Settings) -> list[Check]:
    """Look at all of it; what needs a database is left out where there is none."""
    checks = [check_shop_file(settings), check_model(settings)]
    try:
        database = open_any(settings)
    except DatabaseError as error:
        told, _, remedy = str(error).partition(": ")
        return [*checks, fail("database", told, remedy)]
    try:
        revision = check_revision(settings, database)
        if revision.status != "ok":
            return [*checks, revision]
        return [*checks, revision, check_import(database), *check_artifacts(settings, database)]
    finally:
        database.close()


def check_shop_file(settings: Settings) -> Check:
    """The shop's own facts."""
    try:
        shop = load_shop(settings.shop)
    except ShopFileError as error:
        return fail("shop file", " ".join(str(error).split()), "mend the file, or set RAPPORT_SHOP")
    return ok("shop file", f"{shop.facts.name} ({settings.shop})")


def check_revision(settings: Settings, database: Database) -> Check:
    """Reachable, and with this program's tables."""
    revision = current(database)
    if revision != head():
        return fail(
            "database", f"{shown_address(settings)} is at revision {revision or 'none'}", "run `rapport migrate`"
        )
    return ok("database", f"{shown_address(settings)}, revision {revision}")


def check_import(database: Database) -> Check:
    """A shop to talk about."""
    with database.read() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (customers, products, orders)
        }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    if not all(counts.values()):
        return fail("shop data", told, "run `rapport import`")
    return ok("shop data", told)


def check_artifacts(settings: Settings, database: Database) -> list[Check]:
    """What was learned of the shop: there, unharmed, and newer than the data."""
    registry = ArtifactRegistry(database, settings.artifacts)
    imported_at = read_built(database).imported_at
    checks = []
    for name in NEEDED:
        try:
            artifact = registry.load(name)
        except AnalyticsUnavailable as error:
            checks.append(fail(name, str(error).split(";", 1)[0].rstrip("."), f"run `rapport {name}`"))
            continue
        told = f"version {artifact.version}, hash checked"
        if imported_at is not None and artifact.created_at < imported_at:
            checks.append(warn(name, f"{told}, older than the last import", f"run `rapport {name}`"))
        else:
            checks.append(ok(name, told))
    return checks


def check_model(settings: Settings) -> Check:
    """The trained Rasa model: there, unharmed, and of the present data."""
    model = current_model(settings.models)
    try:
        path = checked_model(settings.models)
    except TrainingError as error:
        told, _, remedy = str(error).partition(": ")
        return fail("model", told, remedy.rstrip("."))
    assert model is not None  # noqa: S101 - `checked_model` would have raised
    try:
        tuned = current_encoder(settings.models)
        environment(settings.models, model.encoder)
    except TrainingError as error:
        told, _, remedy = str(error).partition(": ")
        return fail("model", told, remedy.rstrip("."))
    if model.fingerprint != fingerprint(PROJECT, tuned.sha256 if tuned else ""):
        return warn("model", f"{path.name} is older than its training data or components", "run `rapport train`")
    return ok("model", f"{path.name}, hash checked, trained {model.trained_at:%Y-%m-%d %H:%M} UTC")
