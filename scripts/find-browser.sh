#!/usr/bin/env bash
# Prints the path of a Chromium that works, bringing one if there is none: Debian's package where
# we may install it, else @sparticuz/chromium from npm (x86-64) with the libraries it carries.
set -euo pipefail
cd "$(dirname "$0")/.."

for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  if [ -n "$candidate" ] && found=$(command -v "$candidate"); then
    echo "$found"
    exit 0
  fi
done
if [ -x .browser/chromium ]; then
  echo "$PWD/.browser/chromium"
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } >&2 &&
    found=$(command -v chromium); then
    echo "$found"
    exit 0
  fi
fi
mkdir -p .browser
npm install --prefix .browser --no-save --no-audit --no-fund --ignore-scripts @sparticuz/chromium@147.0.0 >&2
node scripts/unpack-browser.mjs >&2
echo "$PWD/.browser/chromium"
