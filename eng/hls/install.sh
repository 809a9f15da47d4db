#!/bin/sh
# Brings hls.js, with which the page plays HLS where WebRTC cannot be had, to src/Host/wwwroot/vendor, which git ignores.
#
#   eng/hls/install.sh [TARBALL]
#
# It is the official build that the npm package hls.js carries, at one exact version whose hash is checked here. With the file in its
# place nothing is downloaded. TARBALL is a copy of that package (npm pack hls.js@VERSION) for machines without a registry.
# Without it the page leaves HLS out and goes on to the service's own preview.
set -eu

version=1.7.4
integrity='sha512-3GlxGdPvT2YHvQYOt+yOzT/DEior/qJVNIylHA77kgeoBTdQQqi70GwefNEUmHQeNGyjC8U62+bruqW/Tpm+tg=='

fail() { echo "hls.js: $*" >&2; exit 1; }

folder=$(cd "$(dirname "$0")/../.." && pwd)/src/Host/wwwroot/vendor
# Moved into place only when it is whole, and named by its version, so its being there is enough.
if [ -f "$folder/hls.min.mjs" ] && [ -f "$folder/hls-$version.LICENSE" ]; then exit 0; fi

for command in npm openssl tar; do
  command -v "$command" >/dev/null || fail "$command is missing; install it (apt install nodejs npm openssl) and run this again."
done

mkdir -p "$folder"
work=$(mktemp -d "$folder/.install-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

if [ $# -gt 0 ]; then
  [ -f "$1" ] || fail "there is no file $1."
  tarball=$1
else
  # Its own npm cache, so that no second copy of the package stays behind.
  (cd "$work" && npm pack "hls.js@$version" --cache "$work/npm" --no-update-notifier --loglevel=error >/dev/null) ||
    fail "npm could not fetch hls.js@$version; see above, or give this script a copy of the package."
  tarball=$work/hls.js-$version.tgz
fi

found=sha512-$(openssl dgst -sha512 -binary "$tarball" | openssl base64 -A)
[ "$found" = "$integrity" ] ||
  fail "the package is not the expected one (found $found, expected $integrity); nothing was installed."

# The whole library and not its light build, which leaves out sound that has a playlist of its own, as MediaMTX makes them.
tar -xzOf "$tarball" package/dist/hls.min.mjs >"$work/hls.min.mjs" ||
  fail "the package has no module in dist."
tar -xzOf "$tarball" package/LICENSE >"$work/LICENSE" || fail "the package has no licence."
mv "$work/hls.min.mjs" "$folder/hls.min.mjs"
mv "$work/LICENSE" "$folder/hls-$version.LICENSE"
