"""Nodes that change or check a plan after it was made."""

from ..stages.vocabulary import ANGLES, LIGHTINGS, MOODS, SHOTS, WEATHERS
from .sockets import ALBUM_PLAN

UNCHANGED = "unchanged"
MAX_SCENES = 1000


class AlbumSceneEdit:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = (
        "Changes one scene of a plan: caption, emotion, camera, time, light, cast or things. Ids stay, so that "
        "only this photo is made again."
    )
    SEARCH_ALIASES = ["edit scene", "change caption", "camera angle", "redo photo", "story"]
    FUNCTION = "edit"
    RETURN_TYPES = (ALBUM_PLAN, "STRING")
    RETURN_NAMES = ("plan", "plan_json")
    OUTPUT_TOOLTIPS = ("The plan with the scene changed.", "The plan as JSON.")

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "The plan to change."}),
                "scene": (
                    "INT",
                    {
                        "default": 1,
                        "min": 1,
                        "max": MAX_SCENES,
                        "tooltip": f"Number of the photo, from 1, the first, to {MAX_SCENES} at most.",
                    },
                ),
                "caption": _text("The new caption; empty = unchanged.", multiline=True),
                "emotion": _text("Of everybody ('happy') or by name ('Maya: happy, Tom: tired'); empty = unchanged."),
                "mood": _choice(MOODS, "The mood of the photo."),
                "camera_shot": _choice(SHOTS, "wide shows the place, detail a single thing."),
                "camera_angle": _choice(ANGLES, "Where the camera is; low looks up, overhead looks straight down."),
                "time": _text(
                    "'18:30' keeps the day, '2026-06-14T18:30' sets both; empty = unchanged. Must stay "
                    "between the scenes before and after."
                ),
                "lighting": _choice(LIGHTINGS, "The light; unchanged follows the clock when the time changes."),
                "weather": _choice(WEATHERS, "The weather outside."),
                "cast_add": _text("Names or ids of characters who join, separated by commas; empty = nobody."),
                "cast_remove": _text("Names or ids of characters who leave, separated by commas; empty = nobody."),
                "objects_add": _text("Things that join: 'ball', '3 red balloons'; separated by commas, empty = none."),
                "objects_remove": _text("Things that go, by id, kind or name, separated by commas; empty = none."),
            }
        }

    def edit(
        self,
        plan,
        scene,
        caption,
        emotion,
        mood,
        camera_shot,
        camera_angle,
        time,
        lighting,
        weather,
        cast_add,
        cast_remove,
        objects_add,
        objects_remove,
    ):
        from ..stages.story import edit_scene, plan_json

        edited = edit_scene(
            plan,
            scene,
            caption=caption.strip(),
            emotion=emotion.strip(),
            mood=_chosen(mood),
            camera_shot=_chosen(camera_shot),
            camera_angle=_chosen(camera_angle),
            time=time.strip(),
            lighting=_chosen(lighting),
            weather=_chosen(weather),
            cast_add=cast_add,
            cast_remove=cast_remove,
            objects_add=objects_add,
            objects_remove=objects_remove,
        )
        return edited, plan_json(edited)


class AlbumPlanMerge:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = "Continues one plan with another: characters of the same id and name are shared, times go on."
    SEARCH_ALIASES = ["merge plans", "append story", "continue album", "join"]
    FUNCTION = "merge"
    RETURN_TYPES = (ALBUM_PLAN, "STRING")
    RETURN_NAMES = ("plan", "plan_json")
    OUTPUT_TOOLTIPS = ("Both plans as one.", "The plan as JSON.")

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "first": (ALBUM_PLAN, {"tooltip": "What comes first; its seed, style and ids stay as they are."}),
                "second": (ALBUM_PLAN, {"tooltip": "What follows; ids that clash are renamed, times never run back."}),
            }
        }

    def merge(self, first, second):
        from ..stages.story import merge_plans, plan_json

        plan = merge_plans(first, second)
        return plan, plan_json(plan)


class AlbumPlanCheck:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = (
        "Reads all text of a plan for personal data: listed names, e-mail, phone, street address, coordinates, plates "
        "and overlap with private captions. Masks what it finds, or stops the run."
    )
    SEARCH_ALIASES = ["privacy", "personal data", "pii", "deny list", "text gate", "mask"]
    FUNCTION = "check"
    RETURN_TYPES = (ALBUM_PLAN, "STRING", "INT")
    RETURN_NAMES = ("plan", "report", "findings")
    OUTPUT_TOOLTIPS = (
        "The plan, masked if that was asked for.",
        "One line for each finding, without the text that was found.",
        "How many findings there were.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "plan": (ALBUM_PLAN, {"tooltip": "Whose text is read."}),
                "when_found": (
                    ["mask", "stop", "report"],
                    {
                        "default": "mask",
                        "tooltip": "mask = replace what is found, stop = end the run with an error, report = only say.",
                    },
                ),
                "deny_names_file": _text(
                    "A text file with one name a line that must not appear: a full path, or one inside the input "
                    "folder. Empty = no names."
                ),
                "private_captions_file": _text(
                    "A text file with one private caption a line that must not be repeated: a full path, or one "
                    "inside the input folder. Empty = none."
                ),
            }
        }

    @classmethod
    def IS_CHANGED(cls, deny_names_file, private_captions_file, **_others):
        """Follows the files, so that a name that was added is looked for. A linked one is known only at run time."""
        if deny_names_file is None or private_captions_file is None:
            return float("nan")
        files = [_file(name) for name in (deny_names_file, private_captions_file) if name.strip()]
        try:
            return "".join(f"{status.st_size},{status.st_mtime_ns};" for status in (file.stat() for file in files))
        except OSError:
            return float("nan")  # run it, then the error is shown on the node

    def check(self, plan, when_found, deny_names_file, private_captions_file):
        from ..stages.errors import AlbumError
        from ..stages.story import check_plan_text, mask_plan, read_list

        report = check_plan_text(
            plan,
            deny_names=read_list(_file(deny_names_file)) if deny_names_file.strip() else (),
            private_captions=read_list(_file(private_captions_file)) if private_captions_file.strip() else (),
        )
        if report.findings and when_found == "stop":
            raise AlbumError(
                f"The plan holds personal data in {len(report.findings)} places: {'; '.join(report.lines()[:10])}. "
                "Edit the plan, or choose to mask it."
            )
        text = "\n".join([f"{len(report.findings)} findings in {report.fields_read} texts.", *report.lines()])
        masked = mask_plan(plan, report) if report.findings and when_found == "mask" else plan
        return masked, text, len(report.findings)


def _text(tooltip, *, multiline=False):
    return ("STRING", {"default": "", "multiline": multiline, "tooltip": tooltip})


def _choice(values, tooltip):
    return ([UNCHANGED, *values], {"default": UNCHANGED, "tooltip": tooltip})


def _chosen(value):
    return "" if value == UNCHANGED else value


def _file(name):
    from os.path import expanduser

    from .host import current_host

    return current_host().input_directory() / expanduser(name.strip())
