"""The tokenizer of the built-in model, and captions told in other words."""

import random
import re
from typing import TYPE_CHECKING, Final, get_args

from ...stages import vocabulary as v

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

MAX_TOKENS: Final = 48
_SPECIAL: Final = ("<pad>", "<unk>", "<start>", "<end>")
_PLAIN: Final = (
    "winter", "spring", "summer", "autumn", "nobody", "one", "two", "three", "many", "person", "people", "shot", "view",
    "wide", "medium", "close", "up", "detail", "eye", "level", "low", "high", "overhead", "golden", "blue", "hour",
    "clear", "partly", "cloudy", ",", "a", "an", "the", "in", "on", "at", "by", "with", "and", "of", "under", "near",
    "to", "from", "is", "are",
)  # fmt: skip
# Words that free captions use for what the planner calls by one name; the key is the planner's.
SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "beach": ("seaside", "shore", "seashore", "sand", "sea", "ocean", "waves"), "park": ("green", "lawn"),
    "garden": ("yard", "backyard", "flowerbed"), "playground": ("swings", "slide"),
    "harbor": ("harbour", "port", "marina"), "coastal town": ("seaside town", "fishing village"),
    "forest": ("woods", "woodland", "trees", "jungle"),
    "mountain": ("mountains", "hills", "peak", "alps", "hike"), "lake": ("pond", "river", "lakeside"),
    "meadow": ("field", "pasture", "prairie"), "desert": ("dunes", "dune"),
    "snowfield": ("snow", "snowy", "ski", "slope"),
    "campsite": ("camp", "camping", "campground"), "road": ("highway", "street", "drive", "roadside"),
    "city street": ("city", "downtown", "avenue"), "old town": ("village", "town", "square", "alley"),
    "market": ("bazaar", "stalls", "fair"), "farm": ("barn", "farmyard", "ranch"), "kitchen": ("cooking",),
    "living room": ("lounge", "sofa", "home", "house"), "bedroom": ("bed",), "cafe": ("coffee", "bakery", "bar"),
    "restaurant": ("dinner", "diner"), "classroom": ("school", "class", "lesson"),
    "museum": ("gallery", "exhibition"), "station": ("train", "railway", "platform", "airport"),
    "sunrise": ("dawn", "morning"), "daylight": ("day", "noon", "sunny", "afternoon"),
    "golden hour": ("sunset", "evening"), "blue hour": ("dusk", "twilight"),
    "night": ("midnight", "moonlight", "dark"),
    "lamplight": ("lamps", "candlelight"), "firelight": ("bonfire",), "clear": ("sun", "bright"),
    "overcast": ("grey", "gray sky", "clouds"),
    "rain": ("rainy", "raining", "drizzle"), "fog": ("foggy", "mist", "misty"),
    "storm": ("stormy", "thunder", "lightning"), "wind": ("windy", "breeze"), "autumn": ("fall",),
    "one person": ("woman", "man", "girl", "boy", "child", "someone"), "two people": ("couple", "friends", "pair"),
    "three people": ("family", "trio"), "many people": ("group", "crowd"), "nobody": ("empty", "landscape"),
    "dog": ("puppy", "retriever", "terrier"), "cat": ("kitten",), "rabbit": ("bunny",), "horse": ("pony",),
    "parrot": ("bird",), "chicken": ("hen", "rooster"), "bicycle": ("bike",), "car": ("automobile",),
    "boat": ("ship", "sailboat"), "tent": ("tents",), "campfire": ("fire",), "ball": ("football",),
}  # fmt: skip


def vocabulary_words() -> list[str]:
    """Every word of the tokenizer in a fixed order: special ones, plain ones, the planner's, then synonyms."""
    kinds = (
        v.EnvironmentKind, v.Weather, v.Lighting, v.Color, v.Species, v.ObjectKind, v.AgeGroup, v.Mood, v.Pose,
        v.Emotion, v.Shot,
    )  # fmt: skip
    texts = [*_PLAIN, *(value.replace("_", " ") for kind in kinds for value in get_args(kind))]
    texts += [
        "bandstand oak tree bridge fountain pine trees clock tower lighthouse green fence statue flower bed small"
    ]
    texts += ["palm church old wooden stone"]
    texts += [word for name, others in SYNONYMS.items() for word in (name, *others)]
    words = dict.fromkeys(word for text in texts for word in re.findall(r"[a-z]+|,", text))
    return [*_SPECIAL, *words]


def build_tokenizer() -> "PreTrainedTokenizerFast":
    """A word-level tokenizer of transformers: lower case, unknown words become <unk>."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from transformers import PreTrainedTokenizerFast

    ids = {word: index for index, word in enumerate(vocabulary_words())}
    tokenizer = Tokenizer(WordLevel(ids, unk_token="<unk>"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="<start> $A <end>", special_tokens=[("<start>", ids["<start>"]), ("<end>", ids["<end>"])]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", bos_token="<start>", eos_token="<end>",
        model_max_length=MAX_TOKENS,
    )  # fmt: skip


def reworded(caption: str, rng: random.Random, *, amount: float = 0.25) -> str:
    """A caption as another writer might put it: parts left out, shuffled, and told by synonyms.

    Args:
        caption: parts separated by " , ".
        rng: of the choice.
        amount: how likely each part is replaced; half as likely it is left out, except the first, which is the place.
    """
    parts = caption.split(" , ")
    told = [
        rng.choice(SYNONYMS[part]) if part in SYNONYMS and rng.random() < amount else part
        for index, part in enumerate(parts)
        if index == 0 or rng.random() >= amount / 2
    ]
    if rng.random() < amount:
        rng.shuffle(told)
    return " , ".join(told)
