#!/usr/bin/env python3
"""Writes the trained network as ONNX in Ultralytics' v8 layout, with the metadata that its readers look for.

usage: export.py TRAINED.pt MODEL.onnx
"""
import argparse
import os

import onnx
import torch
from torch import nn

from network import Conv, MarkerNet, cell_centres
from prints import CLASSES

SIZE = 320
OPSET = 13
METADATA = {
    "description": "VisionStream markers: QR codes, barcodes, fiducials and two signs, trained on rendered pictures",
    "author": "VisionStream",
    "version": "1.0",
    "license": "MIT",
    "stride": "32",
    "task": "detect",
    "batch": "1",
    "imgsz": str([SIZE, SIZE]),
    "names": str(dict(enumerate(CLASSES))),
}


def fuse(model):
    """Folds each batch norm into the convolution before it, in place."""
    for module in model.modules():
        if isinstance(module, Conv):
            convolution, norm = module[0], module[1]
            scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            fused = nn.Conv2d(convolution.in_channels, convolution.out_channels, convolution.kernel_size,
                              convolution.stride, convolution.padding, bias=True)
            fused.weight.data = convolution.weight.data * scale.data[:, None, None, None]
            fused.bias.data = norm.bias.data - norm.running_mean * scale.data
            module[0], module[1] = fused, nn.Identity()
    return model


class V8Output(nn.Module):
    """[1,3,320,320] -> [1,4+nc,2100]: cx, cy, w, h in input pixels, then class probabilities."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        centres, strides = cell_centres(SIZE)
        self.register_buffer("centres", centres.T[None].contiguous())
        self.register_buffer("strides", strides[None, None])

    def forward(self, images):
        maps = self.model(images)
        distances = torch.cat([d.flatten(2) for d, _ in maps], 2) * self.strides
        scores = torch.cat([c.flatten(2) for _, c in maps], 2).sigmoid()
        before, after = distances[:, :2], distances[:, 2:]
        return torch.cat((self.centres + (after - before) * 0.5, before + after, scores), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained")
    parser.add_argument("model")
    options = parser.parse_args()
    network = MarkerNet(len(CLASSES))
    network.load_state_dict(torch.load(options.trained, map_location="cpu")["model"])
    wrapped = V8Output(fuse(network.eval())).eval()
    torch.onnx.export(wrapped, torch.zeros(1, 3, SIZE, SIZE), options.model, opset_version=OPSET, input_names=["images"],
                      output_names=["output0"], do_constant_folding=True)
    model = onnx.load(options.model)
    for node in model.graph.node:
        node.doc_string = ""
    onnx.helper.set_model_props(model, METADATA)
    onnx.checker.check_model(model)
    onnx.save(model, options.model)
    kinds = sorted({node.op_type for node in model.graph.node})
    print(f"{options.model}: {os.path.getsize(options.model)} bytes, opset {OPSET}, operators {', '.join(kinds)}")


if __name__ == "__main__":
    main()
