#!/usr/bin/env bash
# Makes docs/images/annotated.jpg: runs the demo, whose camera is drawn by ourselves, lets it write its annotated video into a file,
# and takes a picture out of that. Needs ffmpeg.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Long enough for the camera to be found, and for the parcels to stand where the picture is good.
"$root/run" --version >/dev/null   # builds, so that the time below is the demo's own
timeout --signal INT 30 "$root/run" --listen 127.0.0.1:0 --mediamtx none --annotate "$folder/annotated.mkv" || true
mkdir -p "$root/docs/images"
ffmpeg -v error -y -ss "${1:-10}" -i "$folder/annotated.mkv" -frames:v 1 -q:v 3 "$root/docs/images/annotated.jpg"
size=$(stat -c %s "$root/docs/images/annotated.jpg")
((size <= 120 * 1024)) || { echo "docs/images/annotated.jpg has $size bytes; 122880 are the most" >&2; exit 1; }
echo "docs/images/annotated.jpg: $size bytes"
