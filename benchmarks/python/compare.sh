#!/usr/bin/env bash
# VisionStream and the plain Python pipeline side by side: the same publisher, server, model, picture and machine, in turns, so that
# whatever else the machine does meets both. Prints every run; docs/performance.md quotes the ratios. Needs root for the Python folder.
# usage: compare.sh MODEL IMAGE [ROUNDS] [TRIALS]
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
model=${1:?usage: compare.sh MODEL IMAGE [ROUNDS] [TRIALS]}
image=${2:?usage: compare.sh MODEL IMAGE [ROUNDS] [TRIALS]}
rounds=${3:-3}
trials=${4:-40}

root=$("$here/setup.sh")
# ONNX Runtime asks /proc for the processor. In a mount namespace of its own, so that the mount ends with this script.
if [[ ${VISIONSTREAM_COMPARE:-} != inside ]]; then VISIONSTREAM_COMPARE=inside exec unshare --mount --propagation private "$0" "$@"; fi
mount -t proc proc "$root/proc"
shelf=$(mktemp -d "$root/tmp/compare-XXXXXX")
trap 'rm -rf --one-file-system "$shelf"' EXIT
cp "$here/pipeline.py" "$shelf/"
cp "$model" "$shelf/model.onnx"
inside=${shelf#"$root"}

for round in $(seq "$rounds"); do
  echo "round $round: VisionStream"
  "$here/../../run" bench latency --model "$model" --image "$image" --trials "$trials"
  echo "round $round: Python"
  "$here/../../run" bench latency --model "$model" --image "$image" --trials "$trials" \
    --peer "chroot '$root' python3 '$inside/pipeline.py' {url} '$inside/model.onnx' --port {port} 2>'$shelf/python.log'"
done
