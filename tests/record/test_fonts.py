"""Which face a text needs, and that the faces are there."""

from rostra.record.fonts import FILES, LATIN_ITALIC, face_for, face_of


def test_the_faces_are_there() -> None:
    for file in (*FILES.values(), LATIN_ITALIC):
        assert file.is_file() and file.stat().st_size > 100_000


def test_a_document_has_the_face_of_its_language() -> None:
    found = [face_of(each) for each in ("en", "fr", "ru", "ar", "zh")]
    assert found == ["latin", "latin", "latin", "arabic", "chinese"]


def test_a_text_has_the_face_of_the_first_sign_that_tells() -> None:
    assert face_for("11:30 Adunara") == "latin"
    assert face_for("11:30 أدونارا") == "arabic"
    assert face_for("(阿富汗)") == "chinese"
    assert face_for("") == "latin"
