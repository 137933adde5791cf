"""Pictures as PNG, for documents that take no vectors."""

import io

from PIL import Image

from rostra.record.drawings import Box, Drawing, Label, Line
from rostra.record.png import can_draw, to_png


def image(*items: Box | Line | Label) -> Image.Image:
    """A drawing of them, as it comes out."""
    drawn = Drawing("x", "X", "", 100.0, 20.0, items)
    return Image.open(io.BytesIO(to_png(drawn))).convert("RGB")


def dark(picture: Image.Image) -> int:
    """How many of its points are not white."""
    return sum(sum(point) < 600 for point in picture.get_flattened_data())


def test_it_is_drawn_where_it_stands_on_white() -> None:
    found = image(Box(0, 0, 50, 20, "accent"))
    assert found.size == (324, 84)
    assert found.getpixel((20, 40)) == (0x1F, 0x4E, 0x79)
    assert found.getpixel((300, 40)) == (255, 255, 255)


def test_letters_of_every_script_are_drawn() -> None:
    texts = ("Côte d’Ivoire", "Казахстан", "أدونارا", "阿富汗")
    drawn = [dark(image(Label(4, 12, text))) for text in texts]
    assert all(count > 100 for count in drawn), drawn


def test_a_label_ends_where_it_is_to_end() -> None:
    found = image(Label(50, 12, "iiiii", "end"))
    right = found.crop((50 * 3 + 20, 0, 324, 84))
    assert dark(right) == 0 and dark(found) > 0


def test_arabic_is_drawn_only_where_its_letters_join() -> None:
    def drawn(text: str) -> Drawing:
        return Drawing("x", "X", "", 100.0, 20.0, (Label(4, 12, text),))

    assert can_draw(drawn("أدونارا"), joining=True)
    assert not can_draw(drawn("أدونارا"), joining=False)
    assert can_draw(drawn("Adunara"), joining=False)
