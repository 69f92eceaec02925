from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.catalogue.chain import links
from tests import given

CODES = ["language", "cost", "debt", "isolation", "stigma", "documentation"]


@drawn(
    st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True).flatmap(
        lambda codes: st.tuples(
            st.just(codes), st.lists(st.lists(st.sampled_from(codes), unique=True), min_size=1, max_size=6)
        )
    )
)
def test_each_barrier_and_measure_stands_once_beside_all_it_is_told_with(
    told: tuple[list[str], list[list[str]]],
) -> None:
    codes, against = told
    document = given.document(
        barriers=[{"code": code, "text": "It stood in the way."} for code in codes],
        measures=[{"text": "It was done.", "instrument": "law", "overcomes": c} for c in against],
    )
    chains = links(document)
    assert sorted(number for link in chains for number, _ in link.barriers) == list(range(1, len(codes) + 1))
    assert sorted(number for link in chains for number, _, _ in link.measures) == list(range(1, len(against) + 1))
    for link in chains:
        beside = {barrier.code for _, barrier in link.barriers}
        for number, measure, numbers in link.measures:
            assert set(measure.overcomes) == set(against[number - 1]) <= beside or not link.barriers
            assert {codes[at - 1] for at in numbers} == set(measure.overcomes)
