"""Planning nodes: a prompt or a text becomes a checked plan."""

from ..stages.vocabulary import STYLE_NAMES
from .sockets import ALBUM_PLAN


class AlbumStoryPlanner:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = (
        "Turns a prompt into an album plan: ordered scenes with cast, place, time, weather and light. "
        "Works by rules, needs no model, and always gives the same plan for the same inputs."
    )
    SEARCH_ALIASES = ["story", "plan", "prompt to album", "photo album", "scenes", "storyboard"]
    FUNCTION = "plan"
    RETURN_TYPES = (ALBUM_PLAN, "STRING", "STRING", "INT")
    RETURN_NAMES = ("plan", "plan_json", "captions", "photos")
    OUTPUT_IS_LIST = (False, False, True, False)
    OUTPUT_TOOLTIPS = (
        "The checked plan.",
        "The plan as JSON, to read, keep or edit.",
        "One caption for each photo, as a list.",
        "How many photos the plan has.",
    )

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "prompt": (
                    "STRING",
                    {
                        "default": "a day at the park with a golden retriever",
                        "multiline": True,
                        "tooltip": "The story in English: who, where, when, what happens in which order. "
                        "From a few words to 4,000 characters.",
                    },
                ),
                "photos": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 1000,
                        "tooltip": "How many photos, at most 1000. 0 = as many as the prompt asks for or needs.",
                    },
                ),
                "seed": (
                    "INT",
                    {
                        "default": 0,
                        "min": 0,
                        "max": 2**53 - 1,
                        "control_after_generate": True,
                        "tooltip": "Chooses what the prompt leaves open, 0 to 2^53-1. Same seed, same album.",
                    },
                ),
                "style": (
                    ["auto", *STYLE_NAMES],
                    {
                        "default": "auto",
                        "tooltip": "The look of all photos. auto = what the prompt says, else natural.",
                    },
                ),
            }
        }

    def plan(self, prompt, photos, seed, style):
        from ..stages.story import plan_story

        return plan_outputs(plan_story(prompt, photos=photos or None, seed=seed, style=style))


class AlbumPlanEdit:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = "Replaces a plan by your own JSON or YAML text and checks it; errors name the field."
    SEARCH_ALIASES = ["edit plan", "json", "yaml", "story", "custom plan"]
    FUNCTION = "edit"
    RETURN_TYPES = (ALBUM_PLAN, "STRING")
    RETURN_NAMES = ("plan", "plan_json")
    OUTPUT_TOOLTIPS = ("The checked plan.", "The plan as JSON.")

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "text": (
                    "STRING",
                    {
                        "default": "",
                        "multiline": True,
                        "placeholder": "a whole plan as JSON or YAML; empty = take the connected plan",
                        "tooltip": "A whole plan as JSON or YAML, at most 2 MB. Empty passes the connected plan on.",
                    },
                )
            },
            "optional": {
                "plan": (ALBUM_PLAN, {"tooltip": "Used as it is while the text is empty; otherwise not read."}),
            },
        }

    @classmethod
    def VALIDATE_INPUTS(cls, text):
        from ..stages.errors import AlbumError
        from ..stages.story import read_plan

        try:
            if text is not None and text.strip():  # None: linked, known only when the graph runs
                read_plan(text)
        except AlbumError as error:
            return str(error)
        return True

    def edit(self, text, plan=None):
        from ..stages.errors import AlbumError
        from ..stages.story import plan_json, read_plan

        if text.strip():
            plan = read_plan(text)
        elif plan is None:
            raise AlbumError("There is no plan to edit: connect one, or write one as JSON or YAML into the text.")
        return plan, plan_json(plan)


def plan_outputs(plan):
    """What every planner gives: the plan, its JSON, one caption for each photo, and how many photos there are."""
    from ..stages.story import plan_json

    return plan, plan_json(plan), [scene.caption for scene in plan.scenes], len(plan.scenes)
