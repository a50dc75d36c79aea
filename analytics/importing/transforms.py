"""The named expressions of a mapping, each compiled to SQL; `expressions` lists what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from analytics.importing.errors import MappingError
from analytics.importing.readers import MOMENT, literal
from analytics.importing.scope import Scope, as_number, as_text, column_of

Body = dict[str, Any]
#: Compiles a part of an expression.
Part = Callable[[Any, Scope], str]
Transform = Callable[[Body, Scope, Part], str]


def _number(expression: Any, scope: Scope, part: Part) -> str:
    number = as_number(part(expression, scope), expression, scope.sources[scope.main].decimal)
    return f"coalesce({number}, 0)"


def _constant(body: Body, scope: Scope, _part: Part) -> str:
    value = body["constant"]
    if not isinstance(value, (str, int, float)):
        raise MappingError(f"{scope.key}: constant needs a text or a number.")
    return literal(value)


def _first_of(body: Body, scope: Scope, part: Part) -> str:
    return f"coalesce({', '.join(_texts(body['first_of'], scope, part))})"


def _join(body: Body, scope: Scope, part: Part) -> str:
    return f"concat_ws({literal(str(body.get('with', ' ')))}, {', '.join(_texts(body['join'], scope, part))})"


def _values(body: Body, scope: Scope, part: Part) -> str:
    text = f"TRY_CAST({part(body['values'], scope)} AS JSON)"
    members = " || ".join(f"coalesce(json_extract_string({text}, '{path}'), [])" for path in ("$[*]", "$.*"))
    unsaid = body.get("but") or []
    if not isinstance(unsaid, list) or not all(isinstance(value, str) for value in unsaid):
        raise MappingError(
            f'{scope.key}: but needs a list of texts; YAML reads no and yes as true or false: "quote" them.'
        )
    if unsaid:
        members = f"list_filter({members}, lambda v: v NOT IN ({', '.join(map(literal, unsaid))}))"
    return f"array_to_string({members}, {literal(str(body.get('with', ', ')))})"


def _without(body: Body, scope: Scope, part: Part) -> str:
    if "of" not in body:
        raise MappingError(f"{scope.key}: without needs `of`, the column from which it is taken out.")
    return f"replace({as_text(part(body['of'], scope))}, {literal(str(body['without']))}, '')"


def _template(body: Body, scope: Scope, part: Part) -> str:
    parts = body.get("with") or {}
    pieces = []
    for index, piece in enumerate(re.split(r"\{(\w+)\}", str(body["template"]))):
        if index % 2 == 0:
            pieces.append(literal(piece))
        elif piece in parts:
            pieces.append(as_text(part(parts[piece], scope)))
        else:
            pieces.append(as_text(column_of(piece, scope)))
    return f"({' || '.join(pieces)})"


def _last_word(body: Body, scope: Scope, part: Part) -> str:
    text = as_text(part(body["last_word"], scope))
    return f"nullif(regexp_extract({text}, '([A-Za-z]+)[^A-Za-z]*$', 1), '')"


def _text_function(name: str) -> Transform:
    return lambda body, scope, part: f"{name}({as_text(part(body[name], scope))})"


def _product_name(body: Body, scope: Scope, part: Part) -> str:
    parts = body["product_name"]
    if not isinstance(parts, dict):
        raise MappingError(f"{scope.key}: product_name needs type, category, department or size.")
    only(parts, {"type", "category", "department", "size"}, scope)
    texts = [as_text(part(parts.get(key), scope)) for key in ("type", "category", "department", "size")]
    return f"product_name({', '.join(texts)})"


def _pack_size(body: Body, scope: Scope, part: Part) -> str:
    parts = [as_text(part(body.get(key), scope)) for key in ("pack_size", "department", "category")]
    return f"pack_size({', '.join(parts)})"


def _lookup(body: Body, scope: Scope, part: Part) -> str:
    table = scope.lookups.get(str(body["lookup"]))
    if table is None or "of" not in body:
        known = ", ".join(scope.lookups) or "none"
        raise MappingError(
            f"{scope.key}: lookup {body['lookup']!r} needs `of` and a table under lookups; known: {known}."
        )
    keys = ", ".join(literal(key) for key in table)
    values = ", ".join(literal(value) for value in table.values())
    otherwise = as_text(part(body["else"], scope)) if "else" in body else "NULL"
    return f"coalesce(MAP([{keys}], [{values}])[{as_text(part(body['of'], scope))}], {otherwise})"


def _date(body: Body, scope: Scope, part: Part) -> str:
    if "format" not in body:
        raise MappingError(f'{scope.key}: date needs a format, such as "%d.%m.%Y".')
    return f"try_strptime({as_text(part(body['date'], scope))}, {literal(str(body['format']))})"


def _days_before_import(body: Body, scope: Scope, _part: Part) -> str:
    days = body["days_before_import"]
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise MappingError(f"{scope.key}: days_before_import needs a whole number of days.")
    return f"getvariable({literal(MOMENT)}) - INTERVAL {days} DAY"


def _end_of_day(body: Body, scope: Scope, part: Part) -> str:
    moment = f"TRY_CAST({part(body['end_of_day'], scope)} AS TIMESTAMP)"
    return f"date_trunc('day', {moment}) + INTERVAL 86399 SECOND"


def _arithmetic(name: str, sign: str) -> Transform:
    def compile_it(body: Body, scope: Scope, part: Part) -> str:
        parts = body[name]
        if not isinstance(parts, list) or len(parts) < 2:
            raise MappingError(f"{scope.key}: {name} needs a list of two or more.")
        return f"({sign.join(_number(one, scope, part) for one in parts)})"

    return compile_it


def _divide(body: Body, scope: Scope, part: Part) -> str:
    parts = body["divide"]
    if not isinstance(parts, list) or len(parts) != 2:
        raise MappingError(f"{scope.key}: divide needs a list of two.")
    return f"({_number(parts[0], scope, part)} / nullif({_number(parts[1], scope, part)}, 0))"


def _round(body: Body, scope: Scope, part: Part) -> str:
    return f"round({_number(body['round'], scope, part)}, {int(body.get('to', 2))})"


def _at_least(body: Body, scope: Scope, part: Part) -> str:
    return f"greatest({_number(body['at_least'], scope, part)}, {float(body.get('floor', 0))})"


def _pieces(body: Body, scope: Scope, part: Part) -> str:
    count = f"TRY_CAST({part(body['pieces'], scope)} AS DOUBLE)"
    return f"CASE WHEN {count} > {float(body.get('over', 100))} THEN 1 ELSE {count} END"


def _sum(body: Body, scope: Scope, part: Part) -> str:
    return f"sum({_number(body['sum'], scope.rows(), part)})"


def _most_common(body: Body, scope: Scope, part: Part) -> str:
    value = as_text(part(body["most_common"], scope.rows()))
    mode = f"mode({value})"
    if "share" not in body:
        return mode
    otherwise = as_text(part(body.get("else"), scope))
    tally = f"list_max(map_values(histogram({value})))"
    return f"CASE WHEN {tally} >= {float(body['share'])} * count(*) THEN {mode} ELSE {otherwise} END"


def _counted(body: Body, scope: Scope, part: Part) -> str:
    count = f"count(DISTINCT {part(body['counted'], scope.rows())})"
    word = str(body.get("word", ""))
    plural = str(body.get("words", f"{word}s"))
    return f"(format('{{:,}} ', {count}) || CASE WHEN {count} = 1 THEN {literal(word)} ELSE {literal(plural)} END)"


def _texts(parts: Any, scope: Scope, part: Part) -> list[str]:
    if not isinstance(parts, list) or not parts:
        raise MappingError(f"{scope.key}: first_of and join need a list.")
    return [as_text(part(one, scope)) for one in parts]


def only(body: dict[str, Any], known: set[str], scope: Scope) -> None:
    """Refuse keys that an expression does not know."""
    unknown = sorted(str(part) for part in set(body) - known)
    if unknown:
        raise MappingError(f"{scope.key}: {unknown[0]!r} is unknown here; known: {', '.join(sorted(known))}.")


#: Further keys that stand beside an expression's own.
PARTS: dict[str, tuple[str, ...]] = {
    "join": ("with",),
    "values": ("with", "but"),
    "without": ("of",),
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

TRANSFORMS: dict[str, Transform] = {
    "constant": _constant,
    "first_of": _first_of,
    "join": _join,
    "values": _values,
    "without": _without,
    "template": _template,
    "last_word": _last_word,
    "title_case": _text_function("title_case"),
    "readable": _text_function("readable"),
    "product_name": _product_name,
    "pack_size": _pack_size,
    "lookup": _lookup,
    "date": _date,
    "end_of_day": _end_of_day,
    "days_before_import": _days_before_import,
    "plus": _arithmetic("plus", " + "),
    "minus": _arithmetic("minus", " - "),
    "times": _arithmetic("times", " * "),
    "divide": _divide,
    "round": _round,
    "at_least": _at_least,
    "pieces": _pieces,
    "sum": _sum,
    "most_common": _most_common,
    "counted": _counted,
}
