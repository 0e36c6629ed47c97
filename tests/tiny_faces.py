"""A face detector and a recogniser as tiny ONNX files with planted outputs; needs the package onnx."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from synthetic_albums.stages.encoders.face_alignment import TEMPLATE

COUNTS = (12800, 3200, 800)
# Two faces in a picture of 640 x 640: corner of the anchor's cell of stride 32, size of the template there.
FACES = {0: ((3, 4), 1.0, 0.9), 1: ((12, 10), 1.5, 0.8), 2: ((1, 15), 0.12, 0.7)}


def points_of(number):
    (row, column), scale, _ = FACES[number]
    return (TEMPLATE - 56) * scale + (column * 32, row * 32)


def save(graph_nodes, initializers, inputs, outputs, path):
    graph = helper.make_graph(graph_nodes, "toy", inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def write_detector(path, side=640, outputs=9):
    """It looks at nothing: sum(picture) * 0 + what was planted."""
    arrays = [np.zeros((count, width), np.float32) for width in (1, 4, 10) for count in COUNTS]
    for number, ((row, column), scale, score) in FACES.items():
        place = (row * 20 + column) * 2
        half = 56 * scale
        arrays[2][place] = score
        arrays[5][place] = half / 32
        arrays[8][place] = ((points_of(number) - (column * 32, row * 32)) / 32).ravel()
    inside = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, [1, 3, side, side])
    made = [helper.make_node("ReduceSum", ["input.1"], ["sum"], keepdims=0)]
    made.append(helper.make_node("Mul", ["sum", "zero"], ["nothing"]))
    constants = [numpy_helper.from_array(np.float32(0), "zero")]
    infos = []
    for index, array in enumerate(arrays[:outputs]):
        constants.append(numpy_helper.from_array(array, f"planted{index}"))
        made.append(helper.make_node("Add", [f"planted{index}", "nothing"], [f"out{index}"]))
        infos.append(helper.make_tensor_value_info(f"out{index}", TensorProto.FLOAT, list(array.shape)))
    save(made, constants, [inside], infos, path)


def write_recogniser(path, side=112, shape=(1, 12)):
    inside = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, ["None", 3, side, side])
    quarter = [side // 2] * 2
    made = [helper.make_node("AveragePool", ["input.1"], ["pooled"], kernel_shape=quarter, strides=quarter)]
    made.append(helper.make_node("Flatten", ["pooled"], ["flat"]))
    made.append(helper.make_node("Reshape", ["flat", "shape"], ["683"]))
    outside = helper.make_tensor_value_info("683", TensorProto.FLOAT, list(shape))
    save(made, [numpy_helper.from_array(np.array(shape, np.int64), "shape")], [inside], [outside], path)
