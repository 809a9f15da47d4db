# shellcheck shell=bash
# Set-up shared by run, test and bench; sourced, never started by itself.
# Every step looks first and does nothing when what it would bring is there. All it says goes to stderr.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
state=$root/artifacts/setup # logs, stamps and the build lock; git ignores it
mkdir -p "$state"

# ldconfig and nginx live where a plain user's PATH may not reach.
export PATH=$PATH:/usr/sbin:/sbin
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

note() { printf '%s\n' "visionstream: $*" >&2; }
die() { note "$@"; exit 1; }

# The libraries of FFmpeg that src/LibAv binds, directly or through libavformat's devices and filters.
readonly ffmpeg_libraries=(libavformat libavcodec libavutil libswscale libswresample libavdevice libavfilter)

# --- apt ---------------------------------------------------------------------------------------------------------

have() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND...: runs it as root, or fails when that would need a password.
as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

may_be_root() { [[ $EUID -eq 0 ]] || { have sudo && sudo -n true 2>/dev/null; }; }

# apt_missing PACKAGE...: prints those that are not installed.
apt_missing() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == 'install ok installed' ]] || printf '%s\n' "$package"
  done
}

apt_quietly() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$state/apt.log" 2>&1 </dev/null
}

# Debian starts a service when it installs one. The tests start nginx themselves, on ports of their own, and a system
# nginx would take port 80: while installing, a policy-rc.d says no (exit code 101), unless the machine has one.
apt_install_packages() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
  else
    policy=
  fi
  apt_quietly install --no-install-recommends "$@" || status=$?
  if [[ -n $policy ]]; then as_root rm -f "$policy"; fi
  return "$status"
}

# apt_install WHAT-FOR PACKAGE...: installs those that are missing; fails, saying what to type, when it may not.
apt_install() {
  local purpose=$1
  shift
  local missing=()
  mapfile -t missing < <(apt_missing "$@")
  if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
  if ! may_be_root; then
    note "packages are missing for $purpose, and installing them needs root. Type:"
    note "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    return 1
  fi
  note "installing for $purpose: ${missing[*]}"
  # The package lists may be absent (a fresh container) or stale: update only when installing does not work without.
  if apt_install_packages "${missing[@]}"; then return 0; fi
  if apt_quietly update && apt_install_packages "${missing[@]}"; then return 0; fi
  note "apt could not install them; the end of $state/apt.log:"
  tail -n 5 "$state/apt.log" >&2
  return 1
}

