"""The trainings of everything that looks at pictures, each a function of world, folder, minutes, seed and device."""

from .calibration import calibrate
from .copy_training import train_copy_encoder
from .head_training import train_head_detector
from .identity_training import train_identity_encoder
from .judge_training import train_judge

__all__ = ["calibrate", "train_copy_encoder", "train_head_detector", "train_identity_encoder", "train_judge"]
