import pytest
from synthetic_albums.stages.errors import AlbumError
from synthetic_albums.stages.records import AlbumPlan
from synthetic_albums.stages.story import check_plan_text, edit_scene, mask_plan, plan_story, read_list

PLAN = plan_story("two friends and a dog at the beach", photos=3, seed=1, style="auto")


def _found(text, names=(), captions=()):
    plan = edit_scene(PLAN, 2, caption=text)
    report = check_plan_text(plan, deny_names=names, private_captions=captions)
    return [finding.kind for finding in report.findings if finding.path == "scenes[1].caption"]


def test_a_harmless_plan_is_clean_and_all_its_text_was_read():
    report = check_plan_text(
        PLAN, deny_names=["Zebulon Quux"], private_captions=["We never went to that old place at all"]
    )

    assert report.clean
    assert report.fields_read > 30


@pytest.mark.parametrize(
    "text",
    [
        "Maria Schmidt smiles", "MARIA SCHMIDT smiles", "maría schmidt", "Maria\u00a0 Schmidt", "Maria-Schmidt",
        "MariaSchmidt", "Schmidt, Maria", "M a r i a Schmidt", "M.a.r.i.a S.c.h.m.i.d.t", "Ma\u200bria Sch\u00admidt",
        "M\u0430ri\u0430 Schmidt", "M4ri4 Schm1dt", "Maria Schmidt's dog", "(Maria Schmidt)",
        "\uff2d\uff41\uff52\uff49\uff41 Schmidt", "Mari\u0301a Schmidt!",
    ],
)  # fmt: skip
def test_a_listed_name_is_found_however_it_is_written(text):
    assert _found(text, names=["Maria Schmidt"]) == ["name"]


@pytest.mark.parametrize("text", ["Mariana Schmidt", "Maria laughs", "the blacksmith Schmidtke", "marias"])
def test_other_words_are_not_the_listed_name(text):
    assert _found(text, names=["Maria Schmidt"]) == []


def test_a_chinese_name_is_found_inside_a_sentence():
    assert _found("今天王小明在海边", names=["王小明"]) == ["name"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to anna.k+x@example.co.uk", "email"), ("anna at example dot com", "email"),
        ("anna (at) example [dot] com", "email"), ("ANNA@EXAMPLE.COM", "email"),
        ("anna\u200b@exam\u200bple.com", "email"),
        ("anna[4t]example(d0t)com", "email"), ("anna \uff20 example . com", "email"),
        ("call +49 170 1234567", "phone"), ("(030) 1234-5678", "phone"), ("555-123-4567", "phone"),
        ("0033.6.12.34.56.78", "phone"), ("five five five one two three four", "phone"),
        ("12 Baker Street", "address"), ("12 baker street", "address"), ("Hauptstraße 12", "address"),
        ("Calle de Alcalá 45", "address"), ("12 rue de Rivoli", "address"), ("London SW1A 2AA", "address"),
        ("48.2082, 16.3738", "coordinates"), ("48°12'30\"N 16°22'14\"E", "coordinates"),
        ("8FVC9G8F+6XQ", "coordinates"),
        ("the car B-MW 1234", "plate"), ("AB12 CDE", "plate"), ("license plate 7xk 993", "plate"),
        ("DE89 3704 0044 0532 0130 00", "iban"), ("4111 1111 1111 1111", "card"),
    ],
)  # fmt: skip
def test_personal_data_is_found_by_its_shape(text, kind):
    assert kind in _found(f"Look: {text}.")


@pytest.mark.parametrize(
    "text",
    [
        "At 10:30 on 2026-06-14 the three of them set off.", "The war museum, 1914-1918.", "12 photos of 3 friends.",
        "A 5 minute walk down the street.", "Route 66 in 1998.", "They met at noon. Dot barked.", "It is 21.5 degrees.",
        "Room 12, seat 4.", "2 kids on the street", "1,000,000 stars", "Half past seven: the market opens.",
    ],
)  # fmt: skip
def test_ordinary_captions_are_not_personal_data(text):
    assert _found(text) == []


CAPTION = "Little Tim loses his very first tooth on the blue sofa at grandma's"


