from synthetic_albums.stages.seeds import derive_seed


def test_the_same_parts_give_the_same_seed_and_others_another():
    assert derive_seed(7, "photo", "s1", 0) == derive_seed(7, "photo", "s1", 0)
    assert derive_seed(7, "photo", "s1", 0) != derive_seed(7, "photo", "s1", 1)
    assert derive_seed("ab", "c") != derive_seed("a", "bc")
