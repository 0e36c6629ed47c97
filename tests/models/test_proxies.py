import math
import random

import numpy as np
import pytest
import torch
from synthetic_albums.models.train.looks import CODES, SLOTS, look_codes
from synthetic_albums.models.train.people import draw_person
from synthetic_albums.models.train.proxies import (
    LookHeads,
    LookProxies,
    candidates,
    look_hash,
    margin_softmax,
    one_hot,
)
from torch.nn import functional

CODES_OF = np.stack([look_codes(draw_person(random.Random(n), f"p{n}", "train")) for n in range(40)])


def test_the_loss_is_the_one_of_the_paper():
    own = torch.from_numpy(CODES_OF[:1]).long()
    everybody = torch.from_numpy(CODES_OF[:3]).long()
    vectors = torch.tensor([[1.0, 0.0]])
    angles = torch.tensor([0.3, 1.0, 2.0])
    proxies = torch.stack([angles.cos(), angles.sin()], dim=1)
    others = math.exp(8 * math.cos(1.0)) + math.exp(8 * math.cos(2.0))
    positive = math.exp(8 * (math.cos(0.3) - 0.2))
    loss = margin_softmax(vectors, proxies, own, everybody, scale=8, margin=0.2)
    assert loss.item() == pytest.approx(-math.log(positive / (positive + others)), rel=1e-4)


def test_who_looks_the_same_is_no_negative():
    own = torch.from_numpy(CODES_OF[:1]).long()
    vectors, proxies = torch.tensor([[1.0, 0.0]]), torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    again = torch.from_numpy(CODES_OF[[0, 0, 1]]).long()
    once = margin_softmax(vectors, proxies[[0, 2]], own, again[[0, 2]], scale=8, margin=0.2)
    assert margin_softmax(vectors, proxies, own, again, scale=8, margin=0.2).item() == pytest.approx(once.item())


def test_candidates_are_the_batch_its_twins_and_others():
    own, others = CODES_OF[:4], CODES_OF[4:10]
    found = candidates(own, others, np.random.default_rng(0), twins=2)
    assert len(found) == 4 + 8 + 6
    assert (found[:4] == own).all()
    assert ((found[4:8] != own).sum(axis=1) == 1).all()
    assert (found[-6:] == others).all()


def test_equal_looks_have_equal_hashes_and_others_do_not():
    codes = torch.from_numpy(np.concatenate([CODES_OF, CODES_OF[:5]])).long()
    hashes = look_hash(codes).tolist()
    assert hashes[:5] == hashes[-5:]
    assert len(set(hashes)) == len({tuple(row) for row in CODES_OF})


def test_one_hot_has_one_value_for_each_slot():
    hot = one_hot(torch.from_numpy(CODES_OF).long())
    worn = CODES_OF[:, len(SLOTS) :].sum(axis=1)
    assert (hot.sum(dim=1).numpy() == len(SLOTS) + worn).all()


def test_learning_separates_people_and_their_twins():
    """Free vectors of 12 people move to their own class vector and away from those of one-attribute twins."""
    torch.manual_seed(0)
    own = torch.from_numpy(CODES_OF[:12]).long()
    proxies, free = LookProxies(32, hidden=64), torch.nn.Parameter(torch.randn(12, 32))
    optimizer = torch.optim.AdamW([*proxies.parameters(), free], 0.01)
    rng = np.random.default_rng(0)

    def margins():
        everybody = torch.from_numpy(candidates(CODES_OF[:12], CODES_OF[12:], np.random.default_rng(9))).long()
        cosine = functional.normalize(free, dim=1) @ proxies(everybody).T
        wrong = cosine.masked_fill(look_hash(own)[:, None] == look_hash(everybody)[None], -1).amax(dim=1)
        return cosine.diagonal() - wrong

    assert margins().min() < 0
    for _ in range(150):
        everybody = torch.from_numpy(candidates(CODES_OF[:12], CODES_OF[12:], rng)).long()
        vectors = functional.normalize(free, dim=1)
        loss = margin_softmax(vectors, proxies(everybody), own, everybody, scale=16, margin=0.2)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert margins().min() > 0.1


def test_heads_learn_every_attribute():
    torch.manual_seed(0)
    codes = torch.from_numpy(CODES_OF).long()
    heads, features = LookHeads(64), torch.nn.Parameter(torch.randn(len(codes), 64))
    optimizer = torch.optim.AdamW([*heads.parameters(), features], 0.05)
    first = heads.loss(features, codes).item()
    for _ in range(60):
        optimizer.zero_grad()
        loss = heads.loss(features, codes)
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.1 * first
    *slots, worn = heads(features)
    for slot, logits in enumerate(slots):
        assert (logits.argmax(dim=1) == codes[:, slot]).all()
    assert ((worn > 0).long() == codes[:, len(SLOTS) :]).all()
    assert len(slots) + worn.shape[1] == CODES
