"""A small picture of a PDF's first page, for the list of handouts."""

from __future__ import annotations

import io

import pypdfium2

from scripts.paper.typeset import PDFIUM

WIDTH, HEIGHT = 150, 212  # pixels that it fits in: an A4 fills them
GREY_LEVELS = 4  # shades: more weigh more, and show no more at this size


def thumbnail(data: bytes) -> tuple[bytes, int, int]:
    """Return the first page of the PDF ``data`` as a PNG in grey, its width and height in pixels.

    The same PDF gives the same bytes: they hold no date.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[0]
            scale = min(WIDTH / page.get_width(), HEIGHT / page.get_height())
            picture = page.render(scale=scale, grayscale=True).to_pil()
        finally:
            document.close()
    # shades evenly apart, white among them, whatever stands on the page
    shades = picture.point(lambda value: round(value / 255 * (GREY_LEVELS - 1)))
    shades.putpalette(
        [round(n * 255 / (GREY_LEVELS - 1)) for n in range(GREY_LEVELS) for _ in range(3)]
    )
    written = io.BytesIO()
    shades.convert("P").save(written, "PNG", optimize=True, bits=2)
    return written.getvalue(), *picture.size
