"""Places: one painter for each kind of environment."""

from collections.abc import Callable

from ..view import View
from . import coast, countryside, eating, halls, home, nature, town

# Paints sky, distance and ground of a place, back to front.
ENVIRONMENTS: dict[str, Callable[[View], None]] = {
    "park": countryside.paint_park,
    "garden": countryside.paint_garden,
    "playground": countryside.paint_playground,
    "beach": coast.paint_beach,
    "harbor": coast.paint_harbor,
    "coastal_town": coast.paint_coastal_town,
    "forest": nature.paint_forest,
    "mountain": nature.paint_mountain,
    "lake": nature.paint_lake,
    "meadow": countryside.paint_meadow,
    "desert": nature.paint_desert,
    "snowfield": nature.paint_snowfield,
    "campsite": nature.paint_campsite,
    "road": town.paint_road,
    "city_street": town.paint_city_street,
    "old_town": town.paint_old_town,
    "market": town.paint_market,
    "farm": countryside.paint_farm,
    "kitchen": home.paint_kitchen,
    "living_room": home.paint_living_room,
    "bedroom": home.paint_bedroom,
    "cafe": eating.paint_cafe,
    "restaurant": eating.paint_restaurant,
    "classroom": halls.paint_classroom,
    "museum": halls.paint_museum,
    "station": halls.paint_station,
}
