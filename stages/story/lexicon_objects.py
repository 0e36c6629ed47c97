"""Words for things, by the kind that draws them."""

from typing import Final

OBJECT_WORDS: Final[dict[str, str]] = {
    "ball": "ball; football; soccer ball; basketball; beach ball; tennis ball; volleyball",
    "frisbee": "frisbee", "kite": "kite", "picnic_blanket": "picnic blanket; blanket", "picnic_basket": "picnic "
    "basket; "
    "basket", "umbrella": "umbrella; parasol", "beach_umbrella": "beach umbrella", "tent": "tent",
    "campfire": "campfire; bonfire", "lantern": "lantern; paper lantern; red lantern", "backpack": "backpack; rucksack",
    "suitcase": "suitcase; bag; trunk", "map": "map", "camera": "camera; film camera",
    "phone": "phone; smartphone; cell phone; mobile phone", "laptop": "laptop; computer",
    "book": "book; notebook; diary; "
    "novel; photo album", "guitar": "guitar; ukulele", "bicycle": "bicycle; bike; tricycle", "car": "car; convertible; "
    "old car; red car", "van": "van; camper van; campervan; rv; minibus", "boat": "boat; sailboat; rowboat; "
    "rowing boat; ship; yacht", "canoe": "canoe; kayak", "surfboard": "surfboard", "fishing_rod": "fishing rod",
    "sandcastle": "sandcastle", "snowman": "snowman; snowmen", "sled": "sled; sledge; sleigh", "bench": "bench",
    "table": "table", "chair": "chair; armchair; rocking chair", "cup": "cup; mug; tea cup; cup of tea; cup of coffee",
    "bowl": "bowl", "cake": "cake; birthday cake; wedding cake; cupcake; tuna cake; chocolate "
    "cake", "candles": "candlelight; by candlelight; candle",
    "gift": "gift; present", "balloons": "balloon", "flowers": "dandelion; daisy; lily; poppy; wildflower; "
    "marigold; peony; orchid; flower; bouquet; rose; tulip; sunflower; bunch "
    "of flowers",
    "ice_cream": "ice cream; ice cream cone; gelato", "pizza": "pizza; slice of pizza",
    "christmas_tree": "christmas tree", "pumpkin": "pumpkin", "stick": "stick", "leash": "leash",
    "telescope": "telescope", "toy": "model train; plush; plush toy; plushie; stuffed animal; toy train; toy; "
    "teddy bear; doll; toy car; lego", "trophy": "trophy; medal",
    "paintbrush": "paintbrush; brush", "bread": "bread; loaf of bread; baguette", "flag": "flag",
}  # fmt: skip
