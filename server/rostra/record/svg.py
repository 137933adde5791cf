"""A drawing as SVG: one element, with its title and its description for who hears it.

``standalone`` makes a file of its own; without it the element stands in a page.
"""

from html import escape

from rostra.record.drawings import COLOURS, Box, Drawing, Item, Label, Line

_FONT = "Georgia, 'Times New Roman', 'Noto Serif', 'Noto Naskh Arabic', serif"


def to_svg(drawn: Drawing, *, direction: str = "ltr", standalone: bool = False) -> str:
    """The element as text."""
    space = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    size = f'viewBox="0 0 {drawn.width:g} {_n(drawn.height)}"'
    own = f' width="{drawn.width:g}" height="{_n(drawn.height)}"' if standalone else ""
    names = f"{_id(drawn.key)}-title {_id(drawn.key)}-desc"
    body = "".join(map(_item, drawn.items))
    back = f'<rect width="{drawn.width:g}" height="{_n(drawn.height)}" fill="#fff"/>'
    return (
        f'<svg{space} {size}{own} role="img" aria-labelledby="{names}"'
        f' font-family="{_FONT}" direction="{direction}">'
        f'<title id="{_id(drawn.key)}-title">{escape(drawn.title)}</title>'
        f'<desc id="{_id(drawn.key)}-desc">{escape(drawn.description)}</desc>'
        f"{back if standalone else ''}{body}</svg>\n"
    )


def _id(key: str) -> str:
    return f"picture-{key}"


def _item(item: Item) -> str:
    match item:
        case Box():
            tip = f"<title>{escape(item.tip)}</title>" if item.tip else ""
            return (
                f'<rect x="{_n(item.x)}" y="{_n(item.y)}" width="{_n(item.width)}"'
                f' height="{_n(item.height)}" fill="{COLOURS[item.look]}">{tip}</rect>'
            )
        case Line():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
            return (
                f'<polyline points="{points}" fill="none"'
                f' stroke="{COLOURS[item.look]}" stroke-width="{item.thick:g}"/>'
            )
        case Label():
            return _label(item)


def _label(item: Label) -> str:
    # "start" is where the text begins, so on its right in Arabic: said as left here
    anchor = "" if item.anchor == "start" else f' text-anchor="{item.anchor}"'
    return (
        f'<text x="{_n(item.x)}" y="{_n(item.y)}"{anchor} font-size="{item.size:g}"'
        f' fill="{COLOURS[item.look]}" direction="ltr">'
        f"{escape(item.text)}</text>"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
