"""What a mapping may say about a field, compiled to DuckDB SQL.

A text is a column ("sales_value", or "demographics.age" of a joined source); a number is itself; a mapping with one
of these keys is an expression, whose parts are expressions again:

constant          {constant: coupon}
first_of          {first_of: [a, b]}                       the first that is not empty
join              {join: [a, b], with: "-"}                texts joined
template          {template: "Dr {name}", with: {name: a}} empty where a part is empty
title_case        {title_case: a}
readable          {readable: a}                            shop code to words (see wording)
product_name      {product_name: {type: a, category: b, department: c, size: d}}
pack_size         {pack_size: a, department: b, category: c}
lookup            {lookup: table, of: a, else: b}          a table under `lookups`
date              {date: a, format: "%d.%m.%Y"}
end_of_day        {end_of_day: a}                          the last second of a date
plus minus divide {minus: [a, b]}                          empty counts as 0; nothing is divided by 0
round             {round: a, to: 2}
at_least          {at_least: a, floor: 0}
pieces            {pieces: a, over: 100}                   larger counts are measures (litres, grams): one piece
sum               {sum: a}                                 of a group
most_common       {most_common: a, share: 0.5, else: b}    of a group; `else` below that share of its rows
counted           {counted: a, word: product}              of a group: "12 products"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analytics.importing.errors import MappingError, SourceError
from analytics.importing.readers import ROW, Source, literal, quoted


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: its table's source first, joined sources after it."""

    #: For messages: "tables.orders.fields.total".
    key: str
    sources: Mapping[str, Source]
    main: str
    group_by: frozenset[str]
    lookups: Mapping[str, Mapping[str, str]]
    #: Filled while compiling: (source, column) of everything that is read.
    used: set[tuple[str, str]] = field(default_factory=set)
    #: True within an aggregate, where columns stand for single rows.
    within_group: bool = False

    def rows(self) -> Scope:
        """Give the scope inside an aggregate."""
        if not self.group_by or self.within_group:
            raise MappingError(f"{self.key}: aggregates need group_by, and cannot stand within each other.")
        return replace(self, within_group=True)


def compile_expression(expression: Any, scope: Scope) -> str:
    """Give the SQL of an expression.

    Raises
    ------
    MappingError
        The expression is none that is known, or lacks a part.
    SourceError
        It names a column that its source does not have.
    """
    if isinstance(expression, str):
        return _column(expression, scope)
    if expression is None or isinstance(expression, (bool, int, float)):
        return literal(expression)
    if isinstance(expression, dict):
        for name, compile_one in _EXPRESSIONS.items():
            if name in expression:
                _only(expression, {name, *_PARTS.get(name, ())}, scope)
                return compile_one(expression, scope)
    known = ", ".join(_EXPRESSIONS)
    raise MappingError(f"{scope.key}: {expression!r} is neither a column nor one of: {known}.")


def _column(reference: str, scope: Scope) -> str:
    source_name, column = scope.main, reference
    if reference not in scope.sources[scope.main].columns and "." in reference:
        source_name, column = reference.split(".", 1)
    source = scope.sources.get(source_name)
    if source is None or column not in source.columns:
        file = source.file if source else f"source {source_name}"
        raise SourceError(f"{file} has no column {column!r}, which {scope.key} needs; correct the mapping or the file.")
    scope.used.add((source_name, column))
    sql = f"{quoted(source_name)}.{quoted(column)}"
    if not scope.group_by or scope.within_group or (source_name == scope.main and column in scope.group_by):
        return sql
    return f"arg_min({sql}, {quoted(scope.main)}.{ROW})"


def as_text(sql: str) -> str:
    """Read a value as text; whole numbers that a file keeps as fractions (17850.0) lose the fraction."""
    return (
        f"CASE WHEN typeof({sql}) IN ('DOUBLE', 'FLOAT') THEN regexp_replace(CAST({sql} AS VARCHAR), '\\.0$', '') "
        f"ELSE nullif(trim(CAST({sql} AS VARCHAR)), '') END"
    )


def _number(expression: Any, scope: Scope) -> str:
    return f"coalesce(TRY_CAST({compile_expression(expression, scope)} AS DOUBLE), 0)"


def _constant(body: dict[str, Any], scope: Scope) -> str:
    value = body["constant"]
    if not isinstance(value, (str, int, float)):
        raise MappingError(f"{scope.key}: constant needs a text or a number.")
    return literal(value)


def _first_of(body: dict[str, Any], scope: Scope) -> str:
    return f"coalesce({', '.join(_texts(body['first_of'], scope))})"


def _join(body: dict[str, Any], scope: Scope) -> str:
    return f"concat_ws({literal(str(body.get('with', ' ')))}, {', '.join(_texts(body['join'], scope))})"


def _template(body: dict[str, Any], scope: Scope) -> str:
    parts = body.get("with") or {}
    pieces = []
    for index, piece in enumerate(re.split(r"\{(\w+)\}", str(body["template"]))):
        if index % 2 == 0:
            pieces.append(literal(piece))
        elif piece in parts:
            pieces.append(as_text(compile_expression(parts[piece], scope)))
        else:
            pieces.append(as_text(_column(piece, scope)))
    return f"({' || '.join(pieces)})"


def _text_function(name: str) -> Callable[[dict[str, Any], Scope], str]:
    return lambda body, scope: f"{name}({as_text(compile_expression(body[name], scope))})"


def _product_name(body: dict[str, Any], scope: Scope) -> str:
    parts = body["product_name"]
    if not isinstance(parts, dict):
        raise MappingError(f"{scope.key}: product_name needs type, category, department or size.")
    _only(parts, {"type", "category", "department", "size"}, scope)
    texts = [as_text(compile_expression(parts.get(part), scope)) for part in ("type", "category", "department", "size")]
    return f"product_name({', '.join(texts)})"


