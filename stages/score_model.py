"""What a diffusion model must offer so that its memory can be tested, whoever made it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from .errors import AlbumError
from .records import Album, PhotoRecord

Path = Literal["flow", "variance_preserving"]
Predicts = Literal["clean", "noise", "velocity", "v"]


@dataclass(frozen=True)
class ScoreModelFacts:
    """What reports say of a model, and what its predictions mean.

    name: with version. sha256: of all weights, lower-case hex. path: how pictures are noised, x_t = a x_0 + s e:
    "flow" is a = 1 - t, s = t (Lipman et al., ICLR 2023); "variance_preserving" is a^2 + s^2 = 1 (Ho et al., NeurIPS
    2020). predicts: "clean" x_0, "noise" e, "velocity" e - x_0 (flow), or "v" a e - s x_0 (variance preserving;
    Salimans & Ho, ICLR 2022).
    """

    name: str
    sha256: str
    path: Path
    predicts: Predicts


class ScoreModel(Protocol):
    """A diffusion model of our own, asked one question: what is under this noise? Needs no sampler.

    Times run from 0, no noise, to 1, nothing but noise. A condition is whatever `condition` gave, or None for a
    picture of which nothing is known: then the model is asked with its empty condition.
    """

    @property
    def facts(self) -> ScoreModelFacts: ...

    def require_maker(self, album: Album) -> None:
        """Refuse an album that this model made when it had other weights: what is found would not speak of it.

        Albums that another renderer made are taken: the model may have been trained on them.

        Raises:
            AlbumError: it did.
        """
        ...

    def condition(self, album: Album, photo: PhotoRecord) -> Any:
        """What the model was or would be told of one photo of an album.

        Raises:
            AlbumError: the album says too little, e.g. it has no layout.
        """
        ...

    def prepare(self, picture: np.ndarray, condition: Any) -> np.ndarray:
        """A picture (height, width, 3) uint8 as the model sees pictures: float32, any shape, values about -1..1."""
        ...

    def signal_and_noise(self, time: float) -> tuple[float, float]:
        """The factors a and s of x_t = a x_0 + s e at a time in 0..1."""
        ...

    def predict(self, noisy: np.ndarray, time: float, conditions: Sequence[Any]) -> np.ndarray:
        """The raw prediction for noisy pictures (pictures, ...) of one shape at one time; same shape, float32."""
        ...

    def close(self) -> None:
        """Give memory back; the next call loads again."""
        ...


def clean_of(facts: ScoreModelFacts, prediction: np.ndarray, noisy: np.ndarray, a: float, s: float) -> np.ndarray:
    """The picture that a prediction stands for.

    Args:
        facts: of the model.
        prediction: of `ScoreModel.predict`.
        noisy: what it was made for.
        a: the path's factor of the picture at that time, above 0.
        s: its factor of the noise.

    Source:
        x_0 from e: Ho et al. 2020, equation 15. From v: Salimans & Ho 2022, appendix D. From e - x_0: solve
        x_t = (1 - t) x_0 + t e.
    """
    if facts.predicts == "clean":
        return prediction
    if facts.predicts == "noise":
        return (noisy - s * prediction) / a
    if facts.predicts == "velocity":
        return noisy - s * prediction
    return a * noisy - s * prediction


def noise_of(facts: ScoreModelFacts, prediction: np.ndarray, noisy: np.ndarray, a: float, s: float) -> np.ndarray:
    """The noise that a prediction stands for; see `clean_of`. s > 0 unless "noise" or "v" is predicted."""
    if facts.predicts == "noise":
        return prediction
    if facts.predicts == "v":
        return s * noisy + a * prediction
    return (noisy - a * clean_of(facts, prediction, noisy, a, s)) / s


def require_same_weights(album: Album, described: Mapping[str, Any]) -> None:
    """What `ScoreModel.require_maker` asks for, from what the album says of its renderer.

    Args:
        album: that is audited.
        described: of `Renderer.describe`: "renderer", "weights" and, where there are some, "loras".

    Raises:
        AlbumError: the same kind of renderer made the album with other weights.
    """
    made = album.renderer
    if made.get("renderer") != described["renderer"] or not made.get("weights"):
        return
    if any((made.get(part) or "") != (described.get(part) or "") for part in ("weights", "loras")):
        raise AlbumError(
            f"The album '{album.plan.title}' was rendered with other weights than the renderer "
            f"'{described['renderer']}' has now: its files were changed since, or others were chosen. Connect the "
            "renderer that made it, or render the album again."
        )
