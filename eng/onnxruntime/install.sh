#!/bin/sh
# Brings the native ONNX Runtime into the user's cache and prints the path of the library, its only line on standard output.
#
#   eng/onnxruntime/install.sh [TARBALL]
#
# The library is the official build that the npm package onnxruntime-node carries, at one exact version whose hash is checked here.
# With the library in the cache nothing is downloaded and nothing but the path is printed. TARBALL is a copy of that package
# (npm pack onnxruntime-node@VERSION) for machines without a registry. VISIONSTREAM_ONNXRUNTIME names a library of one's own, which
# is then taken as it is.
set -eu

version=1.30.0 # OrtLibrarySearch.InstalledVersion is the same
integrity='sha512-twhs1C2C/BFkz1yc5OY0KIU2GUq6DURO7hD4bx5Q2Qy3nAMJwRXW8xU3NVczE29VA9lolLOYepoD8fjTGOfIqw=='

say() { echo "onnxruntime: $*" >&2; }
fail() { say "$*"; exit 1; }

if [ -n "${VISIONSTREAM_ONNXRUNTIME:-}" ]; then
  [ -e "$VISIONSTREAM_ONNXRUNTIME" ] ||
    fail "VISIONSTREAM_ONNXRUNTIME is '$VISIONSTREAM_ONNXRUNTIME', but there is nothing there; correct it or unset it."
  echo "$VISIONSTREAM_ONNXRUNTIME"
  exit 0
fi

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) arch=x64 ;;
  Linux-aarch64 | Linux-arm64) arch=arm64 ;;
  *) fail "there is no build for $(uname -s) on $(uname -m); build ONNX Runtime 1.14 or newer and set VISIONSTREAM_ONNXRUNTIME to its library." ;;
esac

# As the XDG specification says, a relative path there does not count.
case "${XDG_CACHE_HOME:-}" in
  /*) cache=$XDG_CACHE_HOME ;;
  *) cache=${HOME:?is not set, so there is no cache folder}/.cache ;;
esac
folder=$cache/visionstream/onnxruntime/$version/linux-$arch
library=$folder/libonnxruntime.so.1

# The library is moved into place only when it is whole, so its being there is enough.
if [ -f "$library" ]; then
  echo "$library"
  exit 0
fi

# need COMMAND PACKAGE...: installs what is missing, where that needs nobody's consent.
need() {
  if command -v "$1" >/dev/null; then return; fi
  command=$1
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail "$command is missing; install it (apt install $*) and run this again."
  fi
  say "installing $*"
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; } >&2 ||
    fail "apt could not install $*; install $command yourself and run this again."
}

need openssl openssl

mkdir -p "$folder"
work=$(mktemp -d "$folder/.install-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

if [ $# -gt 0 ]; then
  [ -f "$1" ] || fail "there is no file $1."
  tarball=$1
else
  need npm nodejs npm
  say "downloading version $version (113 MB, once)"
  # Its own npm cache, so that no second copy of the package stays behind.
  (cd "$work" && npm pack "onnxruntime-node@$version" --cache "$work/npm" --no-update-notifier --loglevel=error >/dev/null) ||
    fail "npm could not fetch onnxruntime-node@$version; see above, or give this script a copy of the package."
  tarball=$work/onnxruntime-node-$version.tgz
fi

found=sha512-$(openssl dgst -sha512 -binary "$tarball" | openssl base64 -A)
[ "$found" = "$integrity" ] ||
  fail "the package is not the expected one (found $found, expected $integrity); nothing was installed."

tar -xzOf "$tarball" "package/bin/napi-v6/linux/$arch/libonnxruntime.so.1" >"$work/library" ||
  fail "the package has no library for linux-$arch."
chmod 644 "$work/library"
mv "$work/library" "$library"
echo "$library"
