"""Local models: tiny ones of the real classes, with random weights and with every fault that a folder can have."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest
import torch
from pydantic import BaseModel
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import AlbumPlan
from synthetic_albums.stages.story.constrained import longest_closing, read_vocabulary, write_json
from synthetic_albums.stages.story.draft import SceneDraft, SummaryDraft, scene_form, schema_of
from synthetic_albums.stages.story.language_model import plan_with_model
from synthetic_albums.stages.story.local_model import LocalModelWriter, chat_text

_spec = importlib.util.spec_from_file_location("tiny_model", Path(__file__).parents[3] / "benchmarks" / "tiny_model.py")
tiny_model = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tiny_model)

ASKED = [{"role": "system", "content": "You plan."}, {"role": "user", "content": "A day at the park."}]


@pytest.fixture(autouse=True)
def _one_thread():
    """Tiny matrices are slower on several threads, much slower on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def llama(tmp_path_factory):
    return tiny_model.make_model(tmp_path_factory.mktemp("models") / "tiny-llama")


@pytest.fixture(scope="module")
def gpt2(tmp_path_factory):
    from transformers import GPT2Config, GPT2LMHeadModel

    folder = tmp_path_factory.mktemp("models") / "tiny-gpt2"
    tokenizer = tiny_model.make_tokenizer(320)
    config = GPT2Config(vocab_size=len(tokenizer) + 9, n_positions=8192, n_embd=32, n_layer=2, n_head=2)
    GPT2LMHeadModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def copy(llama, tmp_path):
    """A copy of the model's folder that a test may damage."""
    return Path(shutil.copytree(llama, tmp_path / "model"))


def _edit(folder, **change):
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **change}))


def _change_weights(folder, change):
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    change(weights)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


@pytest.mark.parametrize("temperature", [0.0, 0.7, 2.0])
def test_random_weights_write_a_valid_plan(llama, temperature):
    with LocalModelWriter(llama, device="cpu", temperature=temperature) as writer:
        plan = plan_with_model("two friends and a dog at the beach", photos=2, seed=3, style="auto", writer=writer)
    assert isinstance(plan, AlbumPlan)
    assert len(plan.scenes) == 2
    assert plan.planner == "llm@1:tiny-llama"


def test_another_architecture_with_padded_vocabulary_writes_too(gpt2):
    with LocalModelWriter(gpt2, device="cpu", temperature=1.0) as writer:
        plan = plan_with_model("ein Tag am Strand und dann ein Feuer", photos=1, seed=5, style="auto", writer=writer)
    assert len(plan.scenes) == 1


@pytest.mark.parametrize("form", [SummaryDraft, scene_form(["ana", "bo"], ["park", "lake"]), scene_form([], ["park"])])
def test_what_is_written_fits_the_schema_without_mending(llama, form):
    with LocalModelWriter(llama, device="cpu", temperature=1.0) as writer:
        for seed in range(2):
            data = _written(writer, form, seed=seed, budget=300)
            _strictly(form).model_validate(data)


@pytest.mark.parametrize("budget", [0, 1, 7, 40, 90])
def test_a_text_is_closed_when_its_budget_is_used_up(llama, budget):
    form = scene_form(["ana", "bo"], ["park", "lake"])
    with LocalModelWriter(llama, device="cpu", temperature=1.0) as writer:
        for seed in range(3):
            _strictly(form).model_validate(_written(writer, form, seed=seed, budget=budget))


def test_without_a_budget_nothing_free_is_written(llama):
    with LocalModelWriter(llama, device="cpu", temperature=1.0) as writer:
        data = _written(writer, scene_form(["ana"], ["park"]), seed=1, budget=0)
    assert (data["title"], data["caption"]) == ("", "")


def _written(writer, form, *, seed, budget):
    model, vocabulary = writer._model, writer._vocabulary
    prompt = writer._tokenizer("Plan.", return_tensors="pt")["input_ids"]
    return write_json(model, vocabulary, prompt, schema_of(form), temperature=1.0, seed=seed, budget=budget)


def _strictly(form: type[BaseModel]) -> type[BaseModel]:
    """The form as its schema has it: nothing else, and nothing left out."""

    class Strict(form):
        model_config = {"extra": "forbid"}

        @classmethod
        def model_validate(cls, data):
            assert set(data) == set(form.model_fields)
            return super().model_validate(data)

    return Strict


def test_the_same_seed_gives_the_same_draft_and_leaves_the_global_generator_alone(llama):
    form = scene_form(["ana"], ["park"])
    with LocalModelWriter(llama, device="cpu") as writer:
        before = torch.get_rng_state()
        first, second, other = (writer.write(ASKED, form, seed=seed) for seed in (1, 1, 2))
        assert torch.equal(before, torch.get_rng_state())
    assert first == second
    assert first != other


def test_the_model_is_let_go_after_the_block(llama):
    with LocalModelWriter(llama, device="cpu") as writer:
        assert writer._model is not None
    assert writer._model is None
    with pytest.raises(AlbumError, match="not loaded"):
        writer.write(ASKED, SceneDraft, seed=0)


def test_the_model_is_let_go_when_planning_fails(llama):
    writer = LocalModelWriter(llama, device="cpu")
    with pytest.raises(KeyError), writer:
        raise KeyError
    assert writer._model is None