@pytest.mark.parametrize(
    "text",
    [
        CAPTION, CAPTION.upper(), "Today little Tim loses his very first tooth on the stairs",
        "little  tim LOSES his very\u200b first tooth on a red chair", "Tim loses his first tooth on the blue sofa",
    ],
)  # fmt: skip
def test_overlap_with_a_private_caption_is_found(text):
    assert "private_caption" in _found(text, captions=["unrelated words about something else entirely", CAPTION])


@pytest.mark.parametrize("text", ["Tim sits on the sofa.", "His first day on the blue boat", "At the beach"])
def test_a_few_common_words_are_no_overlap(text):
    assert _found(text, captions=[CAPTION, "on the beach with Tim"]) == []


def test_a_short_private_caption_is_found_only_as_a_whole():
    assert _found("Sunday at the lake again", captions=["sunday at the lake"]) == ["private_caption"]
    assert _found("at the lake", captions=["sunday at the lake"]) == []


def test_findings_name_the_field_and_never_show_the_text():
    plan = edit_scene(PLAN, 2, caption="Zebulon came by")
    report = check_plan_text(plan, deny_names=["Zebulon"], private_captions=[])

    assert [(f.path, f.kind) for f in report.findings] == [("scenes[1].caption", "name")]
    assert "ebulon" not in " ".join(report.lines())


def test_masking_puts_one_neutral_name_everywhere_ids_included_and_leaves_a_clean_plan():
    plan = plan_story("Zebulon Quux and his dog Rusty at the market", photos=4, seed=3, style="auto")
    names = ["Zebulon Quux", "Zebulon", "Rusty"]

    masked = mask_plan(plan, check_plan_text(plan, deny_names=names, private_captions=[]))

    text = masked.model_dump_json().lower()
    assert "zebulon" not in text
    assert "rusty" not in text
    assert check_plan_text(masked, deny_names=names, private_captions=[]).clean
    assert len(masked.characters) == len(plan.characters)
    assert AlbumPlan.model_validate(masked.model_dump()) == masked
    assert masked.characters[0].name.split()[0] in masked.scenes[0].caption or masked.characters[1].name


def test_masking_takes_out_shapes_and_private_captions():
    plan = edit_scene(PLAN, 2, caption=f"{CAPTION}, call +49 170 1234567, mail a@b.de")

    masked = mask_plan(plan, check_plan_text(plan, deny_names=[], private_captions=[CAPTION]))

    assert "tooth" not in masked.scenes[1].caption
    assert "1234567" not in masked.scenes[1].caption
    assert check_plan_text(masked, deny_names=[], private_captions=[CAPTION]).clean
    assert masked.scenes[0] == PLAN.scenes[0]


def test_a_report_about_another_plan_is_refused():
    long = plan_story("two friends at the beach with Zebulon", photos=9, seed=1, style="auto")
    long = edit_scene(long, 9, caption="Zebulon waves")
    report = check_plan_text(long, deny_names=["Zebulon"], private_captions=[])

    with pytest.raises(AlbumError, match="another plan"):
        mask_plan(PLAN, report)


@pytest.mark.parametrize("names", [[""], ["x"], ["!!!"], ["Maria", "  "]])
def test_names_that_cannot_be_looked_for_are_refused(names):
    with pytest.raises(AlbumError, match="too short"):
        check_plan_text(PLAN, deny_names=names, private_captions=[])


def test_captions_without_letters_are_refused():
    with pytest.raises(AlbumError, match="private caption number 1"):
        check_plan_text(PLAN, deny_names=[], private_captions=["..."])


def test_a_list_is_read_without_comments_and_empty_lines(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# family\nMaria Schmidt\n\n Ann \n", encoding="utf-8")

    assert read_list(path) == ("Maria Schmidt", "Ann")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00x", b"# only a comment\n"])
def test_a_list_that_cannot_be_read_stops_the_check(tmp_path, content):
    path = tmp_path / "names.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(AlbumError, match=r"names\.txt.*(othing was checked)"):
        read_list(path)


def test_a_list_that_is_too_large_is_refused(tmp_path, monkeypatch):
    from synthetic_albums.stages.story import plan_check

    monkeypatch.setattr(plan_check, "MAX_LIST_BYTES", 10)
    path = tmp_path / "names.txt"
    path.write_text("a name that is long", encoding="utf-8")

    with pytest.raises(AlbumError, match="split it"):
        read_list(path)
