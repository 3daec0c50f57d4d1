from __future__ import annotations

import io

import pytest
from PIL import Image

from scripts.publish.pictures import bare, clean_pictures
from tests.conftest import run_step

SECRET = b"59.0 N, 18.0 E"


def picture(kind: str) -> bytes:
    """Return a picture that lies on its side, and says where it was taken."""
    image, file, exif = Image.new("RGB", (40, 20), "red"), io.BytesIO(), Image.Exif()
    exif[Image.ExifTags.Base.Orientation] = 6
    exif[Image.ExifTags.Base.ImageDescription] = SECRET.decode()
    more = {"comment": SECRET} if kind == "GIF" else {"exif": exif}
    image.save(file, kind, **more)
    return file.getvalue() + (b"" if kind == "AVIF" else SECRET)


@pytest.mark.parametrize("kind", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_a_picture_shows_the_same_and_says_no_more(kind):
    before = picture(kind)
    assert SECRET in before
    after = bare(before)
    assert SECRET not in after and bare(before) == after
    with Image.open(io.BytesIO(after)) as shown:
        assert shown.format == kind and not shown.getexif()
        assert shown.size == ((40, 20) if kind == "GIF" else (20, 40))
        red, green, blue = shown.convert("RGB").getpixel((5, 5))
        assert red > 240 and green < 16 and blue < 16


def test_the_site_has_them_bare_and_what_is_no_picture_is_told(docs, tmp_path):
    folder = docs(
        {"a.md": "", "a/b.jpg": picture("JPEG"), "c.png": b"<svg onload=x>", "d.webp": b""}
    )
    for name, data in {
        "a/b.jpg": picture("JPEG"),
        "c.png": b"<svg>",
        "d.webp": b"",
        "e.png": b"ours",
    }.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(data)
    faults = run_step(clean_pictures, folder, tmp_path / "site")
    assert [str(fault.path) for fault in faults] == ["docs/c.png", "docs/d.webp"]
    assert SECRET not in (tmp_path / "site/a/b.jpg").read_bytes()
    assert (tmp_path / "site/e.png").read_bytes() == b"ours"
