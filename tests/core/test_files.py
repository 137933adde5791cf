"""Files that people write: what is wrong in them, in words, and on which line."""

from typing import Literal

import pytest
from msgspec import Struct

from rostra.core.files import BadLine, Flaw, lines_of, located, meant, nearest, parsed
from support.floor import rule


class Row(Struct, frozen=True, array_like=True):
    """A pair of numbers."""

    least: int
    most: int


class Inner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table."""

    on: bool = False


class Sheet(Struct, kw_only=True):
    """A file with one of everything."""

    name: str
    colour: Literal["red", "green"] = "red"
    count: int | None = None
    rows: tuple[Row, ...] = ()
    words: dict[Literal["one", "two"], int] = {}
    inner: Inner | None = Inner()
    parts: tuple[Inner, ...] = ()


def said(text: str) -> tuple[int | None, str]:
    """Line and words of what is wrong in *text*."""
    with pytest.raises(BadLine) as bad:
        try:
            meant(parsed(text), Sheet)
        except Flaw as flaw:
            raise located(flaw, text) from None
    return bad.value.line, bad.value.what


def test_what_a_file_says_is_read() -> None:
    text = 'name = "x"\nrows = [[1, 2]]\n[words]\none = 1\n[inner]\non = true\n'
    sheet = meant(parsed(text), Sheet)
    assert (sheet.rows, sheet.words, sheet.inner) == (
        (Row(1, 2),),
        {"one": 1},
        Inner(on=True),
    )


@rule("Q2")
@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name = ", 1, "this is not TOML: invalid value"),
        ('name = "x"\n\nname = "y"\n', 3, "this is not TOML: cannot overwrite a value"),
        ("rows = [1", 1, "this is not TOML: unclosed array"),
        ("rows = " + "[" * 5000, None,
         "this is not TOML: a number or a list without end"),
        ("name = " + "9" * 5000, None,
         "this is not TOML: a number or a list without end"),
        ("", None, "“name” is missing"),
        ("name = 7", 1, "“name” must be a text in quotes, not 7"),
        ("# first\nname = true", 2, "“name” must be a text in quotes, not true"),
        ('name = "x"\ncount = "many"', 2, "“count” must be a whole number, not “many”"),
        ('name = "x"\ncount = 1.5', 2, "“count” must be a whole number, not 1.5"),
        ('name = "x"\ncount = true', 2, "“count” must be a whole number, not true"),
        ('name = "x"\ncount = 2020-07-10', 2,
         "“count” must be a whole number, not a date or a time"),
        ('name = "x"\ncolour = "gren"', 2,
         "“colour” cannot be “gren”; did you mean “green”?"),
        ('name = "x"\ncolour = 3', 2, "“colour” must be one of green or red, not 3"),
        ('name = "x"\ncoulor = "red"', 2,
         "there is no key “coulor”; did you mean “colour”?"),
        ('name = "x"\nrows = [\n  [1, 2],\n  [1]\n]\n', 2,
         "each entry of “rows” must be [least, most], not a list"),
        ('name = "x"\nrows = [[1, "b"]]', 2,
         "each entry of “rows” must be a whole number, not “b”"),
        ('name = "x"\nrows = 3', 2, "“rows” must be a list in [ ], not 3"),
        ('name = "x"\n[words]\none = 1\nthree = 3', 4,
         "there is no key “three”; it may be one or two"),
        ('name = "x"\nwords = [1]', 2, "“words” must be a table, not a list"),
        ('name = "x"\nwords = { one = "a" }', 2,
         "“words.one” must be a whole number, not “a”"),
        ('name = "x"\ninner.on = 3', 2, "“inner.on” must be true or false, not 3"),
        ('name = "x"\n[inner]\n\non = 3', 4,
         "“inner.on” must be true or false, not 3"),
        ('name = "x"\ninner = 3', 2, "“inner” must be a table, not 3"),
        ('name = "x"\n[[parts]]\non = true\n\n[[parts]]\non = 1', 6,
         "“parts.on” must be true or false, not 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words_with_its_line(
    text: str, line: int | None, words: str
) -> None:
    assert said(text) == (line, words)


def test_the_line_stands_before_the_words() -> None:
    assert str(BadLine("it is so", 12)) == "line 12: it is so"
    assert str(BadLine("it is so")) == "it is so"


def test_lines_are_found_past_long_texts_and_lists() -> None:
    text = (
        'a = """\nb = 1\n[c]\n"""\n'
        "d = [\n  [1],\n  # ]\n  [2]\n]\n"
        'e = "# ["  # [\n'
        "[f]\n"
        "'g h' = 1\n"
        "[[i.j]]\nk = 1\n[i.j.l]\nm = 1\n[[i.j]]\nk = 2\n"
    )
    assert lines_of(text) == {
        ("a",): 1,
        ("d",): 5,
        ("e",): 10,
        ("f",): 11,
        ("f", "g h"): 12,
        ("i", "j", 0): 13,
        ("i", "j", 0, "k"): 14,
        ("i", "j", 0, "l"): 15,
        ("i", "j", 0, "l", "m"): 16,
        ("i", "j", 1): 17,
        ("i", "j", 1, "k"): 18,
    }


def test_a_word_that_is_like_nothing_is_answered_with_all_there_are() -> None:
    assert nearest("xyz", ["one", "two", "six"]) == "it may be one, two or six"
    assert nearest("xyz", ["one"]) == "it may be one"


#: What tries a reader: depth, length, and what a careless pattern would try for ever.
HOSTILE = {
    "many long strings on a line": "[" + ",".join(['"""x"""'] * 1300) + "]",
    "many long strings of the other kind": "[" + ",".join(["'''x'''"] * 1300) + "]",
    "deep lists": "[" * 400 + "]" * 400,
    "deep lists without an end": "[" * 11_000,
    "deep tables": "{a=" * 250 + "1" + "}" * 250,
    "a number without end": "1" + "0" * 11_000,
    "a number that cannot be written": "0x" + "F" * 11_000,
    "a number beyond everything": "1e999",
    "many backslashes": '"' + "\\\\" * 5_800 + '"',
    "spaces": " " * 11_000 + '"x"',
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_value_is_refused_at_once_and_in_few_words(value: str) -> None:
    _, words = said(f'id = "x"\ntitle = "X"\non_deck = {value}\n[limits]\nstatement=60')
    assert len(words) < 200


@pytest.mark.parametrize(
    "key",
    ["a" * 11_000, ".".join("a" * 5_000), '"a' + " " * 11_000 + '"'],
    ids=["long", "deep", "wide"],
)
def test_a_hostile_key_is_refused_at_once_and_in_few_words(key: str) -> None:
    _, words = said(f'id = "x"\ntitle = "X"\n{key} = 1\n[limits]\nstatement=60')
    assert len(words) < 800  # with the names of all keys that there are
    found = lines_of(f"{key} = 1\n[{key}]\n")
    assert max(map(len, found)) <= 8


def test_a_long_text_may_begin_a_line_of_a_list() -> None:
    text = 'a = [\n"""\n]\nc = 1\n""",\n]\nb = 1\n'
    assert lines_of(text) == {("a",): 1, ("b",): 7}
