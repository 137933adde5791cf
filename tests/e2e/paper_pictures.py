"""Paints documents of the record for client/pictures: the page, and a picture in it.

They are those of the closing discussion, played by commands alone among invented
delegations (tests/support/closing.py).
"""

from playwright.async_api import Browser, Page

from rostra.record.course import course
from rostra.record.drawings import drawing
from rostra.record.page import to_html
from rostra.record.svg import to_svg
from rostra.record.writing import minutes_of
from support.closing import closing_discussion, commits

#: A sheet as it stands on a laptop, and a picture with its own measure.
SHEET, WIDE = (1000, 1250), (1200, 900)


async def papers(browser: Browser) -> dict[str, Page]:
    """The first sheet of the record, and the meeting as a timeline; by picture."""
    floor = closing_discussion()
    minutes = minutes_of(floor.meeting, "record", course=course(commits(floor)))
    sheet = await _blank(browser, SHEET)
    await sheet.set_content(to_html(minutes))
    timeline = next(each for each in minutes.pictures if each.key == "timeline")
    drawn = to_svg(
        drawing(timeline, minutes), direction=minutes.direction, standalone=True
    )
    picture = await _blank(browser, WIDE)
    await picture.set_content(
        "<!doctype html><style>body{margin:24px;background:#fff}"
        f"svg{{width:100%;height:auto;display:block}}</style>{drawn}"
    )
    height = await picture.evaluate(
        "Math.ceil(document.querySelector('svg').getBoundingClientRect().height)"
    )
    await picture.set_viewport_size({"width": WIDE[0], "height": height + 48})
    return {"record-page": sheet, "record-timeline": picture}


async def _blank(browser: Browser, size: tuple[int, int]) -> Page:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="light"
    )
    return await context.new_page()
