"""Faces of photographs by a pack of ONNX networks that the user has: an ArcFace recogniser and its SCRFD detector."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ..errors import AlbumError
from ..vocabulary import OPENPOSE_18
from .calibration_file import CALIBRATION_NAME, fitting_calibration, read_calibrations
from .face_alignment import SIDE, TEMPLATE, aligned_face
from .interface import EncoderFacts, FoundPerson, Keypoints
from .loading import file_sha256
from .onnx_files import open_onnx, pack_files, require_input
from .scrfd import SIZE, Face, decode_faces, detector_input

if TYPE_CHECKING:
    from .calibration import Calibration

LICENSE: Final = "pretrained packs: non-commercial research only"
SMALLEST_FACE_PX: Final = 20.0  # height; a fifth of what the recogniser sees. Not measured: calibrate on your own faces
_EYES_IN_HEADS: Final = 0.35  # distance between the eyes of a face that is seen from the front, in its box's heights
_NOSE, _R_EYE, _L_EYE = (OPENPOSE_18.index(name) for name in ("nose", "r_eye", "l_eye"))


class FacePackEncoder:
    """Faces to unit vectors of identity. Opens no network until one is needed."""

    def __init__(self, folder: Path, calibration_file: Path | None = None) -> None:
        self.folder = Path(folder)
        self._calibration_file = calibration_file
        self._recogniser_file, self._detector_file = pack_files(self.folder)
        self._facts: EncoderFacts | None = None
        self._sessions: dict[Path, Any] = {}

    @property
    def finds_people(self) -> bool:
        """Whether the pack has a detector."""
        return self._detector_file is not None

    @property
    def facts(self) -> EncoderFacts:
        """Name, hash over recogniser and detector (it decides how faces are cut), and licence.

        Raises:
            AlbumError: onnxruntime is missing, a file cannot be read, or the recogniser has other shapes.
        """
        if self._facts is None:
            session = self._opened(self._recogniser_file)
            require_input(session, self._recogniser_file, (3, SIDE, SIDE), "ArcFace recogniser")
            shapes = [output.shape for output in session.get_outputs()]
            if len(shapes) != 1 or len(shapes[0]) != 2 or not isinstance(shapes[0][1], int):
                raise AlbumError(
                    f"The file {self._recogniser_file} is no ArcFace recogniser: it gives {shapes!s:.200} and not "
                    "one vector of each face."
                )
            name = f"arcface-{self._recogniser_file.stem}"
            self._facts = EncoderFacts(name, self._hashed(), int(shapes[0][1]), "person", license=LICENSE)
        return self._facts

    @property
    def calibration(self) -> "Calibration | None":
        """Of the file that was given, else of calibration.json beside the networks; None where there is neither.

        Raises:
            AlbumError: the file is missing, not valid, of another version, or was made for another pack.
        """
        path = self._calibration_file or self._recogniser_file.parent / CALIBRATION_NAME
        if self._calibration_file is None and not path.is_file():
            return None
        return fitting_calibration(read_calibrations(path), self.facts, None, source=path)

    def find(self, picture: np.ndarray) -> list[FoundPerson]:
        """Everybody whose face the detector finds, the surest first; faces below 20 pixels are left out.

        Args:
            picture: (height, width, 3) uint8.

        Raises:
            AlbumError: the pack has no detector, onnxruntime is missing, a file is damaged or has other shapes, or the
                value is no such picture.
        """
        faces = [face for face in self._detected(picture) if _large(face)]
        return self._people(picture, faces, [aligned_face(picture, face.points) for face in faces])

    def encode_known(self, picture: np.ndarray, skeletons: Sequence[Keypoints]) -> list[FoundPerson | None]:
        """The people whose skeletons are known: the face that is found there; without detector, cut by eyes and nose.

        Args:
            picture: (height, width, 3) uint8.
            skeletons: OpenPose-18 (x, y, visible) each, x and y as fractions of the picture.

        Returns:
            One for each skeleton; None where no face is found at the nose, or it is lower than 20 pixels; without a
            detector also where an eye or the nose is said not to be seen or lies outside.
        """
        height, width = picture.shape[:2]
        points = [np.array(skeleton, np.float64)[:, :2] * (width, height) for skeleton in skeletons]
        if self.finds_people:
            by_number = _at_noses(self._detected(picture), [point[_NOSE] for point in points])
            marks = {number: aligned_face(picture, face.points) for number, face in by_number.items()}
        else:
            by_number = {
                number: face
                for number, (skeleton, point) in enumerate(zip(skeletons, points, strict=True))
                if (face := _front_face(skeleton, point, width, height)) is not None
            }
            marks = {
                number: aligned_face(picture, face.points, TEMPLATE[:3]) for number, face in by_number.items()
            }  # fmt: skip
        found = self._people(picture, list(by_number.values()), list(marks.values()))
        people = dict(zip(by_number, found, strict=True))
        return [people.get(number) for number in range(len(skeletons))]

    def close(self) -> None:
        """Give memory back; the next call opens the files again."""
        self._sessions.clear()

    def _detected(self, picture: np.ndarray) -> list[Face]:
        if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8 or 0 in picture.shape:
            raise AlbumError(f"A face encoder reads (height, width, 3) uint8 and not {picture.shape} {picture.dtype}.")
        path = self._detector_file
        if path is None:
            raise AlbumError(
                f"The face pack {self.folder} has no detector such as det_10g.onnx or scrfd_10g_bnkps.onnx, so "
                "nobody is found in pictures: add it beside the recogniser."
            )
        session = self._opened(path)
        name = require_input(session, path, (3, SIZE, SIZE), "SCRFD detector")
        square, scale = detector_input(picture)
        return decode_faces(session.run(None, {name: square}), scale)

    def _people(self, picture: np.ndarray, faces: list[Face], cut: list[np.ndarray]) -> list[FoundPerson]:
        vectors = self._vectors(cut)
        height, width = picture.shape[:2]
        return [
            FoundPerson(_fractions(face.box, width, height), vector, face.score)
            for face, vector in zip(faces, vectors, strict=True)
        ]

    def _vectors(self, cut: list[np.ndarray]) -> np.ndarray:
        """(n, dim) of unit length. Faces go one by one: many packs are fixed to that."""
        facts, session = self.facts, self._opened(self._recogniser_file)
        name = session.get_inputs()[0].name
        found = [np.zeros((0, facts.dim), np.float32)]
        for face in cut:
            inputs = ((face.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None]
            found.append(np.asarray(session.run(None, {name: inputs})[0], np.float32).reshape(1, facts.dim))
        vectors = np.concatenate(found)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(norms).all() and (norms > 0).all()):
            raise AlbumError(f"The encoder {facts.label} gave vectors that are zero or not numbers: it may be damaged.")
        return vectors / norms

    def _opened(self, path: Path) -> Any:
        if path not in self._sessions:
            if self._facts is not None and self._hashed() != self._facts.sha256:
                raise AlbumError(
                    f"The files of the face pack {self.folder} were changed while they were in use, so new vectors "
                    "could not be compared with the earlier ones: run the whole check again."
                )
            self._sessions[path] = open_onnx(path)
        return self._sessions[path]

    def _hashed(self) -> str:
        whole = hashlib.sha256()
        for path in (self._recogniser_file, self._detector_file):
            try:
                whole.update(f"{file_sha256(path) if path else 'no detector'}\0".encode())
            except OSError as error:
                raise AlbumError(f"The encoder's file {path} cannot be read ({error}).") from error
        return whole.hexdigest()


def face_encoder_from_folder(folder: Path, calibration_file: Path | None = None) -> FacePackEncoder:
    """An encoder of real faces from a pack such as insightface's buffalo_l or antelopev2.

    The code is ours; the pretrained packs are the user's, and most are for non-commercial research only.

    Args:
        folder: with the ONNX files, at most one folder too deep.
        calibration_file: to use instead of calibration.json beside the networks.

    Raises:
        AlbumError: the folder is missing, or holds no recogniser, or several.
    """
    return FacePackEncoder(folder, calibration_file)


def _large(face: Face) -> bool:
    return face.box[3] - face.box[1] >= SMALLEST_FACE_PX


def _at_noses(faces: list[Face], noses: Sequence[np.ndarray]) -> dict[int, Face]:
    """For each nose the surest face around it; nobody gets two, and no face two noses."""
    found: dict[int, Face] = {}
    for face in filter(_large, faces):
        x0, y0, x1, y1 = face.box
        inside = [
            (float(np.hypot(*(nose - face.points[2]))), number)
            for number, nose in enumerate(noses)
            if number not in found and x0 <= nose[0] <= x1 and y0 <= nose[1] <= y1
        ]
        if inside:
            found[min(inside)[1]] = face
    return dict(sorted(found.items()))


def _front_face(skeleton: Keypoints, points: np.ndarray, width: int, height: int) -> Face | None:
    """A face of which both eyes and the nose are seen, with a box as a detector would give it."""
    marks = points[[_R_EYE, _L_EYE, _NOSE]]  # the person's right eye is on the left of the picture
    seen = all(skeleton[joint][2] > 0 for joint in (_R_EYE, _L_EYE, _NOSE))
    inside = ((marks >= 0) & (marks < (width, height))).all()
    high = float(np.hypot(*(marks[1] - marks[0]))) / _EYES_IN_HEADS
    if not (seen and inside) or high < SMALLEST_FACE_PX:
        return None
    middle = marks.mean(axis=0)
    box = (middle[0] - 0.4 * high, middle[1] - 0.5 * high, middle[0] + 0.4 * high, middle[1] + 0.5 * high)
    return Face(box, 1.0, marks)


def _fractions(box: tuple[float, float, float, float], width: int, height: int) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(np.clip(value, 0, side)) for value, side in zip(box, (width, height) * 2, strict=True))
    return x0 / width, y0 / height, x1 / width, y1 / height
