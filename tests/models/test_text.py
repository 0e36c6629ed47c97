import random

import pytest
from synthetic_albums.models.train.text import MAX_TOKENS, SYNONYMS, build_tokenizer, reworded, vocabulary_words

CAPTION = "beach , old oak tree , golden hour , clear , summer , wide shot , low view , two people , dog , yellow ball"


def test_words_are_unique_and_the_special_ones_come_first():
    words = vocabulary_words()
    assert len(set(words)) == len(words)
    assert words[:4] == ["<pad>", "<unk>", "<start>", "<end>"]


def test_the_tokenizer_knows_its_words_in_any_case_and_only_those():
    tokenizer = build_tokenizer()
    words = vocabulary_words()
    ids = tokenizer("BEACH , zeppelin")["input_ids"]
    assert [words[index] for index in ids] == ["<start>", "beach", ",", "<unk>", "<end>"]
    assert len(tokenizer("beach " * 99, truncation=True)["input_ids"]) == MAX_TOKENS


@pytest.mark.parametrize("seed", range(8))
def test_a_caption_in_other_words_has_only_words_that_are_known(seed):
    tokenizer = build_tokenizer()
    told = reworded(CAPTION, random.Random(seed), amount=0.8)
    assert told
    assert tokenizer.unk_token_id not in tokenizer(told)["input_ids"]
    assert told == reworded(CAPTION, random.Random(seed), amount=0.8)


def test_the_place_is_never_left_out_and_nothing_changes_at_amount_0():
    place = {"beach", *SYNONYMS["beach"]}
    for seed in range(40):
        assert place & set(reworded(CAPTION, random.Random(seed), amount=0.9).split(" , "))
    assert reworded(CAPTION, random.Random(0), amount=0.0) == CAPTION
