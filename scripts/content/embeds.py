"""The frames of docs/_data/embeds.yml: a page of ours that another site may show."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.content.registers import Registers

FOLDER = "badda-in"


@dataclass(frozen=True)
class Embed:
    """A row of the register."""

    key: str
    page: str  # address in the site: "odla/plantera/"
    purpose: str
    height: int  # pixels, where no script fits the frame
    below: bool = False  # the pages under it, too

    @property
    def address(self) -> str:
        return f"{FOLDER}/{self.key}/"


def embeds(registers: Registers) -> list[Embed]:
    """Return the register's rows. Raises TypeError where one has too few fields or too many."""
    return [Embed(key, **row) for key, row in registers.embeds.items()]
