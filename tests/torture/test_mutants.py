"""Nine of ten mutants of the core are noticed by the ordinary tests.

The sample is seeded; MUTANTS.md has its table, and why the survivors survive.
"""

import ast
import os
import time
from pathlib import Path

import pytest

from torture.mutants import ROOT, SAMPLE, SEED, run, sample, survivors, table

KILLED = 0.9
HOURS = 3


def test_the_sample_is_the_same_each_time_and_every_mutant_can_be_read() -> None:
    mutants = sample(SEED, SAMPLE)
    assert len(mutants) == SAMPLE
    assert mutants == sample(SEED, SAMPLE)
    for each in mutants:
        source = (ROOT / each.file).read_bytes()
        changed = each.applied(source)
        assert changed != source
        ast.parse(changed)


@pytest.mark.torture
def test_nine_of_ten_mutants_are_noticed() -> None:
    mutants = sample(SEED, SAMPLE)
    where = Path(os.environ.get("ROSTRA_TEST_MUTANTS", "/tmp/rostra-mutants"))
    known = run(mutants, where, workers=2, until=time.monotonic() + HOURS * 3600)
    print(table(mutants, known))
    alive = survivors(mutants, known)
    for each in alive:
        print(f"{each.file}:{each.line} {each.kind}\n{each.diff()}")
    tried = [each for each in mutants if each.key in known]
    assert len(tried) == len(mutants)
    assert len(alive) <= len(tried) * (1 - KILLED)
