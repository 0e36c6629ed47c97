"""The texts of pictures: fitted to the host's text encoder, and encoded once where many pictures share one."""

import logging
from typing import TYPE_CHECKING, Any, Final

from ...records import CastMember, Character, Environment, Style
from ..collected.conditioning import Conditioning, window_count
from ..collected.scenes import plain
from ..pipelines.prompts import CountTokens, Fitted, person_prompt, photo_prompt, place_prompt, portrait_prompt
from ..renderer import PhotoJob
from .families import Family
from .settings import ModelSettings

if TYPE_CHECKING:
    from ..pipelines.sampling import PhotoTexts

KEPT_TEXTS: Final = 32

_log = logging.getLogger(__name__)


class Words:
    """What pictures are told.

    Args:
        clip: the host's text encoder.
        family: of the model; only UNets have encoders with a window that prompts are fitted to.
        settings: for regions, and the words behind every prompt.
        regional: whether texts can act by region inside the model's attention.
    """

    def __init__(self, clip: Any, family: Family, settings: ModelSettings, *, regional: bool) -> None:
        self.clip, self.family, self.settings, self.regional = clip, family, settings, regional
        self.texts: dict[str, Conditioning] = {}  # encoded
        self.said: set[str] = set()  # parts of prompts that were named as left out

    @property
    def regions(self) -> str:
        """How texts act by region: "attention", "masks" or "off"."""
        chosen = self.settings.regions
        if chosen == "auto":
            chosen = "attention" if self.family.kind == "unet" else "off"
        # Where every block is somebody else's nobody would read the people's texts: then the one for all says it.
        return "off" if chosen == "attention" and not self.regional else chosen

    def clear(self) -> None:
        """Let go of what was encoded."""
        self.texts.clear()
        self.said.clear()

    def told(self, text: str) -> Conditioning:
        """A text that many pictures are told, encoded once."""
        from .telling import encode

        if text not in self.texts:
            while len(self.texts) >= KEPT_TEXTS:
                del self.texts[next(iter(self.texts))]
            self.texts[text] = encode(self.clip, text)
        return self.texts[text]

    def photo(self, job: PhotoJob) -> "PhotoTexts":
        """Everything that a photo is told: as a whole, by region, and of its anchors."""
        from ..pipelines.sampling import PhotoTexts

        where, count = f"scene '{job.scene.id}'", self._count()
        cast = list(zip(job.characters, job.members, strict=True))
        regional = self.regions != "off" and self.settings.region_strength > 0
        extra = self.settings.extra.strip()
        room = count if not extra else lambda text: count(f"{plain(text)}, {extra}")
        photo = self._kept(photo_prompt(job, room, looks=not regional), where)
        return PhotoTexts(
            photo=", ".join(part for part in (photo, extra) if part),
            people=tuple(self._kept(person_prompt(job, index, count), where) for index in range(len(cast))),
            looks=tuple(plain(portrait_prompt(one, member, count).text) for one, member in cast),
            place=plain(place_prompt(job.style, job.environment, count).text),
        )

    def portrait(self, character: Character, member: CastMember, view: str) -> str:
        """A reference picture of one character."""
        said = portrait_prompt(character, member, self._count(), view=view)
        return self._kept(said, f"the portrait of {character.name}")

    def plate(self, style: Style, place: Environment) -> str:
        """A place without anybody."""
        return self._kept(place_prompt(style, place, self._count()), f"the plate of '{place.id}'")

    def _count(self) -> CountTokens:
        return window_count(self.clip) if self.family.kind == "unet" else _no_limit

    def _kept(self, said: Fitted, where: str) -> str:
        news = [part for part in said.dropped if part not in self.said]
        if news:
            _log.info("The text encoder's window has no room in %s for: %s", where, "; ".join(news))
            self.said.update(news)
        return plain(said.text)


def _no_limit(text: str) -> int:
    """Encoders without a window read every text in one go."""
    return 0
