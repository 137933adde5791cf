"""A platform's report: which column has the names, whatever its columns."""

import pytest

from rostra.record.report import names_in

ZOOM = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
844 1,Dialogue,07/10/2020 11:00:00 AM,07/10/2020 01:00:00 PM,x@un.org,120,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
"Kenya (H.E. Mr. A, B)",a@b.org,07/10/2020 11:00:01 AM,07/10/2020 11:02:00 AM,2,No
Ms. Pat Someone,,07/10/2020 11:00:01 AM,07/10/2020 11:02:00 AM,2,Yes
"Kenya (H.E. Mr. A, B)",a@b.org,07/10/2020 11:05:01 AM,07/10/2020 12:02:00 PM,57,No
"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (ZOOM, ["Kenya (H.E. Mr. A, B)", "Ms. Pat Someone"]),
        ("\ufeffFull Name\tUser Action\nKenya\tJoined\nKenya\tLeft\n", ["Kenya"]),
        ("Prénom;Nom\nA;Kenya\n", ["Kenya"]),
        ("Email,Participant's name\na@b.c, Kenya  (Nairobi) \n,\n",
         ["Kenya (Nairobi)"]),
        ("Name\nKenya\nBrazil\n", ["Kenya", "Brazil"]),
        ("Kenya\n\nBrazil, Ms. Bee\n Kenya \n", ["Kenya", "Brazil, Ms. Bee"]),
        ("Name,Display Name\nx,Kenya\n", ["Kenya"]),
        ('Name,Note\nKenya,"never closed\n', ["Kenya"]),
        ("", []),
    ],
)  # fmt: skip
def test_the_names_are_found_once_each_in_their_order(
    text: str, names: list[str]
) -> None:
    assert names_in(text) == names


def test_a_head_that_comes_late_is_not_looked_for_in_a_whole_list() -> None:
    text = "Kenya, a\n" * 30 + "Name, b\n"
    assert names_in(text) == ["Kenya, a", "Name, b"]
