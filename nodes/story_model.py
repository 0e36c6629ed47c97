"""Planning with a language model: a local one, or a server's."""

from ..stages.vocabulary import STYLE_NAMES
from .sockets import ALBUM_PLAN
from .story import plan_outputs


def _story_inputs():
    """What both planners share with Album Story Planner."""
    return {
        "prompt": (
            "STRING",
            {
                "default": "a day at the park with a golden retriever",
                "multiline": True,
                "tooltip": "The story: who, where, when, what happens in which order. From a few words to 4,000 "
                "characters; other languages than English are left to the model alone.",
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
                "tooltip": "Chooses what prompt and model leave open, 0 to 2^53-1.",
            },
        ),
        "style": (
            ["auto", *STYLE_NAMES],
            {"default": "auto", "tooltip": "The look of all photos. auto = what the prompt says, else natural."},
        ),
        "temperature": (
            "FLOAT",
            {
                "default": 0.8,
                "min": 0.0,
                "max": 2.0,
                "step": 0.05,
                "tooltip": "0 = always the likeliest word, 1 = as varied as the model learnt, 2 = wild.",
            },
        ),
    }


class AlbumLanguageModelPlanner:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = (
        "Plans an album with a local language model: the summary first, then one scene at a time. Whatever the model "
        "writes, the plan is valid; what the prompt says for certain stands, and rules complete the rest."
    )
    SEARCH_ALIASES = ["llm", "language model", "story", "plan", "transformers", "hugging face"]
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
                **_story_inputs(),
                "model_folder": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "folder of a causal language model",
                        "tooltip": "A Hugging Face model folder with safetensors weights: a full path, or one inside "
                        "models/LLM. Nothing is downloaded.",
                    },
                ),
                "device": (
                    ["auto", "cpu", "cuda", "mps"],
                    {"default": "auto", "tooltip": "Where the model runs. auto = the GPU when there is one."},
                ),
            }
        }

    def plan(self, prompt, photos, seed, style, temperature, model_folder, device):
        from os.path import expanduser

        from ..stages.errors import AlbumError
        from ..stages.story import LocalModelWriter
        from .host import current_host

        if not model_folder.strip():
            raise AlbumError("Name the folder of a language model, or use Album Story Planner, which needs none.")
        folder = current_host().language_model_directory() / expanduser(model_folder.strip())
        with LocalModelWriter(folder, device=device, temperature=temperature) as writer:
            return _planned(prompt, photos, seed, style, writer)


class AlbumEndpointPlanner:
    CATEGORY = "Synthetic Albums/story"
    DESCRIPTION = (
        "Plans an album with an OpenAI-compatible server such as Ollama, vLLM or LM Studio. Only the address given is "
        "asked; the key stays in an environment variable and never enters the workflow."
    )
    SEARCH_ALIASES = ["llm", "ollama", "openai", "vllm", "lm studio", "story", "plan"]
    FUNCTION = "plan"
    RETURN_TYPES = (ALBUM_PLAN, "STRING", "STRING", "INT")
    RETURN_NAMES = ("plan", "plan_json", "captions", "photos")
    OUTPUT_IS_LIST = (False, False, True, False)
    OUTPUT_TOOLTIPS = AlbumLanguageModelPlanner.OUTPUT_TOOLTIPS

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                **_story_inputs(),
                "base_url": (
                    "STRING",
                    {
                        "default": "http://127.0.0.1:11434/v1",
                        "tooltip": "The server's address up to /v1, http or https. No other host is asked.",
                    },
                ),
                "model": (
                    "STRING",
                    {"default": "", "tooltip": "The model's name on that server, 1 to 150 characters."},
                ),
                "key_variable": (
                    "STRING",
                    {
                        "default": "",
                        "placeholder": "e.g. ALBUM_API_KEY",
                        "tooltip": "NAME of the environment variable that holds the key; it begins with ALBUM_. Never "
                        "the key itself. Empty = no key.",
                    },
                ),
                "timeout_seconds": (
                    "FLOAT",
                    {
                        "default": 120.0,
                        "min": 1.0,
                        "max": 3600.0,
                        "tooltip": "How long to wait for each answer in seconds, 1 to 3600.",
                    },
                ),
            }
        }

    def plan(self, prompt, photos, seed, style, temperature, base_url, model, key_variable, timeout_seconds):
        from ..stages.story import EndpointWriter

        writer = EndpointWriter(
            base_url.strip(),
            model.strip(),
            key_variable=key_variable.strip(),
            timeout_seconds=timeout_seconds,
            temperature=temperature,
        )
        with writer:
            return _planned(prompt, photos, seed, style, writer)


def _planned(prompt, photos, seed, style, writer):
    from ..stages.story import plan_with_model
    from .host import current_host

    host = current_host()
    update = host.progress(1)

    def on_step(done, total):
        host.raise_if_interrupted()
        update(done, total, None)

    plan = plan_with_model(prompt, photos=photos or None, seed=seed, style=style, writer=writer, on_step=on_step)
    update(1, 1, None)
    return plan_outputs(plan)
