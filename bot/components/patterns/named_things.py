"""The things a question about products names: "which is cheaper, the decaf or the ground coffee?" names two."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.components.patterns.found import Found
from language.insult import insult

#: Words of such questions that are part of no product's name: they part one thing from the next.
_FRAME = frozenset(
    """
    a about actually advise after again against all already alright also alternative alternatives always am an and any
    anyone anything are aren't around as ask at avoid away back bad be because been beside besides best better between
    big bit both bought brand but buy by called can can't cannot carry catalogue check choose combine combines
    compare compared compares comparing comparison come comes compared contain contained containing contains contents
    cook cooking cost costing costs could couldn't currently customers date describe described description detail
    details diff differ difference different differs do does doesn't doing don't done each earlier either else equal
    equivalent even ever every everything exactly expensive expire expires facts few find first fit fits flavour
    for found friends from fulfil full further get gets getting gimme give go goes going gone good goods got great had
    has hasn't have haven't having he hello help her here hey hi his how however i i'd i'll i'm if in info infos
    information ingredient ingredients inside instead into is isn't it it's its just kind kinds know last later least
    left less let like likes list listed little long look looking looks lot made main maker make makes manufacturer
    manufacturers many match matches matching may maybe me mean meant measure measurements might mind more most
    much must my n need needed needs neither next nicely no nor not now number of off offer offered ok okay on one ones
    only or order ordered other others our out over own pack packed packing pair pairs pairing people per please pls plz
    possible precisely price priced prices pricey produced producer put quantity quick quickly ran rather really
    recommend regarding regularly replace replaced replacement replacements replaces replacing run s same save say says
    second see sell sells serve served serving she should show showed shown similar since size sizes so sold some
    somebody someone something sort sorts specs spec still stock stocked stocks stuff substitute substitutes
    substitution such suggest suggested suggestion suit suits sure swap swapped take taken takes taste tastes tell than
    thank thanks that that's the their them then there these they thing things think third this those though thx to
    today together told tonight too twice two try type types unavailable under until up us use used useful using usual
    usually value versus very vs want wanted wants was way we weigh weighs weight well were weren't what what's whats
    when where whether which while who who's whose why will with within wonder wondering work worse worth would
    wouldn't write x you you'd you'll your yours yet 1st 2nd 3rd available availability alike amount another anymore
    bigger biggest cheap cheaper cheapest dearer dearest heavier heaviest larger largest lighter smaller smallest
    pricier nicer bring add along usually typically commonly often option options dish dishes meal menu recipe recipes
    dinner prepare preparing plan planning tomorrow accompany accompaniment complement complements eat eating drink
    drinking having makes making calories calorie kcal allergen allergens nutrition nutritional vegan vegetarian
    money version versions name closest close comparable you're we're they're i'm one's gives ounce unit popular three
    four decide pay right before keep home missing side shop store shelf somthing usual
    halal kosher fattening healthy healthier best-before expiry opened opening expiration
    origin dollars dollar bucks cents max maximum
    """.split()  # noqa: SIM905  these words read better as lines
)
#: Part of a name within it, but of none at its end: "large eggs", though not "is the pizza large".
_LOOSE = frozenset(
    """
    large small heavy light fresh organic new nice super big free box bottle bag jar can packet carton item items
    product products yours pieces piece ounces oz grams pounds guys mate mates man dear sorry there
    """.split()  # noqa: SIM905
)
#: What may be in a product, when asked about one, though it is one itself: "does it contain nuts".
_CONTENTS = frozenset("gluten nuts sugar salt lactose rolls".split())  # noqa: SIM905
#: "a bottle of", "two packs of": not part of the name that follows.
_UNIT_OF = re.compile(
    r"\b(?:(?:two|three|\d+)\s+)?(?:bottle|box|pack|packet|bag|can|jar|carton|dozen|loaf|piece|kind|sort|gallon"
    r"|quart|pint|litre|liter|kilo|pound)(?:e?s)?\s+of\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w%.&'’/-]*[^\W_]|[^\W_]|[,;:?!.()\"\n]")
_JOINER = re.compile(r",|\b(?:and|or|plus|also|as well as)\b", re.IGNORECASE)
_ENDS = re.compile(r"[?!.;:\n]|\b(?:for|with|like|than|because|but|without|no|not)\b", re.IGNORECASE)
#: "Coffee without sugar and milk" is one thing.
_WITHOUT = re.compile(r"\b(?:without|free of)\b", re.IGNORECASE)
_MOST = 4
_LONGEST = 6


def named_things(text: str, *, contents: bool = True) -> list[Found]:
    """Find the things named, in order; none in "how much is the second one".

    Parameters
    ----------
    text : a question about products, in the customer's own words.
    contents : whether "sugar" at the end is what a product may hold, not a product.
    """
    abuse = insult(text)
    told = text if abuse is None else text[: abuse.start()] + "." * len(abuse[0]) + text[abuse.end() :]
    runs: list[list[re.Match[str]]] = [[]]
    for word in _WORD.finditer(_UNIT_OF.sub(lambda unit: " " * len(unit[0]), told)):
        if _is_frame(word[0]):
            runs.append([])
        else:
            runs[-1].append(word)
    loose = _LOOSE | _CONTENTS if contents else _LOOSE
    named = [_without_loose_ends(run, loose) for run in runs]
    found = [_found(told, run) for run in named if run and len(run) <= _LONGEST]
    return list({thing.value: thing for thing in found}.values())[:_MOST]


def joined_things(text: str) -> list[Found]:
    """Find the things of a list, "bread and milk": named one after the other with nothing between but what joins them.

    Returns
    -------
    Two or more; none where a message names one thing, or several that do not belong together.
    """
    named = [] if _WITHOUT.search(text) else named_things(text, contents=False)
    joined = all(_joins(text[one.end : other.start]) for one, other in pairwise(named))
    return named if len(named) > 1 and joined else []


def _joins(between: str) -> bool:
    """Whether a piece of text joins the things beside it: ", some", "and do you have"."""
    words = [word[0] for word in _WORD.finditer(between)]
    return bool(_JOINER.search(between)) and len(words) <= _LONGEST and not _ENDS.search(between)


def _is_frame(word: str) -> bool:
    return not word[0].isalnum() or word.lower().replace("’", "'") in _FRAME


def _without_loose_ends(run: list[re.Match[str]], loose: frozenset[str]) -> list[re.Match[str]]:
    """Take words off the end that say something of the thing; all of them where nothing else is there."""
    end = len(run)
    while end and run[end - 1][0].lower() in loose:
        end -= 1
    return run[:end] if any(not word[0].isdigit() for word in run[:end]) else []


def _found(text: str, run: list[re.Match[str]]) -> Found:
    start, end = run[0].start(), run[-1].end()
    return Found(text[start:end].lower(), start, end)
