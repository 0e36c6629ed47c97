import pytest
from synthetic_albums.stages.render.storyboard.features import read_feature
from synthetic_albums.stages.render.storyboard.landmarks import LANDMARKS
from synthetic_albums.stages.vocabulary import INDOOR_KINDS

INDOORS = {"fireplace", "bookshelf", "piano", "picture", "clock", "plant"}


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("red bandstand", "bandstand"),
        ("an old oak tree", "oak"),
        ("two pine trees", "pine"),
        ("long wooden pier", "pier"),
        ("white lighthouse", "lighthouse"),
        ("a stone bridge over the creek", "bridge"),
        ("grey cottages", "cabin"),
        ("a row of palms", "palms"),
        ("little cottage", "cabin"),
        ("green bench", "bench"),
        ("the smell of coffee", None),
        ("", None),
    ],
)
def test_the_drawable_noun_of_a_feature_is_found(text, noun):
    feature = read_feature(text)
    assert (feature.noun if feature else None) == noun


def test_the_colour_of_a_feature_is_read():
    assert read_feature("red bandstand").color != read_feature("blue bandstand").color
    assert read_feature("bandstand").color is None


@pytest.mark.parametrize("noun", sorted(LANDMARKS))
def test_every_landmark_changes_its_place(photo, difference, noun):
    kind = "living_room" if noun in INDOORS else "meadow"
    assert difference(photo(kind), photo(kind, features=(noun,))) > 0.12


@pytest.mark.parametrize("text", ["old oak tree", "rose bushes", "green bench", "hedge"])
def test_plants_and_things_can_be_features(photo, difference, text):
    assert difference(photo("beach"), photo("beach", features=(text,))) > 0.3


def test_a_feature_stays_where_it_is_when_another_is_added(photo, difference):
    alone = difference(photo("meadow"), photo("meadow", features=("fountain",)))
    both = difference(photo("meadow", features=("lighthouse",)), photo("meadow", features=("lighthouse", "fountain")))
    assert both == pytest.approx(alone, rel=0.6)


def test_a_feature_keeps_its_colour(photo):
    red, blue = photo("meadow", features=("red bandstand",)), photo("meadow", features=("blue bandstand",))
    changed = abs(red - blue).sum(axis=2) > 60
    assert changed.any()
    assert red[changed][:, 0].mean() > red[changed][:, 2].mean()
    assert blue[changed][:, 2].mean() > blue[changed][:, 0].mean()


@pytest.mark.parametrize("kind", sorted(INDOOR_KINDS))
def test_rooms_can_have_features(photo, difference, kind):
    assert difference(photo(kind), photo(kind, features=("grand piano",))) > 0.2
