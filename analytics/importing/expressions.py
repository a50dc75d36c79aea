"""What a mapping may say about a field, compiled to DuckDB SQL.

A text is a column ("sales_value", or "demographics.age" of a joined source); a number is itself; a mapping with one
of these keys is an expression, whose parts are expressions again:

constant          {constant: coupon}
first_of          {first_of: [a, b]}                       the first that is not empty
join              {join: [a, b], with: "-"}                texts joined
values            {values: a, with: ", ", but: [none]}     members of a list or object of a JSON file, joined
without           {without: "#", of: a}                    a text with a piece taken out
template          {template: "Dr {name}", with: {name: a}} empty where a part is empty
last_word         {last_word: a}                           "WHITE METAL LANTERN": "LANTERN"
title_case        {title_case: a}
readable          {readable: a}                            shop code to words (see wording)
product_name      {product_name: {type: a, category: b, department: c, size: d}}
pack_size         {pack_size: a, department: b, category: c}
lookup            {lookup: table, of: a, else: b}          a table under `lookups`
date              {date: a, format: "%d.%m.%Y"}
end_of_day        {end_of_day: a}                          the last second of a date
days_before_import {days_before_import: 1}             the moment of the import less so many days
plus minus times {minus: [a, b]}                           empty counts as 0
divide            {divide: [a, b]}                         nothing is divided by 0
round             {round: a, to: 2}
at_least          {at_least: a, floor: 0}
pieces            {pieces: a, over: 100}                   larger counts are measures (litres, grams): one piece
sum               {sum: a}                                 of a group
most_common       {most_common: a, share: 0.5, else: b}    of a group; `else` below that share of its rows
counted           {counted: a, word: product}              of a group: "12 products"
"""

from __future__ import annotations

from typing import Any

from analytics.importing.errors import MappingError
from analytics.importing.readers import literal
from analytics.importing.scope import Scope, column_of
from analytics.importing.transforms import PARTS, TRANSFORMS, only


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
        return column_of(expression, scope)
    if isinstance(expression, bool):
        raise MappingError(
            f'{scope.key}: YAML reads on, off, yes and no as true or false; write the column "in quotes".'
        )
    if expression is None or isinstance(expression, (int, float)):
        return literal(expression)
    if isinstance(expression, dict):
        for name, transform in TRANSFORMS.items():
            if name in expression:
                only(expression, {name, *PARTS.get(name, ())}, scope)
                return transform(expression, scope, compile_expression)
    known = ", ".join(TRANSFORMS)
    raise MappingError(f"{scope.key}: {expression!r} is neither a column nor one of: {known}.")
