from __future__ import annotations

from scripts.content.embeds import embeds
from scripts.content.registers import Registers


def test_a_row_becomes_a_frame_with_an_address_of_its_own():
    row = {"page": "a/", "purpose": "Till er.", "height": 700}
    (embed,) = embeds(Registers(embeds={"nyckel": row}))
    assert (embed.address, embed.page, embed.below) == ("badda-in/nyckel/", "a/", False)
