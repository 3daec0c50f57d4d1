"""Takes out of the site's pictures what a camera or a program wrote beside the picture.

Where it was taken, when, with what, by whom: a photograph of a shelter tells where it lies.
"""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from scripts.content.config import Config
from scripts.content.content import Content
from scripts.content.files import PICTURES
from scripts.core.findings import Finding
from scripts.publish.built import BuiltSite

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")  # of all that the library would read
DRAWN = ("icc_profile", "transparency")  # of all that a file says beside the picture


def bare(data: bytes) -> bytes:
    """Return a picture saved anew, turned as its EXIF says, with nothing but what is drawn; a
    moving one stands still. Raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        drawn = ImageOps.exif_transpose(picture)
        drawn.info = {k: v for k, v in picture.info.items() if k in DRAWN}
        saved = io.BytesIO()
        profile = drawn.info.get("icc_profile")
        drawn.save(saved, picture.format, quality=90, icc_profile=profile)
        return saved.getvalue()


def clean_pictures(content: Content, site: BuiltSite, _: Config) -> list[Finding]:
    """Write each picture of docs/ anew; return what is no picture."""
    faults = []
    for file in sorted(site.root.rglob("*")):
        name = file.relative_to(site.root)
        if file.suffix in PICTURES and (content.docs / name).is_file():
            try:
                file.write_bytes(bare(file.read_bytes()))
            except (OSError, SyntaxError, Image.DecompressionBombError):
                message = "är ingen bild som går att läsa. Spara den på nytt."
                shown = PurePosixPath(content.docs.name, *name.parts)
                faults.append(Finding(shown, 1, "bad-picture", message))
    return faults
