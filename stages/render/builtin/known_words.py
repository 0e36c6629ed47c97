"""Which words of a scene a loaded model knows, and what it is told in place of the others.

A plan may say more than a model was taught: its vocabulary grew after the training, or a place has a feature in free
text. Unknown words are left out, never passed on as noise, and whoever renders is told once.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..renderer import PhotoJob
from ..storyboard.features import read_feature
from .words import place_and_light, region_text, scene_words

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

_PIECE: Final = re.compile(r"\w+|,")  # the words that the tokenizer's own splitting gives, and the comma it knows
_TELLS_NOTHING: Final = frozenset(
    ("a", "an", "the", "in", "on", "at", "by", "with", "and", "of", "under", "near", "to", "from", "is", "are", ",")
)


@dataclass(frozen=True)
class Understood:
    """The words of a caption in their order, lower case.

    known: with the commas between them, as the text encoder is given them. unknown: without repeats.
    """

    known: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def text(self) -> str:
        """The caption without what is not known."""
        return " ".join(self.known)

    @property
    def says_something(self) -> bool:
        """Whether a known word is more than an article, a preposition or a comma."""
        return any(word not in _TELLS_NOTHING for word in self.known)


@dataclass(frozen=True)
class Unknown:
    """What of one scene a model cannot be told.

    values: "slot:value" words of the scene and its regions. caption: plain words. Both without repeats.
    """

    values: tuple[str, ...]
    caption: tuple[str, ...]

    def without(self, said: Collection[str]) -> "Unknown":
        """The same without what was said before."""
        return Unknown(
            tuple(value for value in self.values if value not in said),
            tuple(word for word in self.caption if word not in said),
        )

    def sentences(self, job: PhotoJob) -> list[str]:
        """What to say of it: which words, in which scene, and what the model falls back to."""
        where = f"in scene '{job.scene.id}'"
        found = []
        if self.values:
            shown = ", ".join(f"{slot.replace('_', ' ')} '{said}'" for slot, _, said in map(_parted, self.values))
            found.append(
                f"The built-in model was not taught {shown} ({where}): it falls back to the blueprint and to what else "
                "is said there."
            )
        if self.caption:
            shown = ", ".join(f"'{word}'" for word in self.caption)
            found.append(
                f"The built-in model does not know {shown} ({where}): it falls back to the words that it knows, among "
                f"them '{place_and_light(job).replace(' , ', ', ')}'."
            )
        return found


def understood(caption: str, tokenizer: "PreTrainedTokenizerFast") -> Understood:
    """Part the words of a caption into those that a tokenizer knows and those that it does not.

    Args:
        caption: any text; case and punctuation do not matter.
        tokenizer: a word-level tokenizer. Its special tokens are no words: "<end>" in a caption ends nothing.
    """
    vocabulary = tokenizer.get_vocab()
    pieces = _PIECE.findall(caption.lower())
    known: list[str] = []
    for piece in pieces:
        if piece in vocabulary and (piece != "," or known[-1:] not in ([], [","])):
            known.append(piece)
    if known[-1:] == [","]:
        known.pop()
    return Understood(tuple(known), tuple(dict.fromkeys(piece for piece in pieces if piece not in {*vocabulary, ","})))


def told_caption(caption: str, job: PhotoJob, tokenizer: "PreTrainedTokenizerFast") -> str:
    """The caption that a model is given: its known words, or the scene's place and light where there is none.

    Args:
        caption: the scene's own of `scene_caption`, or free text.
        job: whose place and light are fallen back to.
        tokenizer: of the model.
    """
    heard = understood(caption, tokenizer)
    return heard.text if heard.says_something else understood(place_and_light(job), tokenizer).text


def unknown_words(
    job: PhotoJob, word_ids: Mapping[str, int], tokenizer: "PreTrainedTokenizerFast", *, caption: str | None = None
) -> Unknown:
    """What of a scene a model cannot be told.

    Args:
        job: the scene.
        word_ids: of the model's conditioner.
        tokenizer: of the model.
        caption: free text that the scene is told by. Without one the plan tells it, and of what the plan says only
            features of its place can be unknown that no drawer reads either.
    """
    texts = [region_text(job, region) for region in job.layout.regions]
    said = [*scene_words(job), *(word for text in texts for word in (*text.scene, *text.looks))]
    if caption is None:  # the plan speaks in the model's own words, but for features of places that are free text
        caption = " , ".join(text for text in job.environment.features if read_feature(text) is None)
    values = dict.fromkeys(word for word in said if word not in word_ids)
    return Unknown(tuple(values), understood(caption, tokenizer).unknown)


def _parted(value: str) -> Sequence[str]:
    slot, colon, said = value.partition(":")
    return slot, colon, said.replace("_", " ")
