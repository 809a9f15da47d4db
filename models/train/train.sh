#!/bin/sh
# Makes models/markers-320.onnx from nothing: renders, trains, exports, evaluates.
# usage: train.sh [WORK FOLDER]        about 5 GB there; ONNXRUNTIME names libonnxruntime.so.1 if the loader cannot find it
# PYTHON (default /usr/bin/python3, where Debian's packages are), STEPS and PICTURES may be set. Stopped, it goes on where it was.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-/tmp/markers}
python=${PYTHON:-/usr/bin/python3}
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
mkdir -p "$work"

"$python" "$here/check_codes.py"
"$python" "$here/render.py" "$work/training" --count "${PICTURES:-8250}" --seed 101
"$python" "$here/render.py" "$work/training" --count 2750 --seed 102
"$python" "$here/render.py" "$work/held-out" --set held-out --count 1500 --seed 9001
"$python" "$here/render.py" "$work/independent" --set independent --count 500 --seed 9002
"$python" "$here/render.py" "$work/clutter" --set clutter --count 400 --seed 9003
# Parts of pictures first, then whole ones.
"$python" "$here/train.py" --data "$work/training" --out "$work/parts.pt" --steps "${STEPS:-8500}" --crop-share 0.8 --check "$work/held-out"
"$python" "$here/train.py" --data "$work/training" --start "$work/parts.pt" --out "$work/markers.pt" --steps 2600 --crop-share 0 --rate 1e-3 --seed 2
"$python" "$here/export.py" "$work/markers.pt" "$here/../markers-320.onnx"
"$python" "$here/evaluate.py" "$here/../markers-320.onnx" --held-out "$work/held-out" --independent "$work/independent" \
    --clutter "$work/clutter" --json "$here/../markers-320.figures.json"
"$python" "$here/catalogue.py"
