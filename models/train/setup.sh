#!/bin/sh
# Installs what rendering, training and evaluation need on Debian 12, besides ONNX Runtime itself (see ort.py).
# libopenblas0-pthread matters: with the reference BLAS, PyTorch's 1x1 convolutions are 20 times slower.
set -eu
sudo=
[ "$(id -u)" -eq 0 ] || sudo=sudo
$sudo apt-get update
$sudo apt-get install -y --no-install-recommends \
    python3-torch python3-onnx python3-numpy python3-opencv python3-pil libopenblas0-pthread \
    fonts-dejavu-core ffmpeg qrencode zint
