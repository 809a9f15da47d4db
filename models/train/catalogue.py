#!/usr/bin/env python3
"""Writes models/catalogue.json from the ONNX files beside it: what `./run models list` shows and verifies."""
import ast
import hashlib
import json
import os

import onnx

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def entry(name):
    path = os.path.join(FOLDER, name)
    with open(path, "rb") as file:
        content = file.read()
    model = onnx.load(path)
    properties = {p.key: p.value for p in model.metadata_props}
    shape = lambda value: [d.dim_value for d in value.type.tensor_type.shape.dim]
    return {
        "name": name.removesuffix(".onnx"), "file": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content),
        "input": shape(model.graph.input[0]), "output": shape(model.graph.output[0]), "layout": "v8",
        "classes": list(ast.literal_eval(properties["names"]).values()),
        "license": properties["license"], "description": properties["description"]}


def main():
    models = [entry(name) for name in sorted(os.listdir(FOLDER)) if name.endswith(".onnx")]
    with open(os.path.join(FOLDER, "catalogue.json"), "w", encoding="utf-8") as out:
        json.dump({"schema": "visionstream-models/1", "models": models}, out, indent=2)
        out.write("\n")
    print(f"catalogue.json: {', '.join(m['name'] for m in models) or 'no model'}")


if __name__ == "__main__":
    main()
