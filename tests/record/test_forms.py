"""The forms in which a record can be had."""

from typing import get_args

from rostra.record.forms import FORMS, FormName


def test_each_form_has_a_type_and_an_ending_of_its_own() -> None:
    assert set(FORMS) == set(get_args(FormName))
    assert all(name == form.name for name, form in FORMS.items())
    assert len({form.suffix for form in FORMS.values()}) == len(FORMS)
    assert all("/" in form.media_type for form in FORMS.values())
