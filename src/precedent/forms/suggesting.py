"""Help with classification: terms that a draft may go under, each with the reason in words. None has to be taken.

Two witnesses speak: the draft's own words, where they are those of a term's name; and the published entries
nearest to it, by what they were put under. How good that is was measured over the starter catalogue: decision 17.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from precedent.audit.remembering import remembered
from precedent.catalogue import queries as catalogue
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.records import number_of
from precedent.forms import languages, matching
from precedent.forms.asks import ask
from precedent.forms.draft import Draft
from precedent.forms.nearest import Near, nearest, rarity, spoken, stems
from precedent.kernel.languages import BY_CODE, current
from precedent.search.engine import readers
from precedent.search.refusals import IndexAway
from precedent.search.words import says_nothing

SUGGESTED = {
    "topics": "topics",
    "instruments": "instruments",
    "groups": "groups",
    "barriers": "barriers.code",
    "answers": "answers",
    "annex_headings": "annex_headings",
}
"""For which fields there are suggestions, and where entries hold the codes that are suggested."""

MOST = 5
VOTERS = 20
"""The nearest entries that are asked."""
SHARPNESS = 2
"""Votes count by the nearness of who casts them, raised to this power."""
OWN_WORDS = 0.3
"""What the words of a term count where all are in the draft, beside all votes together."""
LEAST = 0.08
"""Below it a term is not suggested: one of the farther entries has it, or one common word is in its name."""
TELLING = 1.5
"""How much a word has to tell to be named as a reason: fewer than every fifth entry, or term, has it."""
NAMED = 3
"""Words and entries that are named as a reason."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a draft may go under, and why, in a sentence."""

    code: str
    label: str
    because: str


@dataclass(slots=True)
class _Case:
    """What speaks for a code: the words of its name that are in the draft, and the entries that carry it."""

    weight: float = 0.0
    words: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)

    @property
    def speaks(self) -> bool:
        return self.weight >= LEAST and bool(self.words or self.entries)


def suggest(told: Draft, leaving_out: str = "") -> dict[str, list[Suggestion]]:
    """Terms for a draft by the field they belong to, best first, without those it has already.

    `leaving_out`: the identifier of the published entry that the draft is about, which is not asked.
    """
    cases: dict[str, dict[str, _Case]] = {name: defaultdict(_Case) for name in SUGGESTED}
    try:
        _hear_words(told, cases)
        _hear_entries(nearest(told, VOTERS, leaving_out), cases)
    except IndexAway:
        # Help is left out while there is no index; nothing that is typed waits for it.
        return {name: [] for name in SUGGESTED}
    return {name: _best(name, found, set(_chosen(told, name))) for name, found in cases.items()}


def _best(name: str, cases: dict[str, _Case], chosen: set[str]) -> list[Suggestion]:
    labels = matching.choices(current().code, _vocabulary(name))
    open_to = [code for code in cases if code in labels and code not in chosen and cases[code].speaks]
    open_to.sort(key=lambda code: (-cases[code].weight, code))
    return [Suggestion(code, labels[code], _because(cases[code])) for code in open_to[:MOST]]


def _vocabulary(name: str) -> str:
    found = ask(SUGGESTED[name])
    return str(found.about.vocabulary) if found else ""


def _chosen(told: Draft, name: str) -> Iterable[str]:
    """The codes that a draft has in a field."""
    value = told.get(name)
    for one in value if isinstance(value, list) else []:
        code = one.get("code") if isinstance(one, dict) else one
        if isinstance(code, str):
            yield code


def _because(case: _Case) -> str:
    """“Because of the words “legal” and “aid”; as in PPD-000012.”"""
    locale = current().code
    named = case.words[:NAMED]
    entries = _("as in {entries}").format(entries=format_list(case.entries[:NAMED], locale=locale))
    if not named:
        return entries
    told = ngettext("because of the word {words}", "because of the words {words}", len(named))
    told = told.format(words=format_list([_("“{word}”").format(word=word) for word in named], locale=locale))
    return _("{one}; {other}").format(one=told, other=entries) if case.entries else told


def _hear_entries(voters: Sequence[Near], cases: dict[str, dict[str, _Case]]) -> None:
    """Each of the nearest entries votes for what it was put under, the nearer the louder."""
    numbers = [number for voter in voters if (number := number_of(voter.card.id)) is not None]
    documents = {entry.id: entry.document for entry in catalogue.entries(numbers).values() if entry.published}
    heard = [(voter.nearness**SHARPNESS, voter.card.id) for voter in voters if voter.card.id in documents]
    total = sum(weight for weight, _id in heard)
    for weight, id in heard:
        for name in SUGGESTED:
            for code in _codes(documents[id], name):
                cases[name][code].weight += weight / total
                cases[name][code].entries.append(id)


def _codes(document: EntryDocument, name: str) -> list[str]:
    """The codes that an entry has in a field."""
    found = next(declared for declared in fields() if str(declared) == SUGGESTED[name])
    return [str(code) for code in found.values(document)]


def _hear_words(told: Draft, cases: dict[str, dict[str, _Case]]) -> None:
    """A term is named by the draft as far as the words of its name are in it, rare ones counting more."""
    language = spoken(told).split("-")[0]
    if language not in BY_CODE:
        return
    written, state = _written(told, language), readers.get().name()
    for name in SUGGESTED:
        for code, weights in _telling(_vocabulary(name), language, state).items():
            found = sorted(weights.keys() & written.keys(), key=lambda stem: (-weights[stem], stem))
            if found:
                case = cases[name][code]
                case.weight += OWN_WORDS * sum(weights[stem] for stem in found) / sum(weights.values())
                case.words = [
                    written[stem]
                    for stem in found
                    if weights[stem] > TELLING and not says_nothing(written[stem], language)
                ]


def _written(told: Draft, language: str) -> dict[str, str]:
    """The stems in a draft, each with the word as it is written there first."""
    found: dict[str, str] = {}
    for text in languages.texts(told):
        for word, stem in stems(text, language):
            found.setdefault(stem, word)
    return found


def _rarity_among(names: Iterable[set[str]]) -> Callable[[str], float]:
    """How much a stem tells among several texts: little where most have it."""
    texts = list(names)
    having = Counter(stem for found in texts for stem in found)
    return lambda stem: math.log((len(texts) + 1) / (having[stem] + 0.5))


@remembered
def _telling(vocabulary: str, language: str, state: str) -> dict[str, dict[str, float]]:
    """The stems of each term's name in a language, with how much each tells.

    That is little where many entries have it (“work”), many terms of the vocabulary, or many guiding questions,
    by which it is known in languages that few entries are told in.
    `state`: of which index, which may lag behind the revision.
    """
    labels = matching.choices(language, vocabulary)
    names = {code: {stem for _word, stem in stems(label, language)} for code, label in labels.items()}
    terms = _rarity_among(names.values())
    asked = matching.choices(language, "question").values()
    questions = _rarity_among({stem for _word, stem in stems(label, language)} for label in asked)

    def telling(stem: str) -> float:
        return max(min(rarity(stem, state), terms(stem), questions(stem)), 0.05)

    return {code: {stem: telling(stem) for stem in found} for code, found in names.items()}
