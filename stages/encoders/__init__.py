"""Networks that look: identity vectors of heads, copy vectors of whole pictures, and the judge of results.

Every room may use this package. Importing it imports no torch; the networks load when a loader is called.
"""

from .builtin import SMALLEST_HEAD_PX, builtin_person_encoder, builtin_picture_encoder
from .calibrate_folder import (
    FolderCalibration,
    calibrate_people_folder,
    calibrate_picture_folder,
    save_calibrations,
)
from .calibration import Calibration, OperatingPoint, Rate
from .calibration_file import read_calibrations, write_calibrations
from .crops import CROP, PORTRAIT_REACH, HeadWindow, head_crop, head_window, portrait_crop, square_crop
from .faces import face_encoder_from_folder
from .folder import picture_encoder_from_folder
from .interface import EncoderFacts, FoundPerson, Keypoints, PersonEncoder, PictureEncoder
from .loading import load_copy_encoder, load_head_detector, load_identity_encoder, load_judge
from .onnx_files import holds_face_pack

__all__ = [
    "CROP",
    "PORTRAIT_REACH",
    "SMALLEST_HEAD_PX",
    "Calibration",
    "EncoderFacts",
    "FolderCalibration",
    "FoundPerson",
    "HeadWindow",
    "Keypoints",
    "OperatingPoint",
    "PersonEncoder",
    "PictureEncoder",
    "Rate",
    "builtin_person_encoder",
    "builtin_picture_encoder",
    "calibrate_people_folder",
    "calibrate_picture_folder",
    "face_encoder_from_folder",
    "head_crop",
    "head_window",
    "holds_face_pack",
    "load_copy_encoder",
    "load_head_detector",
    "load_identity_encoder",
    "load_judge",
    "picture_encoder_from_folder",
    "portrait_crop",
    "read_calibrations",
    "save_calibrations",
    "square_crop",
    "write_calibrations",
]
