"""The casting node: every character of a plan gets an identity."""

from .sockets import ALBUM_CAST, ALBUM_ENCODER, ALBUM_GALLERY, ALBUM_PLAN, ALBUM_RENDERER

PORTRAIT_SIZE = 256  # pixels


class AlbumIdentity:
    CATEGORY = "Synthetic Albums/identity"
    DESCRIPTION = (
        "Fixes who everybody is for the whole album: an identity vector from the album's seed or from reference "
        "pictures, a locked description, and a portrait when a renderer is connected."
    )
    SEARCH_ALIASES = ["character", "cast", "identity embedding", "portrait", "consistent character", "anchors"]
    FUNCTION = "cast"
    RETURN_TYPES = (ALBUM_CAST, "IMAGE", "STRING", ALBUM_PLAN)
    RETURN_NAMES = ("cast", "portraits", "appearances", "plan")
    OUTPUT_IS_LIST = (False, False, True, False)
    OUTPUT_TOOLTIPS = (
        "The cast of the album, for Album Render.",
        "One portrait of each character, as a batch; a single grey picture without a renderer or without a cast.",
        "The locked description of each character, as a list; one empty text without a cast.",
        "The plan that the cast belongs to: the same, unless somebody was recast to keep a distance from the others or "
        "from the gallery. Then Album Layout and Album Render need this one.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "Whose characters are cast. Their identity comes from its seed."}),
                "portrait_size": (
                    "INT",
                    {
                        "default": PORTRAIT_SIZE,
                        "min": 64,
                        "max": 1024,
                        "step": 8,
                        "tooltip": "Side of each square portrait in pixels: 64 is a thumbnail, 1024 shows most detail. "
                        "Photos with people depend on their portraits: a new size makes them anew.",
                    },
                ),
            },
            "optional": {
                "renderer": (
                    ALBUM_RENDERER,
                    {"tooltip": "Makes the portraits. Without one, Album Render makes them before the first photo."},
                ),
                "reference": (
                    "IMAGE",
                    {
                        "tooltip": "One or more pictures of one person whom you may use, each with nobody else on it. "
                        "That person becomes the reference_character. Needs consent and an encoder with a detector."
                    },
                ),
                "reference_character": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "id or name of a person of the plan",
                        "tooltip": "Whom the reference pictures show: id or name. May stay empty when the plan has one "
                        "person only.",
                    },
                ),
                "consent": (
                    "STRING",
                    {
                        "default": "",
                        "multiline": True,
                        "placeholder": "I am the person on these pictures and agree to this album.",
                        "tooltip": "Why you may use the reference pictures, in your own words: 20 to 600 characters, "
                        "at least 4 words. It is recorded in the album and in saved casts.",
                    },
                ),
                "encoder": (
                    ALBUM_ENCODER,
                    {
                        "tooltip": "A person encoder. With it and a renderer, invented people get the vector of their "
                        "own portrait and are kept apart by its threshold. Without it the built-in one, which knows "
                        "drawn people only, serves reference and gallery."
                    },
                ),
                "gallery": (
                    ALBUM_GALLERY,
                    {
                        "tooltip": "From Album Gallery: nobody who is invented may look like the people in it. Who "
                        "does is recast, at most 4 times; take the plan from this node then."
                    },
                ),
                "anchors": (
                    ["front", "all"],
                    {
                        "default": "front",
                        "tooltip": "front = one portrait of everybody. all = also three-quarter and full-length views, "
                        "and a plate of every place without people, where the renderer can. Photos depend on their "
                        "anchors: changing it makes them anew.",
                    },
                ),
            },
        }

    def cast(
        self,
        plan,
        portrait_size,
        renderer=None,
        reference=None,
        reference_character=None,
        consent=None,
        encoder=None,
        gallery=None,
        anchors=None,
    ):
        from ..stages.identity import cast_characters

        cast = cast_characters(plan)
        if reference is not None:
            cast = _with_reference(
                cast, plan, reference, reference_character or "", consent or "", encoder, portrait_size
            )
        if renderer is not None:
            cast = with_portraits(cast, plan, renderer, size=portrait_size)
        plan, cast = _kept_apart(plan, cast, renderer, encoder, gallery, portrait_size)
        if anchors == "all":
            cast = _with_all_anchors(cast, plan, renderer, portrait_size)
        return cast, *cast_pictures(cast, portrait_size), plan


def cast_pictures(cast, size):
    """The portraits of a cast as an IMAGE, and its descriptions as a list."""
    import numpy as np

    from .images import image_batch

    portraits = [_square(portrait, size) for member in cast.members for portrait in member.portraits[:1]]
    portraits = portraits or [np.full((size, size, 3), 128, np.uint8)]
    appearances = [member.appearance for member in cast.members] or [""]  # an empty list would stop the graph
    return image_batch(portraits, len(portraits)), appearances


