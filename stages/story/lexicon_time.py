"""Words for when: parts of the day, dates, seasons and holidays; and for weather, mood and style."""

from dataclasses import dataclass
from typing import Final

DAY_PARTS: Final[dict[str, int]] = {  # usual minute of the day
    "dawn": 350, "sunrise": 350, "at sunrise": 350, "first light": 350, "daybreak": 350, "early morning": 390,
    "crack of dawn": 350,
    "morning": 540, "mornings": 540, "late morning": 660, "mid morning": 620, "before lunch": 700, "noon": 720,
    "midday": 720,
    "lunchtime": 750, "lunch time": 750, "after lunch": 825, "early afternoon": 810, "afternoon": 900,
    "late afternoon": 1020,
    "teatime": 960, "before dinner": 1080, "sunset": 1200, "at sunset": 1200, "golden hour": 1170, "dusk": 1225,
    "twilight": 1230,
    "blue hour": 1225, "early evening": 1080, "evening": 1140, "evenings": 1140, "after dinner": 1230,
    "dinner time": 1140,
    "tonight": 1260, "night": 1290, "at night": 1290, "nighttime": 1290, "night time": 1290, "late night": 1380,
    "late at night": 1380, "after dark": 1290, "nightfall": 1260, "moonlight": 1320, "moonlit": 1320,
    "after breakfast": 570,
    "before breakfast": 430, "after school": 930, "after work": 1065, "before bed": 1250, "before school": 450,
    "before sunset": 1140, "before sunrise": 320, "after sunset": 1250, "before dark": 1150,
    "after midnight": 1435, "by night": 1290,
    "northern lights": 1320, "starry": 1310, "starlight": 1310, "fireflies": 1290, "last light": 1220,
    "night falls": 1290, "the sun sets": 1200, "the sun rises": 350, "sun goes down": 1200, "sun comes up": 350,
}  # fmt: skip
LIT_BY: Final[dict[str, str]] = {  # words that fix the light itself, whatever the season's sunset
    "golden hour": "golden_hour", "sunset": "golden_hour", "at sunset": "golden_hour", "the sun sets": "golden_hour",
    "sunrise": "sunrise", "at sunrise": "sunrise", "dawn": "sunrise", "first light": "sunrise", "daybreak": "sunrise",
    "blue hour": "blue_hour", "dusk": "blue_hour", "twilight": "blue_hour", "candlelight": "lamplight",
    "candle light": "lamplight",
    "candlelit": "lamplight", "lamplight": "lamplight", "fairy lights": "lamplight", "string lights": "lamplight",
    "firelight": "firelight", "by the fire": "firelight", "the sun rises": "sunrise", "sun goes down": "golden_hour",
    "night": "night", "at night": "night", "moonlight": "night", "moonlit": "night", "after dark": "night",
    "northern lights": "night", "stars": "night", "starry": "night", "starlight": "night", "under the stars": "night",
    "fireflies": "night", "neon": "night", "midnight": "night", "late night": "night", "nightfall": "night",
    "campfire": "firelight", "camp fire": "firelight", "bonfire": "firelight",
}  # fmt: skip
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS: Final[dict[str, tuple[int, ...]]] = {
    "spring": (4, 5), "springtime": (4, 5), "summer": (6, 7, 8), "summertime": (7, 8), "autumn": (10,), "fall": (10,),
    "winter": (1, 2), "wintertime": (1, 2), "summery": (7,), "wintry": (1, 2), "autumnal": (10,),
    "midsummer": (6,), "summer camp": (7,), "cherry blossoms": (4,), "cherry blossom": (4,),
    "harvest": (9, 10), "first snow": (12,),
}  # fmt: skip
NEXT_DAY: Final[dict[str, int]] = {
    "next day": 1, "following day": 1, "next morning": 1, "following morning": 1, "next afternoon": 1,
    "next evening": 1,
    "day after": 1, "two days later": 2, "three days later": 3, "a week later": 7, "one week later": 7, "next week": 7,
    "a month later": 30, "months later": 120, "a year later": 365, "one year later": 365, "years later": 730,
    "last day": 1,
    "next weekend": 7, "day two": 1, "day three": 1, "second day": 1, "third day": 1, "day four": 1, "fourth day": 1,
    "day five": 1, "fifth day": 1, "last morning": 1, "final day": 1, "weeks later": 21, "some days later": 3,
    "the morning after": 1,
    "a few days later": 3, "day 2": 1, "day 3": 1, "day 4": 1, "day 5": 1, "2nd day": 1, "3rd day": 1,
    "two weeks later": 14,
}  # fmt: skip
SPANS: Final[dict[str, float]] = {  # days that the story takes; a part of a day is a fraction
    "a day": 1, "day": 1, "one day": 1, "day trip": 1, "day out": 1, "weekend": 2, "long weekend": 3, "week": 7,
    "weeklong": 7,
    "vacation": 5, "holidays": 5, "trip": 3, "road trip": 4, "roadtrip": 4, "honeymoon": 5, "getaway": 2,
    "fortnight": 14,
    "expedition": 4, "journey": 3, "voyage": 4, "tour": 3, "summer vacation": 6, "a week": 7,
    "day in the life": 1, "first year": 365, "a year": 365, "one year": 365, "whole year": 365, "interrail": 6,
    "backpacking trip": 5, "staycation": 2, "overnight": 2, "summer holiday": 6, "summer holidays": 6,
    "beach vacation": 5,
    "birthday": 1, "wedding day": 1, "school trip": 1, "class trip": 1, "field trip": 1, "business trip": 2,
    "backpacking": 5,
}  # fmt: skip
TRIPS: Final = frozenset(
    {"road trip", "roadtrip", "trip", "vacation", "honeymoon", "expedition", "journey", "voyage", "tour", "interrail",
     "backpacking trip", "backpacking", "summer vacation", "summer holiday", "summer holidays", "beach vacation",
     "week", "a week"}
)  # fmt: skip


