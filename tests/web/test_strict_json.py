"""JSON from strangers."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.web.strict_json import BadJson, dumps, loads

BAD = [
    "",
    "NaN",
    "[Infinity]",
    '{"a":-Infinity}',
    "1e999",
    "1" * 17,
    "-" + "1" * 17,
    '{"a":1,"a":2}',
    '{"a":{"b":1,"b":1}}',
    '"\\ud800"',
    '["\\udfff"]',
    '{"\\ud800":1}',
    '"a\\u0000b"',
    "[" * 13 + "]" * 13,
    "[" * 100_000,
    '{"a":' * 13 + "1" + "}" * 13,
    "{",
    "[1,]",
    "'a'",
    "\ufeff{}",
]


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:20])
def test_refused(text: str) -> None:
    with pytest.raises(BadJson) as refused:
        loads(text)
    assert len(str(refused.value)) <= 24


@pytest.mark.parametrize(
    "text",
    ["[" * 12 + "]" * 12, '"' + "[" * 50 + '"', '["\\"[[[[[[[[[[[[[[[["]', "1.5"],
)
def test_taken(text: str) -> None:
    assert loads(text) is not None


def test_a_surrogate_pair_is_a_character() -> None:
    assert loads('"\\ud83d\\ude00"') == "😀"


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**14), 10**14)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(st.characters(codec="ascii", exclude_characters="\0")),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    )
)
def test_what_is_json_comes_back(value: object) -> None:
    text = dumps(value)
    try:
        assert loads(text) == value
    except BadJson as error:
        assert str(error) == "nested too deep"


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(BadJson):
        loads(text)


def test_what_is_no_json_is_not_sent() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        dumps(float("nan"))