def test_the_closing_bound_covers_every_field():
    small, large = (longest_closing(schema_of(form)) for form in (SceneDraft, SummaryDraft))
    assert small > len(json.dumps(dict.fromkeys(SceneDraft.model_fields, "")))
    assert large > 100


def test_a_chat_template_is_used_and_one_without_system_role_too():
    tokenizer = tiny_model.make_tokenizer(300)
    assert chat_text(tokenizer, ASKED) == "You plan.\n\nA day at the park.\n\nJSON:\n"
    tokenizer.chat_template = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}"
    assert chat_text(tokenizer, ASKED) == "<system>You plan.<user>A day at the park."
    refusal = "{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}"
    tokenizer.chat_template = "{% for m in messages %}" + refusal + "<{{ m.content }}>{% endfor %}"
    assert chat_text(tokenizer, ASKED) == "<You plan.\n\nA day at the park.>"
    tokenizer.chat_template = "{% for %}"
    with pytest.raises(AlbumError, match="chat template"):
        chat_text(tokenizer, ASKED)


def _remove(*patterns):
    def damage(folder):
        for pattern in patterns:
            for path in folder.glob(pattern):
                path.unlink()

    return damage


def _pickled(folder):
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04N.")


def _cut(folder):
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-4000])


def _garbled(folder):
    (folder / "model.safetensors").write_bytes(b"not weights at all" * 10)


def _larger_tokenizer(folder):
    tokenizer = tiny_model.make_tokenizer(400)
    tokenizer.add_tokens([f"<extra{n}>" for n in range(20)])
    tokenizer.save_pretrained(folder)


def _nan(folder):
    _change_weights(folder, lambda weights: weights["lm_head.weight"].fill_(float("nan")))


def _infinite(folder):
    _change_weights(folder, lambda weights: weights["lm_head.weight"].fill_(float("inf")))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_remove("*"), "no config.json"),
        (_remove("config.json"), "no config.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "cannot be read"),
        (lambda folder: (folder / "config.json").write_text("[]"), "not a model's configuration"),
        (lambda folder: _edit(folder, model_type="hyena9"), "cannot be read"),
        (
            lambda folder: _edit(folder, model_type=None, auto_map={"AutoConfig": "x.Y"}),
            "code of its own|cannot be read",
        ),
        (lambda folder: (folder / "model_index.json").write_text("{}"), "image pipeline"),
        (_remove("tokenizer*"), "no tokenizer"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "tokenizer cannot be read"),
        (_remove("*.safetensors"), "no weights"),
        (_pickled, "only as pickle"),
        (_cut, "damaged"),
        (_garbled, "damaged"),
        (lambda folder: _change_weights(folder, lambda w: w.pop("model.norm.weight")), "1 tensors are missing"),
        (lambda folder: _edit(folder, hidden_size=64, intermediate_size=96), "cannot be loaded"),
        (lambda folder: _edit(folder, architectures=["BertForMaskedLM"], model_type="bert"), "BertForMaskedLM"),
        (lambda folder: _edit(folder, architectures=["T5ForConditionalGeneration"], model_type="t5"), "T5For"),
        (_larger_tokenizer, "vocabularies do not match"),
    ],
)
def test_a_folder_with_a_fault_is_refused_by_name(copy, damage, message):
    damage(copy)
    with pytest.raises(AlbumError, match=message) as caught, LocalModelWriter(copy, device="cpu"):
        pass
    assert str(copy) in str(caught.value)


@pytest.mark.parametrize("damage", [_nan, _infinite])
def test_weights_that_give_no_numbers_are_found_when_writing(copy, damage):
    damage(copy)
    with pytest.raises(AlbumError, match="not finite"), LocalModelWriter(copy, device="cpu") as writer:
        writer.write(ASKED, SceneDraft, seed=0)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(AlbumError, match="no model folder"), LocalModelWriter(tmp_path / "nowhere"):
        pass


def test_a_context_that_is_too_short_is_said(tmp_path):
    folder = tiny_model.make_model(tmp_path / "short", context=256)
    with pytest.raises(AlbumError, match="256 tokens"), LocalModelWriter(folder, device="cpu") as writer:
        writer.write(ASKED, SceneDraft, seed=0)


def test_a_device_that_is_not_there_is_said(llama):
    with pytest.raises(AlbumError, match="device"), LocalModelWriter(llama, device="quantum"):
        pass


@pytest.mark.parametrize("temperature", [-0.1, 2.1, float("nan")])
def test_temperatures_out_of_range_are_refused(llama, temperature):
    with pytest.raises(AlbumError, match="temperature"):
        LocalModelWriter(llama, temperature=temperature)


def test_a_tokenizer_without_the_marks_of_json_is_refused():
    from tokenizers import Tokenizer, models
    from transformers import PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.WordLevel({"a": 0, "b": 1})))
    with pytest.raises(AlbumError, match=r"cannot write JSON|cannot be used"):
        read_vocabulary(tokenizer, size=2)


def test_without_llguidance_the_extra_is_named(llama, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "llguidance.hf", None)
    with pytest.raises(AlbumError, match=r"synthetic-albums\[planner\]"), LocalModelWriter(llama, device="cpu"):
        pass
