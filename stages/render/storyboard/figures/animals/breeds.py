"""How dog breeds differ from the plain dog: changes to its traits."""

from typing import Any, Final

# The first words found in a dog's breed or role win.
BREEDS: Final[tuple[tuple[tuple[str, ...], dict[str, Any]], ...]] = (
    (
        ("golden retriever", "retriever", "golden"),
        {"fluffy": True, "tail": "feather", "color": "golden", "second": "cream"},
    ),
    (("labrador", "lab "), {"tail": "curve", "color": "cream", "chest": 0.28}),
    (
        ("husky", "malamute", "samoyed"),
        {"ears": "pointed", "tail": "curl", "fluffy": True, "mask": "husky", "color": "gray", "second": "white"},
    ),
    (("poodle", "doodle"), {"curly": True, "tail": "pom", "color": "cream", "neck": 0.46, "leg": 0.08}),
    (
        ("corgi",),
        {"ears": "bat", "tail": "stub", "mask": "corgi", "color": "ginger", "back": 0.72, "body": 1.18, "chest": 0.27},
    ),
    (("dalmatian",), {"color": "white", "second": "black", "pattern": "spots", "tail": "curve"}),
    (("beagle", "basset"), {"mask": "beagle", "color": "ginger", "second": "white", "ears": "hound", "tail": "up"}),
    (
        ("dachshund", "sausage"),
        {"back": 0.62, "body": 1.45, "chest": 0.235, "loin": 0.20, "ears": "hound", "color": "brown", "muzzle": 0.27},
    ),
    (
        ("german shepherd", "alsatian", "shepherd"),
        {"ears": "pointed", "tail": "brush", "mask": "saddle", "color": "golden", "second": "black", "muzzle": 0.25},
    ),
    (
        ("collie", "sheepdog"),
        {"fluffy": True, "tail": "feather", "mask": "collie", "color": "black", "second": "white", "ears": "folded"},
    ),
    (
        ("terrier", "jack russell", "yorkie", "schnauzer"),
        {"ears": "folded", "tail": "up", "color": "white", "second": "brown", "pattern": "patches", "muzzle": 0.17},
    ),
    (
        ("bulldog", "pug", "boxer", "boston"),
        {
            "muzzle": 0.10,
            "muzzle_width": 0.145,
            "head": 0.245,
            "ears": "folded",
            "tail": "stub",
            "chest": 0.29,
            "color": "cream",
            "mask": "pug",
        },
    ),
    (("chihuahua",), {"ears": "bat", "head": 0.25, "muzzle": 0.13, "tail": "up", "color": "cream"}),
    (
        ("pomeranian", "spitz", "shiba", "akita"),
        {"ears": "pointed", "tail": "curl", "fluffy": True, "color": "ginger", "second": "cream", "mask": "corgi"},
    ),
    (
        ("greyhound", "whippet"),
        {"chest": 0.215, "loin": 0.14, "muzzle": 0.28, "muzzle_width": 0.08, "color": "gray", "tail": "long"},
    ),
)
