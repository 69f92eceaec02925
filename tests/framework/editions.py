"""Small editions, and any sequence of editors' moves on one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hypothesis import strategies as st

from precedent.framework import revising
from precedent.framework.checking import breaches
from precedent.framework.records import (
    Edition,
    EditionStatus,
    Heading,
    IssueArea,
    Perspective,
    Question,
    Roundtable,
    Source,
)
from precedent.framework.revising import Place
from precedent.kernel.languages import LANGUAGES, Texts
from precedent.kernel.refusals import Refusal
from tests.given import NASTY

LANGUAGE_CODES = [language.code for language in LANGUAGES]
QUESTIONS = {"A": 4, "B": 2, "C": 2}
"""How many questions each issue area of the small edition has."""


def edition(questions: dict[str, int] | None = None) -> Edition:
    """A first edition of a few questions: `A01` asks “A01?”; each perspective has two headings in A, one in B."""
    areas = tuple(_area(code, count) for code, count in (questions or QUESTIONS).items())
    return Edition(
        code="small",
        number=1,
        label="First",
        status=EditionStatus.CURRENT,
        title={"en": "A small framework", "fr": "Un petit cadre"},
        aim={"en": "To test."},
        expected_outcome={"en": "None."},
        source=Source(title="A test", date="2013-11-13"),
        perspectives={side: {"en": side.value} for side in Perspective},
        related_roundtables=(Roundtable(code="2.1", title={"en": "Work"}, covers={"en": "work"}),),
        issue_areas=areas,
    )


def _area(code: str, questions: int) -> IssueArea:
    headings = {"A": 2, "B": 1}.get(code, 0)
    return IssueArea(
        code=code,
        title={"en": f"Area {code}"},
        short_title={"en": code},
        scope={"en": "All."},
        questions=tuple(_question(f"{code}{number:02d}") for number in range(1, questions + 1)),
        headings=tuple(
            Heading(code=f"{code}-{side.value[0].upper()}{number}", text={"en": "Heading"}, perspective=side)
            for side in Perspective
            for number in range(1, headings + 1)
        ),
    )


def _question(code: str) -> Question:
    return Question(code=code, text={"en": f"{code}?", "es": f"¿{code}?"}, emphasised=code.endswith("1"))


# ---------- any moves ----------

Move = Callable[[Edition, Edition, frozenset[str]], Edition]
"""As an action takes it: the draft, the edition in force, every code ever used."""

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(lambda told: f"Word {told}")
PLAIN = st.fixed_dictionaries({"en": WORDS}, optional={"ar": WORDS, "fr": WORDS})
"""Texts as they have to be, in one language or more."""

YAML_LIKE = [
    "yes",
    "null",
    "~",
    "1e3",
    "0x1F",
    "1:30",
    "2013-11-13",
    ".inf",
    "=",
    "<<",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "-",
    "? a",
    "* a",
    "*a",
    "&a",
    "!a",
    "!!str a",
    "%a",
    "@a",
    "`a",
    "|",
    "> a",
    "[a",
    "{a: b}",
    "a, b",
    "'a",
    "it's",
    "'",
    '"a"',
    "---",
    "...",
    "a:",
    ":a",
    " a ",
    "a\n\n  b\n",
    "\\n",
    "\tа",
    "a" * 200 + " " + "b" * 200,
    "المهاجرون: حقوقهم # وأسرهم",
    "🙂 🙂",
    "\u0085",
    "\ufffe",
    "a\u2029b",
    "\u202eabc",
]
"""Texts that YAML would read as something else, were they written carelessly."""
ANY = st.sampled_from([*YAML_LIKE, *NASTY]) | st.text(st.characters(codec="utf-8"), max_size=40)
ANY_TEXTS = st.dictionaries(st.sampled_from(LANGUAGE_CODES), ANY, max_size=4)
"""Texts as somebody may type them."""

NUMBERS = st.integers(0, 60)
PLACES = [Place("A"), Place("B"), Place("C"), Place("A", Perspective.ORIGIN), Place("C", Perspective.DESTINATION)]


def _nth(codes: Iterable[str], number: int) -> str:
    known = list(codes)
    return known[number % len(known)] if known else "none"


def reword(told: tuple[int, Texts, bool]) -> Move:
    return lambda now, _b, _u: revising.reworded(now, _nth(now.items, told[0]), told[1], told[2])


def add(told: tuple[Place, Texts]) -> Move:
    return lambda now, _b, used: revising.added(now, told[0], told[1], used)


def retire(number: int) -> Move:
    return lambda now, before, _u: revising.retired(now, _nth(now.items, number), before)


def merge(told: tuple[int, int]) -> Move:
    return lambda now, before, _u: revising.merged(now, _nth(now.items, told[0]), _nth(now.items, told[1]), before)


def split(told: tuple[int, list[Texts]]) -> Move:
    return lambda now, before, used: revising.split(now, _nth(now.items, told[0]), told[1], before, used)


def restore(number: int) -> Move:
    return lambda now, before, _u: revising.restored(now, _nth(now.successors, number), before)


def move(told: tuple[int, int]) -> Move:
    return lambda now, _b, _u: revising.moved(now, _nth(now.items, told[0]), told[1])


def moves(texts: st.SearchStrategy[Texts], *, order: bool = True) -> st.SearchStrategy[Move]:
    """Any move, with texts of a kind; `order`: may items change places?"""
    kinds = [
        st.tuples(NUMBERS, texts, st.booleans()).map(reword),
        st.tuples(st.sampled_from(PLACES), texts).map(add),
        NUMBERS.map(retire),
        st.tuples(NUMBERS, NUMBERS).map(merge),
        st.tuples(NUMBERS, st.lists(texts, min_size=2, max_size=3)).map(split),
        NUMBERS.map(restore),
    ]
    if order:
        kinds.append(st.tuples(NUMBERS, st.integers(-3, 3)).map(move))
    return st.one_of(kinds)


def after(done: Iterable[Move], draft: Edition, before: Edition, used: frozenset[str]) -> Edition:
    """The draft after those of the moves that are not refused."""
    for one in done:
        try:
            draft = one(draft, before, used)
        except Refusal:
            continue
    return draft


@dataclass(frozen=True)
class Chain:
    """Editions that were in force one after the other, oldest first."""

    editions: tuple[Edition, ...]

    @property
    def used(self) -> frozenset[str]:
        return frozenset(code for edition in self.editions for code in edition.items)

    @property
    def last(self) -> Edition:
        return self.editions[-1]

    def following(self, done: Iterable[Move]) -> Edition:
        """The next edition, in force. Moves never lead to one that must not be."""
        draft = after(done, revising.begun(self.last), self.last, self.used)
        named = revising.frame_reworded(draft, "Next", draft.title, draft.aim, draft.expected_outcome)
        assert breaches(named, self.last, self.used) == []
        return named.model_copy(update={"status": EditionStatus.CURRENT})

    def longer(self, done: Iterable[Move]) -> "Chain":
        superseded = self.last.model_copy(update={"status": EditionStatus.SUPERSEDED})
        return Chain((*self.editions[:-1], superseded, self.following(done)))


def chain(*steps: Iterable[Move]) -> Chain:
    made = Chain((edition(),))
    for done in steps:
        made = made.longer(done)
    return made


def chains(longest: int = 4, order: bool = True) -> st.SearchStrategy[Chain]:
    """Any one to some editions."""
    steps = st.lists(moves(PLAIN, order=order), max_size=10)
    return st.lists(steps, max_size=longest - 1).map(lambda told: chain(*told))


DRAFTS = st.tuples(chains(2), st.lists(moves(PLAIN), max_size=10)).map(
    lambda told: after(told[1], revising.begun(told[0].last), told[0].last, told[0].used)
)
