import copy

import pytest
import torch
from synthetic_albums.models.train.optimizers import MatrixOptimizer
from torch import nn


class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_in = nn.Conv2d(3, 8, 3, padding=1)
        self.inner = nn.Conv2d(8, 8, 3, padding=1)
        self.leave = nn.Linear(8, 2)

    def forward(self, pictures):
        return self.leave(torch.tanh(self.inner(self.conv_in(pictures))).mean(dim=(2, 3)))


@pytest.fixture
def network():
    torch.manual_seed(0)
    return Small()


def optimizer_of(network):
    return MatrixOptimizer(network.named_parameters(), lr=1e-2, matrix_lr=2e-2)


def learn(network, optimizer, steps, factor=1.0):
    generator = torch.Generator().manual_seed(1)
    losses = []
    for _ in range(steps):
        pictures = torch.randn(16, 3, 8, 8, generator=generator)
        loss = (network(pictures)[:, 0] - pictures.mean(dim=(1, 2, 3)) * 10).pow(2).mean()
        loss.backward()
        optimizer.step(factor)
        losses.append(loss.item())
    return losses


def test_every_parameter_is_given_to_exactly_one_of_the_two(network):
    optimizer = optimizer_of(network)
    counts = {name: sum(len(group["params"]) for group in part.param_groups) for name, part in optimizer.parts.items()}
    assert counts == {"muon": 2, "adamw": 4}  # the inner convolution and the linear layer; biases and the way in


def test_it_learns_and_moves_every_parameter(network):
    before = copy.deepcopy(network.state_dict())
    losses = learn(network, optimizer_of(network), 40)
    assert sum(losses[-5:]) < 0.8 * sum(losses[:5])
    assert all(not torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert all(parameter.grad is None for parameter in network.parameters())


def test_a_factor_of_nothing_moves_nothing(network):
    before = copy.deepcopy(network.state_dict())
    learn(network, optimizer_of(network), 1, factor=0.0)
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


def test_its_state_comes_back_from_named_tensors(network):
    optimizer = optimizer_of(network)
    learn(network, optimizer, 3)
    twin = Small()
    twin.load_state_dict(network.state_dict())
    restored = optimizer_of(twin)
    restored.load(optimizer.tensors())
    assert optimizer.tensors().keys() == restored.tensors().keys()
    for name, value in optimizer.tensors().items():
        assert torch.equal(value, restored.tensors()[name]), name
    learn(network, optimizer, 2)
    learn(twin, restored, 2)
    for name, value in network.state_dict().items():
        assert torch.equal(value, twin.state_dict()[name]), name
    fresh = Small()
    fresh.load_state_dict(twin.state_dict())
    learn(fresh, optimizer_of(fresh), 1)
    learn(twin, restored, 1)
    assert not torch.equal(fresh.leave.weight, twin.leave.weight)  # the state does matter
