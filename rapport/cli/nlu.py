"""`rapport nlu`: what the bot understands, and what is wrong with what it learns from."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.nlu_candidates import candidates
from rapport.cli.steps import Steps
from rapport.paths import PROJECT
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from rapport.training.nlu_try import Tried

Text = Annotated[str, typer.Argument(help="What a customer might say.", show_default=False)]
#: Of each kind of finding, how many are shown to a person; programs get all.
_SHOWN = 15
#: What it means to lead nowhere, by the fields of `rapport.training.reach.Unreached`.
_ASTRAY = {
    "responses": "Responses that no rule and no action gives",
    "actions": "Actions that no rule runs",
    "intents_without_rule": "Intents that no rule answers",
    "intents_without_sentences": "Intents that no sentence teaches",
    "unknown_intents": "Intents of sentences, rules or buttons that the domain does not have",
    "unknown_actions": "Actions of rules that the domain does not have",
    "slots_never_set": "Slots that nothing sets",
}


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="Look at what the bot understands.", no_args_is_help=True)
    group.command("try")(try_text)
    group.command("check")(check)
    group.command("candidates")(candidates)
    app.add_typer(group, name="nlu")


def try_text(text: Text, json: Json = False) -> None:
    """Show how the bot reads a message, and why.

    Intents with confidence, scope, entities, sentiment, the nearest training sentences and the strongest terms.
    """
    from language.encoder import SentenceEncoder
    from language.sentiment import Sentiment
    from rapport.errors import InputError
    from rapport.training.encoder.keeping import use_encoder_of_model
    from rapport.training.model import checked_model
    from rapport.training.nlu import read_intent_model
    from rapport.training.nlu_try import try_message

    if not text.strip():
        raise InputError('The message is empty: rapport nlu try "where is my order?"')
    models = load_settings().models
    model = checked_model(models)
    use_encoder_of_model(models)
    with Steps(err(), quiet=json).step("Open the model"):
        opened = read_intent_model(model), SentenceEncoder.load(), Sentiment.load()
    tried = try_message(text, *opened)
    if json:
        print_json(asdict(tried))
    else:
        _print_tried(tried)


def check(json: Json = False) -> None:
    """Find faults of the training sentences.

    Confusions of sentences left out of training, near-duplicates across intents, thin and crowded intents; responses,
    actions, intents and slots that nothing leads to. Ends with 1 where something leads nowhere, for CI.
    """
    from language.encoder import SentenceEncoder
    from language.intent import review
    from language.intent.training import train
    from rapport.training.encoder.keeping import use_current_encoder
    from rapport.training.nlu import training_sentences
    from rapport.training.reach import unreached

    texts, intents = training_sentences(PROJECT)
    use_current_encoder(load_settings().models)
    steps = Steps(err(), quiet=json)
    with steps.step(f"Read {len(texts):,} sentences"):
        vectors = SentenceEncoder.load().encode(texts)
    with steps.step("Train, leaving sentences out"):
        trained = train(texts, vectors, intents)
    astray = asdict(unreached(PROJECT))
    found: dict[str, Any] = {
        "sentences": len(texts),
        "intents": len(trained.model.labels),
        "left_out_accuracy": round(review.left_out_accuracy(trained), 4),
        "confusions": [asdict(confusion) for confusion in review.confusions(trained)],
        "near_duplicates": [asdict(pair) for pair in review.near_duplicates(trained)],
        "thin_intents": review.thin_intents(trained),
        "crowded_intents": review.crowded_intents(trained),
        "unreached": astray,
    }
    if json:
        print_json(found)
    else:
        _print_found(found)
    if any(astray.values()):
        raise typer.Exit(1)


def _print_tried(tried: Tried) -> None:
    say = out().print
    ranking = [f"{intent['intent']} {intent['confidence']:.2f}" for intent in tried.ranking]
    say(f"intent      {' · '.join(ranking)}", markup=False)
    if tried.mended != tried.text:
        say(f"read as     {tried.mended}", markup=False)
    if tried.tongue:
        say(f"language    {tried.tongue}: read as ask_languages", markup=False)
    say(f"understood  {'yes' if tried.understood else 'no: the bot says so, and asks back'}")
    say(f"scope       {tried.scope:.2f} (in scope from 0.50)")
    entities = [f"{entity['entity']} = {entity['value']}" for entity in tried.entities]
    say(f"entities    {', '.join(entities) or 'none'}", markup=False)
    say(f"sentiment   {tried.sentiment:+.2f} ({tried.mood})")
    say("nearest training sentences")
    for sentence in tried.nearest_sentences:
        say(f"  {sentence['likeness']:.2f}  {sentence['text']}  ({sentence['intent']})", markup=False)
    say("strongest terms for the first intent")
    for term in tried.strongest_terms:
        say(f"  {term['adds']:+.2f}  {term['term']}", markup=False)


def _print_found(found: dict[str, Any]) -> None:
    say = out().print
    accuracy = found["left_out_accuracy"]
    say(f"{found['sentences']:,} sentences, {found['intents']} intents; left out, {accuracy:.1%} are understood")
    confusions = [
        f"{case['times']} × {case['right']} taken for {case['taken']}: {' | '.join(case['sentences'])}"
        for case in found["confusions"]
    ]
    pairs = [
        f"{pair['cosine']:.2f}  {pair['first']} ({pair['first_intent']}) — {pair['second']} ({pair['second_intent']})"
        for pair in found["near_duplicates"]
    ]
    crowded = [f"{intent}: {times} sentences" for intent, times in found["crowded_intents"].items()]
    thin = [f"{intent}: {times} sentences" for intent, times in found["thin_intents"].items()]
    _print_section("Confusions", confusions)
    _print_section("Nearly the same sentence in two intents", pairs)
    _print_section("Intents with few sentences", thin)
    _print_section("Intents with far more sentences than the others", crowded)
    for kind, names in found["unreached"].items():
        _print_section(_ASTRAY[kind], names)


def _print_section(title: str, lines: list[str]) -> None:
    say = out().print
    say(f"\n{title}: {len(lines) or 'none'}")
    for line in lines[:_SHOWN]:
        say(f"  {line}", markup=False)
    if len(lines) > _SHOWN:
        say(f"  … and {len(lines) - _SHOWN} more: rapport nlu check --json")
