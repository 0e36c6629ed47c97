import dataclasses

import numpy as np
import pytest
from synthetic_albums.stages.records import Region
from synthetic_albums.stages.render.builtin.colours import region_colours
from synthetic_albums.stages.render.builtin.raster import PARTS
from synthetic_albums.stages.render.storyboard.figures import palette


def colours_of(job, ref, **options):
    region = next(region for region in job.layout.regions if region.ref == ref)
    table = region_colours(job, region, **options)
    assert table.shape == (len(PARTS), 4)
    assert set(np.unique(table[:, 3])) <= {0.0, 1.0}
    assert not table[table[:, 3] == 0].any()
    return {
        name: tuple(np.rint((row[:3] + 1) * 127.5).astype(int))
        for name, row in zip(PARTS, table, strict=True)
        if row[3]
    }


def dressed(job, **clothes):
    outfits = (job.outfits[0].model_copy(update=clothes), *job.outfits[1:])
    return dataclasses.replace(job, outfits=outfits)


def test_a_person_is_coloured_by_clothes_skin_and_hair(job):
    scene = dressed(job(people=("ana",)), top="t_shirt", bottom="shorts", bottom_color="white", footwear_color="black")
    found = colours_of(scene, "ana")
    skin = tuple(palette.skin(5))
    assert found["body"] == tuple(palette.CLOTH["blue"])
    assert found["thigh"] == tuple(palette.CLOTH["white"])
    assert found["foot"] == tuple(palette.CLOTH["black"])
    assert found["hair"] == tuple(palette.HAIR["red"])
    assert found["face"] == found["hand"] == found["forearm"] == found["shin"] == skin


def test_long_sleeves_and_trousers_cover(job):
    found = colours_of(dressed(job(people=("ana",)), top="sweater", bottom="jeans", bottom_color="navy"), "ana")
    assert found["forearm"] == found["body"]
    assert found["shin"] == found["thigh"] == tuple(palette.CLOTH["navy"])


def test_bare_feet_are_skin_and_a_dress_reaches_the_thighs(job):
    found = colours_of(dressed(job(people=("ana",)), top="dress", bottom="none", footwear="barefoot"), "ana")
    assert found["thigh"] == found["body"]
    assert found["foot"] == found["shin"] == tuple(palette.skin(5))


def test_without_looks_only_clothes_have_a_colour(job):
    found = colours_of(dressed(job(people=("ana",)), top="t_shirt", bottom="shorts"), "ana", looks=False)
    assert set(found) == {"body", "thigh", "foot"}


@pytest.mark.parametrize(("ref", "known"), [("toy", {"body"}), ("rex", set())])
def test_things_have_the_colour_that_is_said_and_animals_that_of_their_coat(job, ref, known):
    assert set(colours_of(job(), ref)) == known


def test_a_region_of_nobody_has_no_colour(job):
    stray = Region(id="r", kind="object", ref="ghost", box=(0, 0, 1, 1), depth=0.5)
    assert not region_colours(job(), stray).any()
