#!/usr/bin/env bash
# Brings a Debian trixie folder with PyAV, OpenCV, ONNX Runtime and websockets for the comparison in compare.sh. Needs root
# (debootstrap and chroot) and about 1.5 GB below the cache folder. Prints the folder's path.
set -euo pipefail

cache=${XDG_CACHE_HOME:-$HOME/.cache}/visionstream
root=$cache/python-trixie
packages=(python3 python3-av python3-opencv python3-onnxruntime python3-websockets python3-numpy)

if [ -f "$root/.ready" ]; then
  echo "$root"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "setup.sh: debootstrap needs root; run it with sudo." >&2
  exit 1
fi
command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap >&2

# The mirror is the one this machine's own packages come from.
# shellcheck disable=SC2016  # apt's own placeholders
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -m1 debian | head -n 1)
# What is mounted there by somebody else is not ours to delete.
rm -rf --one-file-system "$root"
mkdir -p "$cache"
debootstrap --variant=minbase trixie "$root" "$mirror" >&2
# apt, not debootstrap's --include: that leaves out what only a versioned package name provides.
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2
# ONNX Runtime asks /proc for the processor; the mount ends with the command's own namespace.
# shellcheck disable=SC2016
unshare --mount --propagation private bash -euc 'mount -t proc proc "$1/proc"; chroot "$1" python3 -c "import av, cv2, numpy, onnxruntime, websockets"' - "$root" >&2
touch "$root/.ready"
echo "$root"
