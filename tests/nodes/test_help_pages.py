"""The help page of every node: complete, and true to the code."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import synthetic_albums

ROOT = Path(synthetic_albums.__file__).parent
PAGES = ROOT / synthetic_albums.WEB_DIRECTORY / "docs"
NODES = synthetic_albums.NODE_CLASS_MAPPINGS
VALUE = "\0"  # stands where a message has a value put in
EVERY_NODE = pytest.mark.parametrize("node_id", NODES)


def sections_of(node_id):
    """Heading to text; the text before the first one is under ""."""
    parts = re.split(r"^## (.*)\n", (PAGES / f"{node_id}.md").read_text(encoding="utf-8"), flags=re.M)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def table(text):
    """The cells of a table by its first column; the heading and the line below it are left out."""
    rows = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return {first: rest for first, *rest in rows[2:]}


def declared_inputs(node_id):
    declared = NODES[node_id].INPUT_TYPES()
    yield from ((name, name, spec) for name, spec in declared.get("required", {}).items())
    yield from ((f"{name} (optional)", name, spec) for name, spec in declared.get("optional", {}).items())


EVERY_INPUT = pytest.mark.parametrize(
    ("node_id", "row", "name", "spec"),
    [(node_id, *declared) for node_id in NODES for declared in declared_inputs(node_id)],
)


def test_every_node_has_a_page_and_no_page_is_left_over():
    assert {path.stem for path in PAGES.glob("*.md")} == set(NODES)


@EVERY_NODE
def test_a_page_is_laid_out_like_the_others(node_id):
    sections = sections_of(node_id)
    assert list(sections) == ["", "Inputs", "Outputs", "Example", "When it fails"]
    title, text = sections[""].strip().split("\n\n", 1)
    assert title == f"# {synthetic_albums.NODE_DISPLAY_NAME_MAPPINGS[node_id]}"
    assert 2 <= len(re.findall(r"[.:](?:\s|$)", text)) <= 6
    assert len(sections["Example"].split()) >= 8


@EVERY_NODE
def test_a_page_lists_inputs_and_outputs_in_their_order(node_id):
    sections = sections_of(node_id)
    assert list(table(sections["Inputs"])) == [row for row, *_ in declared_inputs(node_id)]
    assert list(table(sections["Outputs"])) == list(NODES[node_id].RETURN_NAMES)


@EVERY_INPUT
def test_a_page_says_meaning_range_and_default_of_an_input(node_id, row, name, spec):
    meaning, values, default = table(sections_of(node_id)["Inputs"])[row]
    kind, options = spec
    assert meaning.endswith(".")
    if isinstance(kind, list):
        assert re.findall(r"`([^`]+)`", values) == kind
        assert default == f"`{options['default']}`"
    elif kind in ("INT", "FLOAT"):
        shown = values.replace(",", "")
        assert {options["min"], options["max"]} <= set(map(float, re.findall(r"\d+(?:\.\d+)?", shown)))
        assert ("step" not in options) or f"in steps of {options['step']}" in values
        assert float(default) == options["default"]
    elif kind == "BOOLEAN":
        assert (values, default) == ("on or off", "on" if options["default"] else "off")
    elif kind == "STRING":
        assert default.strip("`") == (options["default"] or "empty")
    else:
        assert values.startswith("from *")
        assert default == ("not connected" if row.endswith("(optional)") else "must be connected")


def test_the_plan_of_the_help_page_is_valid():
    from synthetic_albums.stages.story import read_plan

    plan = read_plan(re.search(r"```yaml\n(.*?)```", sections_of("AlbumPlanEdit")["Example"], re.S)[1])
    assert [scene.id for scene in plan.scenes] == ["arrival", "ball"]


@cache
def messages():
    """Every text in the code that is long enough to be a message."""
    found = set()
    for room in ("stages", "nodes"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                found.add(text_of(node))
    return frozenset(filter(lambda text: len(constant_words(text)) >= 3, found))


def text_of(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else VALUE for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def constant_words(text):
    return {word for word in text.split() if VALUE not in word}


def is_in_code(quoted):
    """Whether a quoted message, with … for what varies, begins like a text in the code."""
    said = {word for word in quoted.split() if "…" not in word}
    candidates = [text.split() for text in messages() if len(constant_words(text) & said) >= 3]
    beginnings = {quoted.rstrip("… "), quoted.strip("… ")}  # a … in front may be a value, or a part that is left out
    shared = max(shared_words(beginning.split(), text) for beginning in beginnings for text in [[], *candidates])
    return shared >= 3 and shared > 0.6 * len(said)


def shared_words(words, text):
    """How many words of a message the text itself has, as long as it begins the same; -1 where it does not.

    A word of the text with a value in it stands for one or more words of the message.
    """
    if not words or not text:
        return -1 if words else 0
    if VALUE not in text[0]:
        after = shared_words(words[1:], text[1:]) if words[0] == text[0] else -1
        return after + 1 if after >= 0 else -1
    shape = re.escape(text[0]).replace(re.escape(VALUE), ".*?")
    ends = (end for end in range(1, len(words) + 1) if re.fullmatch(shape, " ".join(words[:end])))
    return max((shared_words(words[end:], text[1:]) for end in ends), default=-1)


EVERY_MESSAGE = pytest.mark.parametrize(
    ("node_id", "quoted"),
    [(node_id, quoted) for node_id in NODES for quoted in table(sections_of(node_id)["When it fails"])],
)


@EVERY_MESSAGE
def test_a_quoted_message_is_one_that_the_code_can_give(node_id, quoted):
    assert is_in_code(quoted)


@EVERY_NODE
def test_every_message_has_a_remedy(node_id):
    remedies = table(sections_of(node_id)["When it fails"])
    assert remedies
    assert all(len(remedy) == 1 and remedy[0].endswith(".") for remedy in remedies.values())


@pytest.mark.parametrize(
    "quoted", ["The album name is full.", "The moon is made of cheese", "The plan … valid", "… the other"]
)
def test_a_message_that_nobody_gives_is_noticed(quoted):
    assert not is_in_code(quoted)