# apt_newest PREFIX: the package PREFIX<soname> with the highest number that apt can install, e.g. libavformat59.
apt_newest() {
  local package
  while read -r package; do
    # A name without a candidate is one that another package merely mentions.
    if [[ $(apt-cache policy "$package") == *'Candidate: '[!\(]* ]]; then
      printf '%s\n' "$package"
      return 0
    fi
  done < <(apt-cache pkgnames "$1" | grep -E "^$1[0-9]+(t64)?$" | sort -rV)
  return 1
}

# --- what the product needs --------------------------------------------------------------------------------------

ensure_dotnet() {
  have dotnet || die "the .NET 10 SDK is not installed (no 'dotnet' on PATH). See https://dotnet.microsoft.com/download or, where the distribution has it: sudo apt-get install -y dotnet-sdk-10.0"
  (cd "$root" && dotnet --version >/dev/null 2>&1) ||
    die "'dotnet' is here, but not the SDK that global.json asks for (.NET 10). Installed: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')"
}

# The built executable looks for the runtime in /usr/share/dotnet and the like; an SDK elsewhere has to be named.
export_dotnet_root() {
  local dotnet
  if [[ -n ${DOTNET_ROOT:-} ]]; then return 0; fi
  dotnet=$(readlink -f "$(command -v dotnet)") || return 0
  if [[ -d ${dotnet%/*}/host/fxr ]]; then export DOTNET_ROOT=${dotnet%/*}; fi
}

ffmpeg_libraries_missing() {
  local cache library
  cache=$(ldconfig -p 2>/dev/null || true)
  for library in "${ffmpeg_libraries[@]}"; do
    [[ $cache == *"$library.so."[0-9]* ]] || printf '%s\n' "$library"
  done
}

ensure_ffmpeg_libraries() {
  local missing=() packages=() library package
  if [[ -n ${VISIONSTREAM_FFMPEG_DIR:-} ]]; then return 0; fi # libraries of the user's own
  mapfile -t missing < <(ffmpeg_libraries_missing)
  if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
  if ! have apt-get; then
    note "FFmpeg's shared libraries are missing: ${missing[*]}. Install FFmpeg 5.1 to 9 with this system's package tool."
    return 1
  fi
  if ! apt_newest libavformat >/dev/null && may_be_root; then
    note "updating apt's package lists"
    apt_quietly update || { note "apt-get update failed, see $state/apt.log"; return 1; }
  fi
  for library in "${missing[@]}"; do
    if package=$(apt_newest "$library"); then
      packages+=("$package")
    else
      note "FFmpeg's libraries are missing (${missing[*]}) and apt's lists do not have $library. Type:"
      note "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg"
      return 1
    fi
  done
  apt_install "FFmpeg's libraries" "${packages[@]}"
}

# Brings the native ONNX Runtime into the user's cache, where the product finds it, and sets onnxruntime to its path.
onnxruntime=
ensure_onnxruntime() {
  # What its installer needs, for a user with sudo: it installs that itself only as root.
  if [[ $EUID -ne 0 && -z ${VISIONSTREAM_ONNXRUNTIME:-} && ! -d ${XDG_CACHE_HOME:-$HOME/.cache}/visionstream/onnxruntime ]] &&
    have apt-get && { ! have npm || ! have openssl; }; then
    apt_install "the native ONNX Runtime" nodejs npm openssl || return 1
  fi
  # shellcheck disable=SC2034  # the commands that source this file read it
  onnxruntime=$("$root/eng/onnxruntime/install.sh") || { note "the native ONNX Runtime could not be brought (see above)"; return 1; }
}

# Brings the page's HLS player. Without it the page shows the service's own preview instead, so that it only says so.
bring_hls_player() {
  "$root/eng/hls/install.sh" || note "the page goes without HLS (see above)"
}

# --- what the tests need -----------------------------------------------------------------------------------------

readonly unit_test_packages=(ffmpeg jq shellcheck gcc libc6-dev
  libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev libavdevice-dev libavfilter-dev)
readonly end_to_end_packages=(nginx libnginx-mod-rtmp python3-gi gir1.2-gst-rtsp-server-1.0
  gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
  vlc-bin vlc-plugin-base chromium python3-aiortc python3-aiohttp)

ensure_test_tools() {
  local packages=("${unit_test_packages[@]}")
  if [[ $1 != unit ]]; then packages+=("${end_to_end_packages[@]}"); fi
  if ! have apt-get; then
    note "no apt-get here: tests skip the peers that are not installed"
    return 1
  fi
  apt_install "the tests" "${packages[@]}" || return 1
  "$root/eng/onnxruntime/header.sh" >/dev/null || {
    note "ONNX Runtime's C header could not be brought, so its function table is not compared"
    return 1
  }
}

# --- building ----------------------------------------------------------------------------------------------------

# fingerprint PATH...: one line that changes when a file below comes, goes or changes (by name, size and time).
fingerprint() {
  # find complains about a file that goes while it looks; the fingerprint is then of what is left.
  # shellcheck disable=SC2015  # either failing gives the fingerprint of what was found
  { cd "$root" && find "$@" \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null || true; } |
    LC_ALL=C sort | sha256sum | cut -d' ' -f1
}

# take_build_lock, release_build_lock: one build at a time in this checkout. Builds are started with 9>&-, or the
# compiler server, which outlives them, would keep the lock.
take_build_lock() {
  exec 9>"$state/build.lock"
  flock 9
}
release_build_lock() { exec 9>&-; }

# build PROJECT [OPTION...]: a Release build; its output is shown only when it fails.
build() {
  local log=$state/build.log
  if dotnet build "$@" -c Release -v quiet --nologo -nodeReuse:false >"$log" 2>&1 </dev/null 9>&-; then return 0; fi
  cat "$log" >&2
  return 1
}
