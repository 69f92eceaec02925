"""How the ranking is judged: the measures against examples worked by hand, and the judged set as data."""

import json
import math
from collections import Counter
from typing import Any

import pytest
import yaml

from precedent.catalogue import starter
from tools import judging
from tools.judging import Kind, Query, Score

GRADES = {"a": 2, "b": 1, "c": 2}


def query(name: str, language: str = "en", held_out: bool = False, **grades: int) -> Query:
    return Query(name, name, language, Kind.WORDS, held_out, grades or GRADES)


def test_the_best_order_gains_all_and_nothing_found_gains_nothing() -> None:
    assert judging.normalised_gain(["c", "a", "b"], GRADES) == 1
    assert judging.normalised_gain([], GRADES) == 0
    assert judging.normalised_gain(["x", "y"], GRADES) == 0


def test_gain_falls_with_the_place_and_grows_with_the_grade() -> None:
    # Found: a, something else, b. 3/log2(2) + 0 + 1/log2(4) = 3.5.
    # Best:  a, c, b.            3/log2(2) + 3/log2(3) + 1/log2(4) = 3 + 1.892789 + 0.5 = 5.392789.
    assert judging.normalised_gain(["a", "x", "b"], GRADES) == pytest.approx(3.5 / 5.392789)
    # b before c: 3 + 1/log2(3) + 3/log2(4) = 3 + 0.630930 + 1.5 = 5.130930.
    assert judging.normalised_gain(["a", "b", "c"], GRADES) == pytest.approx(5.130930 / 5.392789)


def test_gain_ends_at_the_tenth_place() -> None:
    strangers = [str(number) for number in range(9)]
    assert judging.normalised_gain([*strangers, "a"], {"a": 2}) == pytest.approx(1 / math.log2(11))
    assert judging.normalised_gain(["x", *strangers, "a"], {"a": 2}) == 0


def test_with_more_than_ten_wanted_ten_of_them_gain_all() -> None:
    many = {str(number): 1 for number in range(12)}
    assert judging.normalised_gain([str(number) for number in range(2, 12)], many) == 1


def test_an_entry_found_twice_counts_once() -> None:
    assert judging.normalised_gain(["a", "a"], {"a": 2, "b": 2}) == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert judging.recall(["a", "a"], {"a": 2, "b": 2}) == 0.5


def test_recall_looks_at_the_first_twenty_and_at_both_grades() -> None:
    strangers = [str(number) for number in range(19)]
    assert judging.recall([*strangers, "b", "a"], GRADES) == pytest.approx(1 / 3)
    assert judging.recall(["b", "x", "c"], GRADES) == pytest.approx(2 / 3)
    assert judging.recall([], GRADES) == 0


def test_a_query_is_scored_by_whatever_search_is_given() -> None:
    assert judging.scored(lambda asked: [], query("q")) == Score(0, 0, 1)
    assert judging.scored(lambda asked: ["a", "c", "b"], query("q")) == Score(1, 1, 0)
    assert judging.scored(lambda asked: ["x"], query("q")) == Score(0, 0, 0)


def test_each_query_counts_the_same_in_the_mean() -> None:
    assert judging.averaged([Score(1, 0.5, 0), Score(0, 0, 1), Score(0.5, 1, 0), Score(0.5, 0.5, 0)]) == Score(
        0.5, 0.5, 0.25
    )


def test_the_table_keeps_the_held_out_part_apart() -> None:
    queries = [query("one"), query("two", "fr"), query("three", "fr", held_out=True)]
    scores = {"one": Score(1, 1, 0), "two": Score(0.5, 0.25, 0), "three": Score(0, 0, 1)}
    lines = judging.table(queries, scores, "ours")
    assert lines[0].startswith("| ours | queries | nDCG@10 |")
    assert lines[2] == "| all | 2 | 0.75 | 0.62 | 0% | 1 | 0.00 | 0.00 | 100% |"
    assert lines[3] == "| English | 1 | 1.00 | 1.00 | 0% | 0 | – | – | – |"
    assert lines[4] == "| French | 1 | 0.50 | 0.25 | 0% | 1 | 0.00 | 0.00 | 100% |"
    assert {line.count("|") for line in lines} == {10}


def test_one_by_one_only_queries_are_shown_that_may_be_tuned_on() -> None:
    queries = [query("open"), query("closed", held_out=True)]
    shown = "\n".join(judging.each(lambda asked: ["a"], queries))
    assert "open" in shown and "closed" not in shown
    assert "\n          c" in shown and "\n          a" not in shown, "what answers it and is missed is named"


# The judged set


def test_every_judged_entry_is_in_the_starter_catalogue() -> None:
    lines = [line for file in starter.shipped_files() for line in file.read_text().splitlines()]
    keys = {json.loads(line)["id"] for line in lines}
    assert {key for judged in judging.read() for key in judged.grades} <= keys


def test_ids_and_texts_are_unique() -> None:
    queries = judging.read()
    assert max(Counter(judged.id for judged in queries).values()) == 1
    assert max(Counter((judged.language, judged.text.casefold()) for judged in queries).values()) == 1


def test_the_set_is_large_enough_in_every_language_and_kind() -> None:
    queries = judging.read()
    languages, kinds = Counter(q.language for q in queries), Counter(q.kind for q in queries)
    assert len(queries) >= 130
    assert languages.keys() == judging.LANGUAGES.keys() and min(languages.values()) >= 17 and languages["en"] >= 45
    assert len({(q.language, q.kind) for q in queries}) == len(languages) * len(kinds) == 36


def test_a_query_has_an_answer_and_no_more_wanted_than_twenty_can_show() -> None:
    for judged in judging.read():
        assert judging.ANSWERS in judged.grades.values(), judged.id
        assert len(judged.grades) <= judging.RECALL_DEPTH, judged.id


def test_an_entry_has_one_grade_for_a_need() -> None:
    for need in needs():
        graded = [*need["answers"], *need["helps"]]
        assert len(graded) == len(set(graded)), need["need"]


def test_nothing_stands_in_the_file_that_is_not_read() -> None:
    for need in needs():
        assert need.keys() == {"need", "seeks", "answers", "helps", "asked"} and need["seeks"]
        for asked in need["asked"]:
            assert asked.keys() - {"held_out"} == {"id", "language", "kind", "text"}
            assert asked["id"] == f"{asked['language']}-{need['need']}"
            assert asked.get("held_out", True) is True, "said only where it is so"


def needs() -> list[dict[str, Any]]:
    return list(yaml.safe_load(judging.FILE.read_text()))


def test_the_third_held_out_is_the_one_that_the_hashes_choose() -> None:
    queries = judging.read()
    marked = {judged.id for judged in queries if judged.held_out}
    assert marked == judging.held_out(queries)
    shares = Counter(q.language for q in queries if q.held_out)
    for language, count in Counter(q.language for q in queries).items():
        assert shares[language] / count == pytest.approx(1 / 3, abs=0.03), language
