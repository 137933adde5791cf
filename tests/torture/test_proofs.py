"""A thousand edits of exported records, and a thousand that nobody touched.

The same as in ``tests/record/test_verify.py``, more of it. ``ROSTRA_TEST_EDITS`` says
how many, ``ROSTRA_TEST_SEED`` from where; both are printed.
"""

import os

import pytest

from record.test_verify import edit_and_judge, judge_untouched

MANY = int(os.environ.get("ROSTRA_TEST_EDITS", "1000"))
SEED = int(os.environ.get("ROSTRA_TEST_SEED", "2000"))


@pytest.mark.torture
async def test_each_of_a_thousand_edits_is_found_where_it_was_made() -> None:
    kinds = await edit_and_judge(SEED, MANY)
    print(f"ROSTRA_TEST_SEED={SEED} ROSTRA_TEST_EDITS={MANY}: all found, by both")
    for kind, many in sorted(kinds.items()):
        print(f"{many:6} {kind}")


@pytest.mark.torture
async def test_none_of_a_thousand_untouched_exports_raises_an_alarm() -> None:
    commits = await judge_untouched(SEED, MANY)
    print(f"{MANY} exports of {commits} commits, ROSTRA_TEST_SEED={SEED}: no alarm")
