"""The closed vocabularies that plans, layouts and drawings share.

Plain `Literal` types and tuples made from them: nodes build their combos from these without importing pydantic.
The values are saved in users' workflows and albums, so they are only ever appended, never renamed.
"""

from typing import Final, Literal, get_args

AgeGroup = Literal["baby", "child", "teen", "young_adult", "adult", "senior"]
Gender = Literal["female", "male", "unspecified"]
Build = Literal["slim", "average", "athletic", "broad"]
Height = Literal["short", "average", "tall"]
HairStyle = Literal[
    "bald", "buzz", "short", "curly_short", "pixie", "bob", "long", "wavy_long", "curly_long", "afro", "ponytail",
    "bun", "braids",
]  # fmt: skip
HairColor = Literal[
    "black", "dark_brown", "brown", "light_brown", "auburn", "red", "blonde", "gray", "white", "blue", "pink",
]  # fmt: skip
FacialHair = Literal["none", "stubble", "moustache", "beard"]
FaceShape = Literal["oval", "round", "square", "heart", "long"]
EyeColor = Literal["brown", "hazel", "green", "blue", "gray"]
Accessory = Literal[
    "glasses", "sunglasses", "cap", "sun_hat", "beanie", "headscarf", "turban", "scarf", "earrings", "necklace",
    "watch", "backpack", "hair_bow", "flower_crown", "party_hat", "bow_tie", "headphones", "helmet",
]  # fmt: skip
Top = Literal[
    "t_shirt", "shirt", "blouse", "tank_top", "sweater", "hoodie", "jacket", "coat", "raincoat", "suit", "dress",
    "swimsuit", "jersey",
]  # fmt: skip
Bottom = Literal["jeans", "trousers", "shorts", "skirt", "leggings", "swim_shorts", "none"]
Footwear = Literal["sneakers", "boots", "shoes", "sandals", "heels", "barefoot"]
Pattern = Literal["plain", "striped", "checked", "dotted", "floral"]
Color = Literal[
    "white", "black", "gray", "beige", "brown", "red", "burgundy", "orange", "yellow", "green", "olive", "teal",
    "turquoise", "blue", "navy", "purple", "pink",
]  # fmt: skip
Species = Literal[
    "dog", "cat", "rabbit", "horse", "parrot", "duck", "chicken", "cow", "sheep", "goat", "turtle", "other",
]  # fmt: skip
CoatColor = Literal["black", "white", "gray", "brown", "golden", "cream", "ginger", "green", "red", "blue"]
CoatPattern = Literal["plain", "patches", "spots", "tabby"]
AnimalSize = Literal["small", "medium", "large"]
Relation = Literal[
    "partner", "spouse", "parent", "sibling", "grandparent", "friend", "pet", "relative", "colleague", "teacher",
]  # fmt: skip

EnvironmentKind = Literal[
    "park", "garden", "playground", "beach", "harbor", "coastal_town", "forest", "mountain", "lake", "meadow",
    "desert", "snowfield", "campsite", "road", "city_street", "old_town", "market", "farm", "kitchen", "living_room",
    "bedroom", "cafe", "restaurant", "classroom", "museum", "station",
]  # fmt: skip
INDOOR_KINDS: Final[frozenset[str]] = frozenset(
    {"kitchen", "living_room", "bedroom", "cafe", "restaurant", "classroom", "museum", "station"}
)
Weather = Literal["clear", "partly_cloudy", "overcast", "rain", "snow", "fog", "storm", "wind"]
Lighting = Literal["sunrise", "daylight", "golden_hour", "blue_hour", "night", "lamplight", "firelight"]
Mood = Literal[
    "joyful", "calm", "adventurous", "romantic", "festive", "nostalgic", "melancholic", "playful", "proud", "cozy",
    "tense",
]  # fmt: skip
Emotion = Literal[
    "neutral", "happy", "laughing", "content", "excited", "surprised", "thoughtful", "sad", "angry", "tired",
]  # fmt: skip
Pose = Literal[
    "standing", "walking", "running", "jumping", "sitting", "kneeling", "crouching", "lying", "sleeping", "dancing",
    "climbing", "swimming", "cycling", "waving", "pointing", "cheering", "hugging", "holding_hands", "eating",
    "drinking", "reading", "photographing", "carrying", "throwing", "cooking", "playing",
]  # fmt: skip
Facing = Literal["left", "right", "camera", "away"]
Shot = Literal["wide", "medium", "close_up", "detail"]
Angle = Literal["eye_level", "low", "high", "overhead"]
InteractionKind = Literal[
    "holding_hands", "hugging", "kissing", "talking", "looking_at", "walking_together", "playing_with", "throwing_to",
    "chasing", "petting", "feeding", "dancing_with", "posing_together", "carrying", "sharing", "riding", "helping",
]  # fmt: skip
ObjectKind = Literal[
    "ball", "frisbee", "kite", "picnic_blanket", "picnic_basket", "umbrella", "beach_umbrella", "tent", "campfire",
    "lantern", "backpack", "suitcase", "map", "camera", "phone", "laptop", "book", "guitar", "bicycle", "car", "van",
    "boat", "canoe", "surfboard", "fishing_rod", "sandcastle", "snowman", "sled", "bench", "table", "chair", "cup",
    "bowl", "cake", "candles", "gift", "balloons", "flowers", "ice_cream", "pizza", "christmas_tree", "pumpkin",
    "stick", "leash", "telescope", "toy", "trophy", "paintbrush", "bread", "flag", "other",
]  # fmt: skip
StyleName = Literal[
    "natural", "vivid", "black_and_white", "film", "vintage", "cinematic", "watercolor", "illustration",
]  # fmt: skip

ENVIRONMENT_KINDS: Final = get_args(EnvironmentKind)
WEATHERS: Final = get_args(Weather)
LIGHTINGS: Final = get_args(Lighting)
POSES: Final = get_args(Pose)
MOODS: Final = get_args(Mood)
SHOTS: Final = get_args(Shot)
ANGLES: Final = get_args(Angle)
OBJECT_KINDS: Final = get_args(ObjectKind)
STYLE_NAMES: Final = get_args(StyleName)

# Monk Skin Tone scale, tones 1 (lightest) to 10 (darkest), sRGB. Source: Monk (2019), skintone.google, CC BY 4.0.
MONK_SKIN_TONES: Final[tuple[str, ...]] = (
    "#f6ede4", "#f3e7db", "#f7ead0", "#eadaba", "#d7bd96", "#a07e56", "#825c43", "#604134", "#3a312a", "#292420",
)  # fmt: skip

# OpenPose/COCO-18 joint order. Source: Cao et al., OpenPose, TPAMI 2019; the order ControlNet's annotator draws.
OPENPOSE_18: Final[tuple[str, ...]] = (
    "nose", "neck", "r_shoulder", "r_elbow", "r_wrist", "l_shoulder", "l_elbow", "l_wrist", "r_hip", "r_knee",
    "r_ankle", "l_hip", "l_knee", "l_ankle", "r_eye", "l_eye", "r_ear", "l_ear",
)  # fmt: skip
