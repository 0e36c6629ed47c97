import itertools

import pytest
import torch
from synthetic_albums.models.train import fitting
from synthetic_albums.models.train.fitting import Fit, save_half
from synthetic_albums.stages.encoders.networks import IdentityEncoder

TARGET = torch.tensor([[1.0, -2.0, 3.0]])


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Every look at the clock takes a second, so that minutes are a number of steps."""
    ticks = itertools.count()
    monkeypatch.setattr(fitting.time, "monotonic", lambda: float(next(ticks)))


def fit(folder):
    torch.manual_seed(0)
    module = torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.BatchNorm1d(8), torch.nn.Linear(8, 3))
    inputs = torch.randn(16, 3, generator=torch.Generator().manual_seed(1))
    run = Fit("small", {"net": module}, folder, seed=0, lr=0.02)
    return run, module, lambda step: ((module(inputs) - TARGET) ** 2).mean() + 0 * step


def test_it_learns_until_the_minutes_are_spent(tmp_path):
    run, module, loss_of = fit(tmp_path)
    first = loss_of(0).item()
    lines = []
    last = run.run(3, loss_of, log=lambda text, flush: lines.append(text))
    assert run.step == 180
    assert last < 0.05 * first
    assert not module.training
    assert [line.split()[:1] + line.split()[4:5] for line in lines] == [["small", "100"]] or len(lines) == 1
    assert "step    100" in lines[0]


def test_it_goes_on_where_it_stopped(tmp_path):
    run, _, loss_of = fit(tmp_path)
    run.run(1, loss_of)
    again, module, loss_again = fit(tmp_path)
    assert (again.step, again.seconds) == (60, 60.0)
    assert all(torch.equal(a, b) for a, b in zip(run.modules["net"].state_dict().values(),
                                                 module.state_dict().values(), strict=True))  # fmt: skip
    before, after = run.optimizer.tensors(), again.optimizer.tensors()
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name], after[name]) for name in before)
    again.run(1, loss_again)
    assert again.step == 60  # the minutes include earlier runs
    again.run(2, loss_again)
    assert again.step == 120


def test_a_loss_that_is_no_number_stops(tmp_path):
    run, module, _ = fit(tmp_path)
    with pytest.raises(FloatingPointError, match="small: the loss is nan at step 1"):
        run.run(1, lambda step: module(torch.zeros(4, 3)).sum() * float("nan"))


def test_half_precision_files_are_half_as_large_and_leave_the_network_alone(tmp_path):
    encoder = IdentityEncoder(widths=(8, 8, 8, 16), dim=32)
    encoder.save_pretrained(tmp_path / "full")
    save_half(encoder, tmp_path / "half")
    assert encoder.dtype == torch.float32
    size = {name: (tmp_path / name / "diffusion_pytorch_model.safetensors").stat().st_size for name in ("full", "half")}
    assert size["half"] < 0.6 * size["full"]
