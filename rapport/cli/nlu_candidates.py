"""`rapport nlu candidates`: what people corrected in the console becomes training sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rapport.cli.console import Json, out, print_json
from rapport.paths import PROJECT
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from rapport.training.corrected import Taught

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write here instead of data/nlu/corrected.yml.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")]
#: Why a labelled turn teaches nothing, in words for a person.
_REASONS = {
    "not_for_training": "judged not to be for training",
    "secret": "a card number, an account or a password was in it",
    "name": "it may name somebody",
    "address": "an address is in it",
    "link": "a link is in it",
    "too_long": "it is longer than a sentence",
    "no_words": "it has no words",
    "several_requests": "it asks for several things",
    "known_already": "a hand-written sentence says it already",
    "taught_otherwise": "a hand-written sentence teaches it as another intent",
    "unknown_intent": "the domain has its intent no more",
}


def candidates(out_file: Out = None, dry_run: DryRun = False, json: Json = False) -> None:
    """Teach the bot what people corrected.

    What people said in the console under Training is written to data/nlu/corrected.yml, without e-mail addresses, phone
    and order numbers; a sentence that may name somebody is left out. Repeating it adds nothing twice.
    """
    from language.spelling import known_words
    from rapport.databases import open_ready
    from rapport.training.corrected import CORRECTED, key, merged, read_corrected, write_corrected
    from rapport.training.nlu import teachable_intents, training_sentences
    from rapport.training.teachable import Names
    from store.repositories.turn_labels import labelled_turns, names_of_people

    path = PROJECT / CORRECTED if out_file is None else out_file
    before = read_corrected(path)
    database = open_ready(load_settings())
    try:
        with database.read() as connection:
            labelled, people = labelled_turns(connection), names_of_people(connection)
    finally:
        database.close()
    texts, intents = training_sentences(PROJECT, without=CORRECTED)
    known = {key(text): intent for text, intent in zip(texts, intents, strict=True)}
    in_use = {word for word, times in _words_of(texts).items() if times > 2} & known_words()
    now, taught = merged(before, labelled, known, set(teachable_intents(PROJECT)), Names.of(people, in_use))
    taught.file = str(path)
    if not dry_run and now != before:
        write_corrected(path, now)
    if json:
        print_json(asdict(taught) | {"written": not dry_run and now != before})
    else:
        out().print("\n".join(_lines(taught, dry_run=dry_run)), soft_wrap=True, markup=False, highlight=False)


def _words_of(texts: list[str]) -> Counter[str]:
    return Counter(word for text in texts for word in text.lower().split())


def _lines(taught: Taught, *, dry_run: bool) -> list[str]:
    lines = []
    for word, by_intent in (("+", taught.added), ("→", taught.moved), ("-", taught.removed)):
        lines += [f"{word} {intent}: {text}" for intent, texts in sorted(by_intent.items()) for text in texts]
    lines += [f"left out {times}: {_REASONS.get(reason, reason)}" for reason, times in sorted(taught.left_out.items())]
    changed = bool(taught.added or taught.moved or taught.removed)
    count = f"{taught.sentences:,} sentence{'' if taught.sentences == 1 else 's'}"
    if not changed:
        return [*lines, f"Nothing new: {taught.file} has {count}."]
    if dry_run:
        return [*lines, f"{taught.file} would have {count}."]
    return [
        *lines,
        f"{taught.file} has {count}. They count after `rapport train`; `rapport nlu check` looks them over.",
    ]
