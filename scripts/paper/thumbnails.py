"""A small picture of a PDF's first page, for the list of handouts."""

from __future__ import annotations

import io

import pypdfium2

from scripts.paper.typeset import PDFIUM

MAX_SIZE = (150, 212)  # pixels: an A4 fills them
GREYS = 4  # more make the file larger, and show no more at this size


def thumbnail(data: bytes) -> tuple[bytes, int, int]:
    """Return the first page of the PDF ``data`` as a PNG in grey, its width and height in pixels.

    The same PDF gives the same bytes: they hold no date.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[0]
            scale = min(MAX_SIZE[0] / page.get_width(), MAX_SIZE[1] / page.get_height())
            picture = page.render(scale=scale, grayscale=True).to_pil()
        finally:
            document.close()
    png = io.BytesIO()
    picture.quantize(GREYS).save(png, "PNG", optimize=True)
    return png.getvalue(), picture.width, picture.height
