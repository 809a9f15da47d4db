#!/bin/sh
# Makes models/markers-320.onnx from nothing: renders, trains, exports, evaluates; a model that misses a floor stays in the work folder.
# usage: train.sh [WORK FOLDER]        about 5 GB there; ONNXRUNTIME names libonnxruntime.so.1 if the loader cannot find it
# PYTHON (default /usr/bin/python3, where Debian's packages are) may be set. Stopped, it goes on where it was.
# DIVIDE=200 divides all numbers of pictures and steps by 200: tries the chain in minutes, with a model that finds nothing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-/tmp/markers}
python=${PYTHON:-/usr/bin/python3}
part() { echo $(($1 / ${DIVIDE:-1})); }
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
mkdir -p "$work"

"$python" "$here/check_codes.py"
"$python" "$here/render.py" "$work/training" --count "$(part 8250)" --seed 101
"$python" "$here/render.py" "$work/training" --count "$(part 2750)" --seed 102
"$python" "$here/render.py" "$work/held-out" --set held-out --count "$(part 1500)" --seed 9001
"$python" "$here/render.py" "$work/independent" --set independent --count "$(part 500)" --seed 9002
"$python" "$here/render.py" "$work/clutter" --set clutter --count "$(part 400)" --seed 9003
# Parts of pictures first, then whole ones.
"$python" "$here/train.py" --data "$work/training" --out "$work/parts.pt" --steps "$(part 8500)" --crop-share 0.8
"$python" "$here/train.py" --data "$work/training" --start "$work/parts.pt" --out "$work/markers.pt" --steps "$(part 4200)" --crop-share 0 \
    --rate 1e-3 --seed 2
"$python" "$here/export.py" "$work/markers.pt" "$work/markers-320.onnx"
"$python" "$here/evaluate.py" "$work/markers-320.onnx" --held-out "$work/held-out" --independent "$work/independent" \
    --clutter "$work/clutter" --json "$work/figures.json"
cp "$work/markers-320.onnx" "$here/.."
"$python" "$here/catalogue.py"
