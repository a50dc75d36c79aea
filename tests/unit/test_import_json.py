"""JSON files as flat rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.importing.json_files import NestingError, Row, columns_of, read_rows

ORDER = {"id": 7, "to": {"city": "Ulm"}, "items": [{"sku": "a", "n": 2}, {"sku": "b"}], "paid": True, "note": None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def rows(folder: Path, content: Any, records: str = "", each: str = "") -> list[Row]:
    file = folder / "file.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_rows([file], "utf-8", records, each)


def test_inner_objects_are_columns_with_dots_and_lists_their_own_text(folder: Path) -> None:
    (row,) = rows(folder, [ORDER])
    assert row == {
        "id": "7",
        "to": '{"city": "Ulm"}',
        "to.city": "Ulm",
        "items": '[{"sku": "a", "n": "2"}, {"sku": "b"}]',
        "paid": "true",
        "note": None,
    }


def test_each_member_of_a_list_is_a_row_that_keeps_its_record(folder: Path) -> None:
    first, second = rows(folder, [ORDER], each="items")
    assert (first["id"], first["to.city"], first["items.sku"], first["items.n"]) == ("7", "Ulm", "a", "2")
    assert (second["id"], second["items.sku"]) == ("7", "b")
    assert "items" not in first


def test_objects_under_their_ids_are_rows_with_the_id(folder: Path) -> None:
    table = {"o1": {"total": 1}, "o2": {"total": 2}}
    assert rows(folder, table) == [{"_key": "o1", "total": "1"}, {"_key": "o2", "total": "2"}]
    assert rows(folder, [{"id": 1, "by": table}], each="by") == [
        {"id": "1", "by._key": "o1", "by.total": "1"},
        {"id": "1", "by._key": "o2", "by.total": "2"},
    ]


def test_a_file_that_is_one_object_of_plain_values_is_one_row(folder: Path) -> None:
    assert rows(folder, {"id": 1, "name": "x"}) == [{"id": "1", "name": "x"}]


def test_records_may_stand_deeper(folder: Path) -> None:
    assert rows(folder, {"page": 1, "data": {"orders": [{"id": 1}]}}, records="data.orders") == [{"id": "1"}]
    with pytest.raises(NestingError, match=r"file.json has nothing under 'data.people'"):
        rows(folder, {"data": {}}, records="data.people")


def test_lists_within_lists_and_plain_values_are_rows(folder: Path) -> None:
    order = {"id": 1, "sent": [{"no": "x", "skus": ["a", "b"]}, {"no": "y", "skus": []}, {"no": "z", "skus": ["c"]}]}
    found = rows(folder, [order], each="sent.skus")
    assert [(row["id"], row["sent.no"], row["sent.skus"]) for row in found] == [
        ("1", "x", "a"),
        ("1", "x", "b"),
        ("1", "z", "c"),
    ]


def test_an_object_on_the_way_to_a_list_is_passed_through(folder: Path) -> None:
    found = rows(
        folder, [{"id": 1, "payment": {"by": "card", "steps": [{"sum": 1}, {"sum": 2}]}}], each="payment.steps"
    )
    assert [(row["payment.by"], row["payment.steps.sum"]) for row in found] == [("card", "1"), ("card", "2")]


@pytest.mark.parametrize("nothing", [{}, {"items": None}, {"items": []}])
def test_a_record_without_members_is_no_row(folder: Path, nothing: dict) -> None:
    assert rows(folder, [nothing], each="items") == []


def test_numbers_stay_as_they_are_written(folder: Path) -> None:
    text = '[{"id": 12345678901234567890, "price": 4.10, "tiny": 1e-7}]'
    assert rows(folder, text) == [{"id": "12345678901234567890", "price": "4.10", "tiny": "1e-7"}]


def test_lines_are_records(folder: Path) -> None:
    file = folder / "file.jsonl"
    file.write_text('{"id": 1}\n\n{"id": 2, "more": "x"}\n', encoding="utf-8")
    found = read_rows([file], "utf-8", "", "")
    assert [row["id"] for row in found] == ["1", "2"]
    assert list(columns_of(found)) == ["id", "more"]


@pytest.mark.parametrize(("text", "told"), [("{", "is no JSON that can be read"), ("[1]", "are no objects")])
def test_what_cannot_be_read_is_told(folder: Path, text: str, told: str) -> None:
    with pytest.raises(NestingError, match=told):
        rows(folder, text)
