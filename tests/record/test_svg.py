"""Pictures as SVG: one element that says what it shows to whoever hears it."""

from xml.etree import ElementTree

from rostra.record.drawings import Box, Drawing, Label, Line
from rostra.record.svg import to_svg

DRAWN = Drawing(
    "kinds",
    "Time <by> kind",
    'A & "B"',
    460.0,
    30.0,
    (
        Box(1, 2, 3.04, 4, "accent", "A: 1:00"),
        Line(((0, 0), (1.25, 2)), "axis"),
        Label(5, 6, "A <b>", "end"),
    ),
)
SPACE = "{http://www.w3.org/2000/svg}"


def test_it_has_a_title_and_a_description_that_it_is_labelled_by() -> None:
    tree = ElementTree.fromstring(to_svg(DRAWN, standalone=True))
    assert tree.get("role") == "img"
    names = str(tree.get("aria-labelledby")).split()
    texts = {each.get("id"): each.text for each in tree}
    assert [texts[name] for name in names] == ["Time <by> kind", 'A & "B"']


def test_boxes_lines_and_labels_are_drawn() -> None:
    tree = ElementTree.fromstring(to_svg(DRAWN, standalone=True))
    _, box = tree.findall(f"{SPACE}rect")
    assert (box.get("width"), box.findtext(f"{SPACE}title")) == ("3", "A: 1:00")
    line, label = tree.find(f"{SPACE}polyline"), tree.find(f"{SPACE}text")
    assert line is not None and line.get("points") == "0,0 1.2,2"
    assert label is not None and label.text == "A <b>"
    assert label.get("text-anchor") == "end"


def test_in_a_page_it_has_the_width_of_its_column() -> None:
    text = to_svg(DRAWN, direction="rtl")
    assert "xmlns" not in text and " width=" not in text.partition(">")[0]
