"""QR codes of links: as a picture for a page, and for a terminal."""

import io

import segno


def svg(text: str) -> str:
    """A QR code as SVG that styles itself by attributes only."""
    buffer = io.BytesIO()
    segno.make(text, error="m").save(
        buffer, kind="svg", xmldecl=False, svgns=True, border=4, omitsize=True
    )
    return buffer.getvalue().decode()


def to_terminal(text: str) -> None:
    """Print a QR code, as small as a terminal shows it."""
    segno.make(text, error="l").terminal(compact=True)