def _square(portrait, size):
    import numpy as np
    from PIL import Image, ImageOps

    if portrait.shape[:2] == (size, size):
        return portrait
    return np.asarray(ImageOps.pad(Image.fromarray(portrait), (size, size)))


def _with_reference(cast, plan, reference, character, consent, encoder, size):
    from ..stages.identity import cast_from_references

    people = [one for one in plan.characters if one.kind == "person"]
    if not character.strip() and len(people) == 1:
        character = people[0].id
    return cast_from_references(
        cast,
        plan,
        _pictures(reference),
        character=character,
        consent=consent,
        encoder=person_encoder_or_builtin(encoder, "reference pictures"),
        size=size,
    )


def _pictures(batch):
    """IMAGE to (height, width, 3) uint8 arrays."""
    return [(picture.clamp(0, 1) * 255).round().byte().cpu().numpy()[..., :3] for picture in batch]


def person_encoder_or_builtin(encoder, for_what):
    """The encoder that is connected, if it knows people, else the built-in one, with a word of warning."""
    import logging

    from ..stages.encoders import builtin_person_encoder
    from ..stages.errors import AlbumError

    if encoder is None:
        logging.getLogger(__name__).warning(
            "The built-in person encoder is used for the %s. It was trained on drawn people only: what it says of "
            "photographs means nothing.",
            for_what,
        )
        return builtin_person_encoder(condition="scene_to_portrait")
    if encoder.facts.looks_at != "person":
        raise AlbumError(
            f"The encoder '{encoder.facts.name}' looks at whole pictures and knows nobody: connect a person encoder."
        )
    return encoder


def _kept_apart(plan, cast, renderer, encoder, gallery, size):
    """Recast whoever looks like somebody else. Without encoder and gallery everybody stays as they were drawn."""
    from ..stages.encoders import builtin_person_encoder
    from ..stages.errors import AlbumError
    from ..stages.identity import keep_apart

    people = getattr(gallery, "people", None)
    if people is None and (encoder is None or renderer is None):
        return plan, cast
    if renderer is None:
        raise AlbumError("Whether somebody looks like the gallery's people is seen on portraits: connect a renderer.")
    if people is not None:
        encoder = gallery.resolve(person_encoder=encoder).require_person_encoder()
    encoder = encoder or builtin_person_encoder(condition="scene_to_portrait")
    try:
        return keep_apart(
            plan,
            cast,
            person_encoder_or_builtin(encoder, "cast"),
            make_portrait=lambda plan, cast, _: with_portraits(cast, plan, renderer, size=size),
            gallery=people,
            check_interrupt=_stop_if_asked,
        )
    finally:
        encoder.close()


def _stop_if_asked():
    from .host import current_host

    current_host().raise_if_interrupted()


def _with_all_anchors(cast, plan, renderer, size):
    from ..stages.errors import AlbumError
    from ..stages.identity import add_plates, add_views

    if renderer is None:
        raise AlbumError("All anchors are made by a renderer: connect one, or set `anchors` to 'front'.")
    try:
        cast = add_views(cast, plan, renderer, size=size, check_interrupt=_stop_if_asked)
        return add_plates(cast, plan, renderer, size=size, check_interrupt=_stop_if_asked)
    finally:
        renderer.close()


def require_same_looks(cast, plan):
    """Refuse a plan from before somebody of the cast was recast or replaced.

    Raises:
        AlbumError: a character looks otherwise in the plan than in the cast.
    """
    from ..stages.errors import AlbumError
    from ..stages.identity import describe_appearance

    for member in cast.members:
        changed = {f"recast.{member.character}", f"played_by.{member.character}"} & set(cast.metadata)
        if not changed or member.character not in {character.id for character in plan.characters}:
            continue
        character = plan.character(member.character)
        if describe_appearance(character) != member.appearance:
            raise AlbumError(
                f"'{character.name}' looks otherwise in the plan than in the cast, because the cast was changed after "
                "the plan was made: connect the plan output of the node that the cast comes from."
            )


def with_portraits(cast, plan, renderer, *, size):
    """The cast with a portrait for everybody who has none yet; portraits that are there stay."""
    from dataclasses import replace

    from ..stages.identity import add_portraits

    missing = replace(cast, members=tuple(member for member in cast.members if not member.portraits))
    if not missing.members:
        return cast
    try:
        made = {member.character: member for member in add_portraits(missing, plan, renderer, size=size).members}
    finally:
        renderer.close()
    return replace(cast, members=tuple(made.get(member.character, member) for member in cast.members))