@dataclass(frozen=True)
class Holiday:
    """A day that comes with a date, a place and customs. `month` 0 is any date."""

    title: str
    month: int
    day: int
    places: str
    customs: str
    mood: str = "festive"


HOLIDAYS: Final[dict[str, Holiday]] = {
    "christmas": Holiday("Christmas", 12, 24, "living_room", "decorate_tree;gifts;dinner;bake;guitar;hot_drink"),
    "new year": Holiday("New Year", 12, 31, "city_street", "fireworks;toast;dance;hug"),
    "halloween": Holiday("Halloween", 10, 31, "city_street", "trick_or_treat;carve_pumpkin;dress_up;party"),
    "easter": Holiday("Easter", 4, 5, "garden", "egg_hunt;breakfast;picnic"),
    "thanksgiving": Holiday("Thanksgiving", 11, 26, "living_room", "dinner;toast;cook;board_game;hug"),
    "hanukkah": Holiday("Hanukkah", 12, 10, "living_room", "set_table;gifts;board_game;dinner"),
    "diwali": Holiday("Diwali", 11, 8, "living_room", "set_table;fireworks;dessert;gifts;dance"),
    "eid": Holiday("Eid", 3, 20, "living_room", "dinner;gifts;hug;dress_up"),
    "lunar new year": Holiday("Lunar New Year", 2, 17, "old_town", "street_music;dinner;gifts;fireworks"),
    "valentine's day": Holiday("Valentine's Day", 2, 14, "restaurant", "dinner;buy_flowers;toast;stroll", "romantic"),
    "mother's day": Holiday("Mother's Day", 5, 10, "kitchen", "breakfast;gifts;hug;stroll"),
    "father's day": Holiday("Father's Day", 6, 21, "garden", "cook_outdoors;gifts;ball_game;hug"),
    "fourth of july": Holiday("the Fourth of July", 7, 4, "park", "cook_outdoors;fireworks;picnic;ball_game"),
    "wedding": Holiday("the Wedding", 0, 0, "garden",
    "vows;bouquet;toast;first_dance;birthday_cake;dance;photograph;hug", "romantic"),
    "birthday": Holiday("Birthday", 0, 0, "living_room", "party;birthday_cake;gifts;bubbles;dance;hug;ball_game"),
    "anniversary": Holiday("Anniversary", 0, 0, "restaurant", "dinner;toast;gifts;dance;look_album", "romantic"),
    "graduation": Holiday("Graduation", 6, 12, "classroom", "graduate;hug;toast;photograph", "proud"),
    "carnival": Holiday("Carnival", 2, 14, "old_town", "street_music;dance;dress_up;eat_snack"),
    "midsummer": Holiday("Midsummer", 6, 20, "meadow", "dance;pick_flowers;picnic;campfire"),
}  # fmt: skip
HOLIDAY_WORDS: Final[dict[str, str]] = {
    "christmas": "christmas", "christmas eve": "christmas", "christmas day": "christmas", "xmas": "christmas",
    "christmas morning": "christmas", "new year": "new year", "new year's": "new year",
    "new year's eve": "new year", "new years eve": "new year",
    "halloween": "halloween", "halloween night": "halloween", "easter": "easter", "easter sunday": "easter",
    "thanksgiving": "thanksgiving",
    "hanukkah": "hanukkah", "diwali": "diwali", "eid": "eid", "ramadan": "eid", "lunar new year": "lunar new year",
    "chinese new year": "lunar new year", "valentine's day": "valentine's day", "valentines day": "valentine's day",
    "mother's day": "mother's day", "mothers day": "mother's day", "father's day": "father's day",
    "fathers day": "father's day",
    "fourth of july": "fourth of july", "4th of july": "fourth of july", "independence day": "fourth of july",
    "wedding": "wedding", "weddings": "wedding", "wedding day": "wedding", "wedding reception": "wedding",
    "birthday": "birthday", "birthdays": "birthday", "birthday party": "birthday", "bday": "birthday",
    "surprise birthday party": "birthday", "surprise birthday": "birthday",
    "anniversary": "anniversary", "wedding anniversary": "anniversary", "mardi gras": "carnival",
}  # fmt: skip
WEATHER_WORDS: Final[dict[str, str]] = {
    "sunny": "clear", "sunshine": "clear", "clear": "clear", "bright": "clear", "blue sky": "clear",
    "blue skies": "clear",
    "hot": "clear", "cloudy": "overcast", "overcast": "overcast", "gray sky": "overcast", "grey sky": "overcast",
    "partly cloudy": "partly_cloudy", "rain": "rain", "rainy": "rain", "raining": "rain", "drizzle": "rain",
    "wet": "rain",
    "downpour": "rain", "it rains": "rain", "rained": "rain", "rains": "rain", "showers": "rain",
    "umbrella": "rain", "umbrellas": "rain",
    "snow": "snow", "snowy": "snow", "snowing": "snow", "snowfall": "snow", "blizzard": "snow", "snowed": "snow",
    "snows": "snow",
    "fog": "fog", "foggy": "fog", "mist": "fog", "misty": "fog", "hazy": "fog", "storm": "storm", "stormy": "storm",
    "thunderstorm": "storm", "thunder": "storm", "lightning": "storm", "wind": "wind", "windy": "wind",
    "breezy": "wind",
    "gusty": "wind", "breeze": "wind", "first snow": "snow",
}  # fmt: skip
MOOD_WORDS: Final[dict[str, str]] = {
    "joy": "joyful", "joyful": "joyful", "happy": "joyful", "happiness": "joyful", "cheerful": "joyful",
    "fun": "playful",
    "calm": "calm", "peaceful": "calm", "quiet": "calm", "serene": "calm", "relaxed": "calm", "relaxing": "calm",
    "slow": "calm",
    "lazy": "calm", "adventure": "adventurous", "adventurous": "adventurous", "exciting": "adventurous",
    "wild": "adventurous",
    "romantic": "romantic", "romance": "romantic", "love": "romantic", "festive": "festive", "nostalgic": "nostalgic",
    "nostalgia": "nostalgic", "bittersweet": "nostalgic", "melancholic": "melancholic",
    "melancholy": "melancholic", "sad": "melancholic",
    "lonely": "melancholic", "solitude": "calm", "playful": "playful", "funny": "playful", "silly": "playful",
    "mischief": "playful",
    "mischievous": "playful", "chaotic": "playful", "proud": "proud", "pride": "proud", "triumph": "proud",
    "cozy": "cozy", "cosy": "cozy", "warm": "cozy", "warmth": "cozy",
    "tense": "tense", "scary": "tense", "spooky": "tense", "eerie": "tense", "dramatic": "tense",
    "heartwarming": "cozy",
}  # fmt: skip
STYLE_WORDS: Final[dict[str, str]] = {
    "black and white": "black_and_white", "black & white": "black_and_white", "monochrome": "black_and_white",
    "b&w": "black_and_white",
    "b & w": "black_and_white", "noir": "black_and_white", "black and white film": "black_and_white",
    "black and white photos": "black_and_white",
    "film": "film", "35mm": "film", "35 mm": "film", "analog": "film", "analogue": "film", "kodak": "film",
    "film grain": "film", "film photography": "film",
    "35mm film": "film", "analog film": "film", "film photos": "film", "disposable camera": "film",
    "vintage": "vintage", "retro": "vintage", "sepia": "vintage", "polaroid": "vintage",
    "old fashioned": "vintage", "1970s": "vintage",
    "1980s": "vintage", "1960s": "vintage", "1950s": "vintage", "cinematic": "cinematic", "movie like": "cinematic",
    "watercolor": "watercolor", "watercolour": "watercolor", "in watercolor": "watercolor",
    "illustration": "illustration",
    "illustrated": "illustration", "cartoon": "illustration", "storybook": "illustration",
    "comic": "illustration", "anime": "illustration", "picture book": "illustration",
    "vivid": "vivid", "colorful": "vivid", "colourful": "vivid", "vibrant": "vivid", "bright colors": "vivid",
    "natural": "natural",
    "realistic": "natural", "photorealistic": "natural", "documentary": "natural",
}  # fmt: skip
THEMES: Final[dict[str, tuple[str, ...]]] = {  # closing sentences for themes that a prompt asks to bring out
    "adventure": ("One more adventure for the album", "Adventure, it turns out, is mostly saying yes",
    "And so the adventure goes on"),
    "togetherness": ("Better together, every mile of it", "The best part was having each other",
    "Together, that was the whole idea"),
    "friendship": ("That is what friends are for", "Friends like these are for keeps"),
    "love": ("Love looks a lot like this", "There is a lot of love in one small picture"),
    "family": ("This is what family means", "A family story, to be told again every year"),
    "freedom": ("Freedom feels like this", "Free as the wind, all day long"),
    "discovery": ("There was something new behind every corner", "Curiosity led the way"),
    "joy": ("Pure joy, nothing added", "So much joy for one day"),
    "nature": ("Nature did most of the work", "Out here, nature sets the pace"),
    "peace": ("Peace and quiet, at last", "Nothing to hurry for"),
    "nostalgia": ("Already a memory, and a good one", "Some days feel like old songs"),
    "hope": ("Tomorrow looks bright from here",), "growth": ("A little taller, a little braver",),
    "tradition": ("Some things are done the way they always were",),
    "courage": ("It took some courage, and it was worth it",),
    "kindness": ("Small kindnesses, all day long",), "celebration": ("There was every reason to celebrate",),
    "romance": ("Just the two of them, and the evening",), "gratitude": ("So much to be grateful for",),
    "resilience": ("They kept going, and it showed",), "community": ("Everybody brought something, above all "
    "themselves",),
}  # fmt: skip
