#!/usr/bin/env bash
# Runs the tests of src/LibAv against the FFmpeg of other Debian suites, each with its own libc, headers, compiler and
# RTSP server: trixie has libavformat 61, sid 63.
#   eng/libav/verify-majors.sh [SUITE...]        default: trixie sid
# The packages come from the Debian mirror in this machine's apt sources, by an apt state of their own, and are unpacked
# (not installed) below ${XDG_CACHE_HOME:-~/.cache}/visionstream/suites. The tests then run there in a chroot of a private
# mount namespace, so nothing of this machine changes and no mount is left behind. Works as root, and as a user where the
# kernel allows user namespaces. A suite is fetched once; remove its folder to fetch it again.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/visionstream/suites
triplet=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || echo "$(uname -m)-linux-gnu")
packages=(ffmpeg libavdevice-dev libavfilter-dev gcc libc6-dev libc-bin bash coreutils
  python3 python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly)

die() { printf '%s\n' "verify-majors: $*" >&2; exit 1; }

# fetch SUITE FOLDER: downloads the packages with all they need.
fetch() {
  local suite=$1 folder=$2 mirror
  # shellcheck disable=SC2016  # apt's own placeholders
  mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' | sed -n 's/^Debian|Debian|//p' | head -n 1)
  [[ -n $mirror ]] || die "this machine's apt sources name no Debian mirror"
  mkdir -p "$folder"/apt/lists/partial "$folder"/apt/cache/archives/partial
  : >"$folder/apt/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$suite" >"$folder/apt/sources.list"
  local options=(-q -o "Dir::State=$folder/apt" -o "Dir::State::lists=$folder/apt/lists" -o "Dir::State::status=$folder/apt/status"
    -o "Dir::Cache=$folder/apt/cache" -o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=-
    -o APT::Install-Recommends=false -o APT::Sandbox::User= -o Debug::NoLocking=1)
  apt-get "${options[@]}" update
  apt-get "${options[@]}" install -y --download-only "${packages[@]}"
}

# unpack FOLDER: the packages' files, and of what their scripts would do the little that the tests need.
unpack() {
  local folder=$1 package link
  rm -rf "$folder/tree"
  mkdir -p "$folder"/tree/usr/{bin,sbin,lib,lib64} "$folder"/tree/{tmp,proc,dev,etc/ld.so.conf.d}
  for link in bin sbin lib lib64; do ln -s "usr/$link" "$folder/tree/$link"; done
  for package in "$folder"/apt/cache/archives/*.deb; do dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder/tree" --keep-directory-symlink --no-same-owner; done
  # blas and lapack are chosen by update-alternatives in an installed system.
  printf 'include /etc/ld.so.conf.d/*.conf\n' >"$folder/tree/etc/ld.so.conf"
  printf '%s\n' "/usr/lib/$triplet" "/usr/lib/$triplet/blas" "/usr/lib/$triplet/lapack" >"$folder/tree/etc/ld.so.conf.d/00-all.conf"
}

# in_suite FOLDER COMMAND...: runs a command in the unpacked suite, with this checkout, its media and .NET at their own paths.
in_suite() {
  local folder=$1 dotnet shared map=()
  shift
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  shared=$(readlink -f "$root/../shared" || true)
  [[ $EUID -eq 0 ]] || map=(--map-root-user)
  # shellcheck disable=SC2016
  unshare --mount --propagation private "${map[@]}" bash -euc '
    to=$1 root=$2 dotnet=$3 shared=$4
    shift 4
    give() { mkdir -p "$to$2" && mount --rbind "$1" "$to$2"; }
    give /proc /proc
    give /dev /dev
    give "$root" "$root"
    give "$dotnet" "$dotnet"
    if [ -d "$shared" ]; then give "$shared" "$(dirname "$root")/shared"; fi
    exec chroot "$to" /usr/bin/env -i HOME=/tmp LANG=C.UTF-8 PATH=/usr/bin:/usr/sbin "CI=${CI:-}" DOTNET_CLI_TELEMETRY_OPTOUT=1 "$@"
  ' - "$folder/tree" "$root" "$dotnet" "$shared" "$@"
}

command -v dotnet >/dev/null || die 'the .NET SDK is not on PATH'
dotnet build "$root/tests/VisionStream.Tests" -v q --nologo
tests=$root/tests/VisionStream.Tests/bin/Debug/net10.0/VisionStream.Tests.dll
failed=()
[[ $# -gt 0 ]] || set -- trixie sid
for suite in "$@"; do
  folder=$cache/$suite
  if [[ ! -e $folder/ready || ! -d $folder/tree ]]; then
    printf '%s\n' "fetching $suite" >&2
    mkdir -p "$folder"
    fetch "$suite" "$folder" >"$folder/fetch.log" 2>&1 || die "fetching $suite failed; see $folder/fetch.log"
    unpack "$folder"
    in_suite "$folder" ldconfig
    touch "$folder/ready"
  fi
  library=$(cd "$folder/tree/usr/lib/$triplet" && printf '%s\n' libavformat.so.*.*.* | head -n 1)
  major=${library#libavformat.so.}
  major=${major%%.*}
  if missing=$(in_suite "$folder" ldd "/usr/lib/$triplet/libavdevice.so.$major" | grep 'not found'); then die "$suite: libraries are missing: $missing"; fi
  printf '%s\n' "$suite: $library" >&2
  in_suite "$folder" env "VISIONSTREAM_EXPECT_LIBAVFORMAT=$major" "$(command -v dotnet | xargs readlink -f)" "$tests" -noColor -namespace VisionStream.Tests.LibAv || failed+=("$suite")
done
[[ ${#failed[@]} -eq 0 ]] || die "failed: ${failed[*]}"
