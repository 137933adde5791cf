"""A drawing as PNG, for forms that take no vectors."""

import io

from PIL import Image, ImageDraw, ImageFont, features

from rostra.record.drawings import COLOURS, Box, Drawing, Label, Line
from rostra.record.fonts import FILES, face_for

#: Pixels to a point: about 220 to the inch.
_SCALE = 3
_MARGIN = 4


def joins() -> bool:
    """Whether letters that join can be drawn here: the library looks for FriBidi."""
    return bool(features.check("raqm"))


def can_draw(drawn: Drawing, *, joining: bool) -> bool:
    """Whether every label of a drawing comes out right; letters apart are no Arabic."""
    labels = (each for each in drawn.items if isinstance(each, Label))
    return joining or all(face_for(each.text) != "arabic" for each in labels)


def to_png(drawn: Drawing) -> bytes:
    """The picture on white."""
    size = (
        round((drawn.width + 2 * _MARGIN) * _SCALE),
        round((drawn.height + 2 * _MARGIN) * _SCALE),
    )
    image = Image.new("RGB", size, "#ffffff")
    pen = _Pen(ImageDraw.Draw(image))
    for item in drawn.items:
        match item:
            case Box():
                pen.box(item)
            case Line():
                pen.line(item)
            case Label():
                pen.label(item)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Pen:
    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self._fonts: dict[tuple[str, float], ImageFont.FreeTypeFont] = {}
        self._joins = joins()

    def box(self, item: Box) -> None:
        left, top = _at(item.x, item.y)
        right, base = _at(item.x + item.width, item.y + item.height)
        self._draw.rectangle((left, top, right, base), fill=COLOURS[item.look])

    def line(self, item: Line) -> None:
        points = [_at(x, y) for x, y in item.points]
        wide = max(1, round(item.thick * _SCALE))
        self._draw.line(points, fill=COLOURS[item.look], width=wide)

    def label(self, item: Label) -> None:
        face = face_for(item.text)
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[item.anchor]
        direction = "rtl" if self._joins and face == "arabic" else None
        self._draw.text(
            _at(item.x, item.y),
            item.text,
            fill=COLOURS[item.look],
            font=self._font(face, item.size),
            anchor=anchor,
            direction=direction,
        )

    def _font(self, face: str, size: float) -> ImageFont.FreeTypeFont:
        found = self._fonts.get((face, size))
        if found is None:
            file = str(FILES[face])  # type: ignore[index]
            found = ImageFont.truetype(file, round(size * _SCALE))
            self._fonts[face, size] = found
        return found


def _at(x: float, y: float) -> tuple[float, float]:
    return (x + _MARGIN) * _SCALE, (y + _MARGIN) * _SCALE
