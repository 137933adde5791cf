"""How simulated people behave: RULES 12 by numbers."""

import random

from rostra.rehearsal.manners import answer, request, speech_s, wanted_on_list

SEEDS = range(2000)


def test_the_courteous_always_answer_and_never_speak_over_time() -> None:
    for seed in SEEDS:
        rng = random.Random(seed)
        drawn = answer(rng, "courteous")
        assert drawn.ready_s is not None
        assert not drawn.over
        assert speech_s(rng, 30, over=drawn.over) <= 27


def test_the_lively_are_sometimes_silent_and_sometimes_over_time() -> None:
    drawn = [answer(random.Random(seed), "lively") for seed in SEEDS]
    assert 0.005 < sum(each.ready_s is None for each in drawn) / len(drawn) < 0.1
    assert 0.005 < sum(each.over for each in drawn) / len(drawn) < 0.1


def test_a_newcomer_sees_speakers_change() -> None:
    lengths = [speech_s(random.Random(seed), 180, over=False) for seed in SEEDS]
    assert min(lengths) >= 20
    assert max(lengths) <= 60


def test_the_courteous_invent_no_language_person_or_group() -> None:
    for seed in SEEDS:
        assert request(random.Random(seed), "courteous", ("G",)) == {
            "kind": "statement"
        }


def test_the_lively_speak_for_groups_too() -> None:
    kinds = {request(random.Random(s), "lively", ("G",))["kind"] for s in SEEDS}
    assert kinds == {"statement", "group_statement"}


def test_the_list_holds_eight_to_fifteen() -> None:
    assert all(8 <= wanted_on_list(random.Random(seed)) <= 15 for seed in SEEDS)


def test_the_same_seed_behaves_the_same() -> None:
    one, two = random.Random("7 XAD"), random.Random("7 XAD")
    assert request(one, "lively", ("G",)) == request(two, "lively", ("G",))
