#!/bin/sh
# Brings ONNX Runtime's C header into the user's cache, for the test that compares our function table with it, and prints its path.
#
#   eng/onnxruntime/header.sh
#
# The header is in the package libonnxruntime-dev (1.21 or newer; later releases only add to the end of the table). It is taken from
# this distribution, or else from Debian's suite trixie on the mirror that this machine uses, and unpacked without installing it.
set -eu

say() { echo "onnxruntime header: $*" >&2; }
fail() { say "$*"; exit 1; }

case "${XDG_CACHE_HOME:-}" in
  /*) cache=$XDG_CACHE_HOME ;;
  *) cache=${HOME:?is not set, so there is no cache folder}/.cache ;;
esac
folder=$cache/visionstream/onnxruntime/header
header=$folder/onnxruntime_c_api.h

if [ -f "$header" ]; then
  echo "$header"
  exit 0
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  fail "this needs apt and dpkg; put onnxruntime_c_api.h into $folder yourself."
fi

mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$(dirname "$folder")/.header-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/lists/partial" "$work/archives/partial"

fetch() { # fetch APT-OPTION...
  (cd "$work" && apt-get -qq "$@" download libonnxruntime-dev) >&2 2>"$work/log"
}

if ! fetch; then
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(apt-get indextargets --format "\$(ORIGIN) \$(REPO_URI)" | sed -n 's/^Debian //p' | head -n 1)
  if [ -z "$mirror" ] || [ ! -f "$keyring" ]; then
    fail "neither this distribution nor a Debian mirror has libonnxruntime-dev; put onnxruntime_c_api.h into $folder yourself."
  fi
  echo "deb [signed-by=$keyring] $mirror trixie main" >"$work/trixie.list"
  set -- -o "Dir::Etc::sourcelist=$work/trixie.list" -o Dir::Etc::sourceparts=/dev/null \
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work" -o "Dir::Cache::archives=$work/archives"
  if ! apt-get -qq "$@" update >&2 2>"$work/log" || ! fetch "$@"; then
    fail "apt could not fetch libonnxruntime-dev: $(cat "$work/log")"
  fi
fi

dpkg-deb -x "$work"/libonnxruntime-dev_*.deb "$work/unpacked"
[ -f "$work/unpacked/usr/include/onnxruntime/onnxruntime_c_api.h" ] || fail "the package has no onnxruntime_c_api.h where it was expected."
# Another run may have put it there meanwhile.
mv -T "$work/unpacked/usr/include/onnxruntime" "$folder" 2>"$work/log" || [ -f "$header" ] || fail "$(cat "$work/log")"
echo "$header"
