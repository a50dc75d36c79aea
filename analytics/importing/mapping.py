"""The mapping file: which source file and which columns feed which table. Checked whole before anything is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from analytics.account_records import PURPOSES
from analytics.importing.errors import MappingError
from analytics.importing.rules import Cleaning, Identity, Strict
from analytics.importing.targets import TARGETS
from language.yaml_text import load_yaml


class SourceFile(Strict):
    """One source: a CSV, Parquet or JSON file, a glob of such, a file inside an installed package, or a query."""

    #: "orders.csv", "export/orders-*.parquet" (beside the mapping file) or "package:name/path/in/package.parquet".
    file: str = ""
    #: Instead of a file: one SELECT, and the environment variable with the address of the database it is put to.
    query: str = ""
    address: str = Field(default="", pattern=r"^([A-Z][A-Z0-9_]*)?$")
    #: CSV only; found by looking at the file unless given.
    delimiter: str | None = Field(default=None, max_length=4)
    encoding: str = "utf-8"
    #: CSV only: the decimal point, "." or ",".
    decimal: str = Field(default=".", pattern=r"^[.,]$")
    #: JSON only, see `json_files`: the dotted path from the top of the file to its records; empty for the top.
    records: str = ""
    #: JSON only: the dotted path from a record to the list (or objects under ids) of which each member is a row.
    each: str = ""

    @model_validator(mode="after")
    def _one_kind(self) -> SourceFile:
        if bool(self.file) == bool(self.query):
            raise ValueError("give either file, or query and address")
        if bool(self.query) != bool(self.address):
            raise ValueError("a query needs address, the environment variable that holds the database's address")
        return self


class TableMapping(Strict):
    """How one table of ours is fed."""

    source: str = Field(alias="from")
    #: Further sources looked up by equal columns: {source: {its column: our source's column}}.
    join: dict[str, dict[str, str]] = Field(default_factory=dict)
    #: One row per distinct value of these columns; other columns then need an aggregate, or give their first value.
    group_by: list[str] = Field(default_factory=list)
    #: Fields of ours whose repeated values make a row a duplicate, beside the table's own key.
    unique: list[str] = Field(default_factory=list)
    #: Products only: {column: [values]}; a product that matches any keeps its orders but gets no price and no stock.
    not_for_sale: dict[str, list[str | None]] = Field(default_factory=dict)
    #: {our field: column name or expression}.
    fields: dict[str, Any] = Field(min_length=1)


class Mapping(Strict):
    """A whole mapping file."""

    shop: str = Field(min_length=1)
    #: The zone of moments that carry none.
    timezone: str = "UTC"
    #: Move every date by whole weeks, so that the shop's last week is the present one. For demonstration data only.
    shift_to_now: bool = False
    #: YAML files beside the mapping with abbreviations and lookup tables.
    words: list[str] = Field(default_factory=list)
    #: A product's price is the median over this many days before its last sale.
    price_days: int = Field(default=90, ge=1)
    #: A product is in stock when it was sold within this many days before the last order.
    in_stock_days: int = Field(default=90, ge=1)
    #: Rejected rows that are kept, for each table and reason.
    keep_rejected: int = Field(default=20, ge=0)
    lookups: dict[str, dict[str, str]] = Field(default_factory=dict)
    cleaning: Cleaning = Cleaning()
    #: Which keys make customers one person; None: nobody is merged.
    identity: Identity | None = None
    sources: dict[str, SourceFile] = Field(min_length=1)
    tables: dict[str, TableMapping] = Field(min_length=1)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is no time zone; use a name such as Europe/Berlin")
        return zone


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises
    ------
    MappingError
        The file is missing, is not YAML, or says something unknown; one line that names the key.
    """
    content = read_yaml(path)
    try:
        mapping = Mapping.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise MappingError(f"{path.name}: {key}: {first['msg'].removeprefix('Value error, ')}.") from error
    _check_tables(mapping, path.name)
    _check_identity(mapping, path.name)
    return mapping


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file that must hold keys and values."""
    try:
        content = load_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MappingError(f"{path} cannot be read ({error.strerror}); give the path of a mapping file.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise MappingError(f"{path.name} must hold keys and values; see the reference on mapping files.")
    return content


def _check_tables(mapping: Mapping, file: str) -> None:
    for name, table in mapping.tables.items():
        target = TARGETS.get(name)
        if target is None:
            raise MappingError(f"{file}: tables.{name}: there is no such table; known: {', '.join(TARGETS)}.")
        for source in (table.source, *table.join):
            if source not in mapping.sources:
                known = ", ".join(mapping.sources)
                raise MappingError(f"{file}: tables.{name}: source {source!r} is not under sources; known: {known}.")
        unknown = sorted(set(table.fields) - set(target.names))
        if unknown:
            known = ", ".join(target.names)
            raise MappingError(f"{file}: tables.{name}.fields.{unknown[0]}: no such field; known: {known}.")
        missing = [field.name for field in target.fields if field.required and field.name not in table.fields]
        if missing:
            raise MappingError(f"{file}: tables.{name}.fields: {missing[0]} is required; say which column holds it.")
        if table.not_for_sale and name != "products":
            raise MappingError(f"{file}: tables.{name}.not_for_sale: only products have it.")
        _check_unique(table, file, name)
        _check_consents(table, file, name)


def _check_unique(table: TableMapping, file: str, name: str) -> None:
    for field in table.unique:
        if field not in table.fields:
            raise MappingError(f"{file}: tables.{name}.unique: {field} is not among the mapped fields.")


def _check_consents(table: TableMapping, file: str, name: str) -> None:
    told = table.fields.get("consents")
    for purpose in told if isinstance(told, dict) else ():
        if purpose not in PURPOSES:
            known = ", ".join(PURPOSES)
            raise MappingError(f"{file}: tables.{name}.fields.consents.{purpose}: no such purpose; known: {known}.")


def _check_identity(mapping: Mapping, file: str) -> None:
    """Refuse a verified key that no table maps: nobody would ever be recognised by it."""
    if mapping.identity is None:
        return
    known: set[str] = set()
    for table in mapping.tables.values():
        keys = table.fields.get("identities")
        known |= ({"email"} & set(table.fields)) | (set(keys) if isinstance(keys, dict) else set())
    for namespace in mapping.identity.verified:
        if namespace not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise MappingError(f"{file}: identity.verified: {namespace} is no key of a customer; mapped: {listed}.")
