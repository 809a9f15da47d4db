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
shelf=$(mktemp -d "$root/tmp/compare-XXXXXX")
# ONNX Runtime asks /proc for the processor.
mounted=no
if ! mountpoint -q "$root/proc"; then mount -t proc proc "$root/proc" && mounted=yes; fi
trap 'rm -rf "$shelf"; if [ "$mounted" = yes ]; then umount "$root/proc"; fi' EXIT
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