def _pack_size(body: dict[str, Any], scope: Scope) -> str:
    parts = [as_text(compile_expression(body.get(part), scope)) for part in ("pack_size", "department", "category")]
    return f"pack_size({', '.join(parts)})"


def _lookup(body: dict[str, Any], scope: Scope) -> str:
    table = scope.lookups.get(str(body["lookup"]))
    if table is None or "of" not in body:
        known = ", ".join(scope.lookups) or "none"
        raise MappingError(
            f"{scope.key}: lookup {body['lookup']!r} needs `of` and a table under lookups; known: {known}."
        )
    keys = ", ".join(literal(key) for key in table)
    values = ", ".join(literal(value) for value in table.values())
    otherwise = as_text(compile_expression(body["else"], scope)) if "else" in body else "NULL"
    return f"coalesce(MAP([{keys}], [{values}])[{as_text(compile_expression(body['of'], scope))}], {otherwise})"


def _date(body: dict[str, Any], scope: Scope) -> str:
    if "format" not in body:
        raise MappingError(f'{scope.key}: date needs a format, such as "%d.%m.%Y".')
    return f"try_strptime({as_text(compile_expression(body['date'], scope))}, {literal(str(body['format']))})"


def _end_of_day(body: dict[str, Any], scope: Scope) -> str:
    moment = f"TRY_CAST({compile_expression(body['end_of_day'], scope)} AS TIMESTAMP)"
    return f"date_trunc('day', {moment}) + INTERVAL 86399 SECOND"


def _arithmetic(name: str, sign: str) -> Callable[[dict[str, Any], Scope], str]:
    def compile_it(body: dict[str, Any], scope: Scope) -> str:
        parts = body[name]
        if not isinstance(parts, list) or len(parts) < 2:
            raise MappingError(f"{scope.key}: {name} needs a list of two or more.")
        return f"({sign.join(_number(part, scope) for part in parts)})"

    return compile_it


def _divide(body: dict[str, Any], scope: Scope) -> str:
    parts = body["divide"]
    if not isinstance(parts, list) or len(parts) != 2:
        raise MappingError(f"{scope.key}: divide needs a list of two.")
    return f"({_number(parts[0], scope)} / nullif({_number(parts[1], scope)}, 0))"


def _round(body: dict[str, Any], scope: Scope) -> str:
    return f"round({_number(body['round'], scope)}, {int(body.get('to', 2))})"


def _at_least(body: dict[str, Any], scope: Scope) -> str:
    return f"greatest({_number(body['at_least'], scope)}, {float(body.get('floor', 0))})"


def _pieces(body: dict[str, Any], scope: Scope) -> str:
    count = f"TRY_CAST({compile_expression(body['pieces'], scope)} AS DOUBLE)"
    return f"CASE WHEN {count} > {float(body.get('over', 100))} THEN 1 ELSE {count} END"


def _sum(body: dict[str, Any], scope: Scope) -> str:
    return f"sum({_number(body['sum'], scope.rows())})"


def _most_common(body: dict[str, Any], scope: Scope) -> str:
    value = as_text(compile_expression(body["most_common"], scope.rows()))
    mode = f"mode({value})"
    if "share" not in body:
        return mode
    otherwise = as_text(compile_expression(body.get("else"), scope))
    tally = f"list_max(map_values(histogram({value})))"
    return f"CASE WHEN {tally} >= {float(body['share'])} * count(*) THEN {mode} ELSE {otherwise} END"


def _counted(body: dict[str, Any], scope: Scope) -> str:
    count = f"count(DISTINCT {compile_expression(body['counted'], scope.rows())})"
    word = str(body.get("word", ""))
    plural = str(body.get("words", f"{word}s"))
    return f"(format('{{:,}} ', {count}) || CASE WHEN {count} = 1 THEN {literal(word)} ELSE {literal(plural)} END)"


def _texts(parts: Any, scope: Scope) -> list[str]:
    if not isinstance(parts, list) or not parts:
        raise MappingError(f"{scope.key}: first_of and join need a list.")
    return [as_text(compile_expression(part, scope)) for part in parts]


def _only(body: dict[str, Any], known: set[str], scope: Scope) -> None:
    unknown = sorted(str(part) for part in set(body) - known)
    if unknown:
        raise MappingError(f"{scope.key}: {unknown[0]!r} is unknown here; known: {', '.join(sorted(known))}.")


#: Further keys that stand beside an expression's own.
_PARTS: dict[str, tuple[str, ...]] = {
    "join": ("with",),
    "template": ("with",),
    "pack_size": ("department", "category"),
    "lookup": ("of", "else"),
    "date": ("format",),
    "round": ("to",),
    "at_least": ("floor",),
    "pieces": ("over",),
    "most_common": ("share", "else"),
    "counted": ("word", "words"),
}

_EXPRESSIONS: dict[str, Callable[[dict[str, Any], Scope], str]] = {
    "constant": _constant,
    "first_of": _first_of,
    "join": _join,
    "template": _template,
    "title_case": _text_function("title_case"),
    "readable": _text_function("readable"),
    "product_name": _product_name,
    "pack_size": _pack_size,
    "lookup": _lookup,
    "date": _date,
    "end_of_day": _end_of_day,
    "plus": _arithmetic("plus", " + "),
    "minus": _arithmetic("minus", " - "),
    "divide": _divide,
    "round": _round,
    "at_least": _at_least,
    "pieces": _pieces,
    "sum": _sum,
    "most_common": _most_common,
    "counted": _counted,
}
