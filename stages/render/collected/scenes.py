"""Scenes as what a sampler asks for: texts, size and seed."""

import logging
from dataclasses import dataclass
from typing import Final

from ...errors import AlbumError
from ...records import AlbumLayout, AlbumPlan, Cast, Region, SceneLayout
from ..photo_request import check_request
from ..pipelines.prompts import TOKENS, CountTokens, Fitted, object_prompt, person_prompt, photo_prompt
from ..renderer import PhotoJob, photo_job, photo_seed
from ..subset import parse_subset

SIDE_STEP: Final = 8  # pixels of one latent cell; what is between two steps would be cut off

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RegionText:
    """What one region of a scene shows; `index` is its place in the layout's regions, farthest first."""

    region: str
    index: int
    text: str


@dataclass(frozen=True)
class PickedScene:
    """One photo to be sampled.

    number: in the album, 1-based. prompt: of the whole picture. regions: of its parts, farthest first; empty where
    they were not asked for. width, height: pixels, multiples of 8. seed: 0 to 2^63-1.
    """

    number: int
    scene: str
    prompt: str
    regions: tuple[RegionText, ...]
    width: int
    height: int
    seed: int


def pick_scenes(
    plan: AlbumPlan,
    layout: AlbumLayout,
    cast: Cast,
    *,
    subset: str,
    attempt: int = 0,
    extra: str = "",
    count: CountTokens | None = None,
    regional: bool = False,
) -> list[PickedScene]:
    """Put scenes into the words, sizes and seeds that they are sampled with.

    Text of the plan is prose: parentheses in it are escaped, so that no encoder takes them for weights. Seeds are
    those of the album loop.

    Args:
        plan: what happens.
        layout: the blueprint of the same plan.
        cast: has a member for every character of the plan.
        subset: 1-based numbers and ranges like "3,7-9"; "" and "all" mean all.
        attempt: 0 for the first try; another number gives other seeds.
        extra: words in the encoder's own notation, put behind every prompt of a whole picture, never shortened.
        count: tokens of a text, where prompts are to stay within 75; None lets them be as long as they are.
        regional: give every region a prompt too, and leave the looks of the cast to these.

    Returns:
        The chosen scenes in the order of the album.

    Raises:
        AlbumError: subset, attempt, layout or cast do not fit the plan, or a side is no multiple of 8.
    """
    first = layout.scenes[0]
    check_request(plan, layout, cast, width=first.width, height=first.height, attempt=attempt)
    picked = []
    for number in parse_subset(subset, len(plan.scenes)):
        scene = plan.scenes[number - 1]
        seed = photo_seed(plan, scene.id, attempt)
        job = _job(plan, layout.scene(scene.id), cast, seed=seed, attempt=attempt)
        _require_latent_size(job.layout)
        words = extra.strip()
        tell = _Teller(number, scene.id, count)
        prompt = tell.fitted(photo_prompt(job, tell.counting(words), looks=not regional))
        regions = tuple(tell.region(job, index) for index in range(len(job.layout.regions))) if regional else ()
        said = ", ".join(part for part in (prompt, words) if part)
        picked.append(PickedScene(number, scene.id, said, regions, job.width, job.height, seed))
    return picked


def plain(text: str) -> str:
    """Prose in the notation of text encoders, where parentheses weight what stands between them."""
    return text.replace("\\", " ").replace("(", "\\(").replace(")", "\\)")


@dataclass(frozen=True)
class _Teller:
    """Puts one scene into words, and says what does not fit."""

    number: int
    scene: str
    count: CountTokens | None

    def counting(self, extra: str = "") -> CountTokens:
        """Tokens of a text with what is put behind it; without, where that alone is too long."""
        count = self.count
        if count is None:
            return lambda text: 0
        if count(extra) > TOKENS:
            return lambda text: count(plain(text))
        return lambda text: count(", ".join(part for part in (plain(text), extra) if part))

    def fitted(self, prompt: Fitted) -> str:
        if prompt.dropped:
            _log.info(
                "Photo %d (scene '%s'): the text encoder's window has no room for: %s.",
                self.number, self.scene, "; ".join(prompt.dropped),
            )  # fmt: skip
        return plain(prompt.text)

    def region(self, job: PhotoJob, index: int) -> RegionText:
        region = job.layout.regions[index]
        if region.kind == "object":
            prompt = object_prompt(job, region.ref, self.counting())
        else:
            prompt = person_prompt(job, _cast_index(job, region), self.counting())
        return RegionText(region.id, index, self.fitted(prompt))


def _job(plan: AlbumPlan, layout: SceneLayout, cast: Cast, *, seed: int, attempt: int) -> PhotoJob:
    scene = plan.scene(layout.scene)
    members = tuple(cast.member(entry.character) for entry in scene.cast)
    return photo_job(plan, scene, layout, members, width=layout.width, height=layout.height, seed=seed, attempt=attempt)


def _cast_index(job: PhotoJob, region: Region) -> int:
    for index, character in enumerate(job.characters):
        if character.id == region.ref:
            return index
    raise AlbumError(
        f"The layout of scene '{job.scene.id}' shows '{region.ref}', who is not in that scene of the plan: "
        "lay out this plan again."
    )


def _require_latent_size(layout: SceneLayout) -> None:
    width, height = (side // SIDE_STEP * SIDE_STEP for side in (layout.width, layout.height))
    if (width, height) != (layout.width, layout.height):
        raise AlbumError(
            f"Scene '{layout.scene}' is laid out for {layout.width} x {layout.height} pixels, but latents come in "
            f"steps of {SIDE_STEP}: lay out the plan at {width} x {height}."
        )
