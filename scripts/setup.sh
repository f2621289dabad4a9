#!/usr/bin/env bash
# Make .venv with the package and all that its tests need, from what the machine has.
#
# uv does it where it is installed, plain venv and pip where not; both take the newest versions that
# pyproject.toml allows. `make` calls this when that is newer than .venv/.stamp; running it again is
# harmless. `setup.sh office` installs LibreOffice by apt where that can be done without asking; the
# tests open Word files with it, and those that do are skipped where it is missing. `setup.sh ocr`
# does the same with Tesseract and its data for Vietnamese, by which scans are read; `setup.sh postgres`
# with PostgreSQL, on which the tests of the database run, each server in a folder of its own;
# `setup.sh chromium` with the browser in which the pages are tried, and gets axe-core, which checks
# that all can use them, by npm into .peers. `setup.sh peers`
# makes .peers with what benchmarks/speed.py, accuracy_peers.py and web_pages.py compare with, each in
# an environment of its own; with names after it, those alone.
set -euo pipefail
cd "$(dirname "$0")/.."

MINIMUM='(3, 11)'

say() { printf 'setup: %s\n' "$*" >&2; }
die() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

# A name on PATH is not yet an interpreter (pyenv's shims are there for versions that are not
# active), so each is asked to run. Releases only: a beta has no wheels to install.
usable() {
    "$1" -c "import sys; sys.exit(sys.version_info < $MINIMUM or sys.version_info[3] != 'final')" \
        >/dev/null 2>&1
}

newest_python() {
    local name
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        if usable "$name"; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

# Run a command as root: directly, or by a sudo that asks nothing.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# Whether system packages can be installed without asking.
may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install() {
    say "installing $*"
    { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2
}

# Debian and Ubuntu keep ensurepip in a package of its own.
need_ensurepip() {
    local python=$1 package
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && return
    package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    command -v apt-get >/dev/null || die "$python cannot make environments: its ensurepip module is missing." \
        "Install it the way your system does, or install uv, then run make again."
    if may_install; then
        install "$package" ||
            die "$package could not be installed. Type this, then run make again:" \
                "    sudo apt-get update && sudo apt-get install -y $package"
    else
        die "$python cannot make environments yet. Type this, then run make again:" \
            "    sudo apt-get update && sudo apt-get install -y $package"
    fi
}

with_uv() {
    local python
    # Without a fitting interpreter here, uv fetches one.
    python="$(newest_python)" || python='>=3.11'
    # An environment that works is kept; one whose interpreter has gone is made anew.
    .venv/bin/python -c pass 2>/dev/null || rm -rf .venv
    say "uv, $python"
    # Not `uv sync`, which would leave a lock file.
    { [ -e .venv ] || uv venv --quiet --python "$python" .venv; } &&
        uv pip install --quiet --python .venv/bin/python --editable . --group dev
}

with_venv() {
    local python
    python="$(newest_python)" || die "no Python 3.11 or later was found." \
        "On Debian 12 and Ubuntu 24.04: sudo apt-get update && sudo apt-get install -y python3 python3-venv" \
        "Elsewhere install Python 3.11 or later, or uv, then run make again."
    need_ensurepip "$python"
    say "$("$python" --version), venv and pip"
    "$python" -m venv --clear .venv
    # pip learned dependency groups in 25.1; the one a system brings is often older.
    { .venv/bin/python -m pip install --quiet --upgrade 'pip>=25.1' &&
        .venv/bin/python -m pip install --quiet --editable . --group dev; } ||
        die "pip could not install the dependencies (its message is above)." \
            "If the network is the reason, run make again."
}

# Whether the LibreOffice that is there opens sheets; it may have come without.
has_calc() {
    local program
    program="$(readlink -f "$(command -v soffice)" 2>/dev/null)" || return 1
    compgen -G "$(dirname "$program")/libsclo.*" >/dev/null
}

# LibreOffice, and a font for it that has all Vietnamese letters; the older Liberation has not.
want_office() {
    local missing=()
    command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
    has_calc || missing+=(libreoffice-calc-nogui)
    has_letters || missing+=(fonts-liberation2 fontconfig)
    [ ${#missing[@]} = 0 ] && return
    if ! may_install || ! install "${missing[@]}"; then
        say "Not installed: ${missing[*]}. The tests that open or print Word files and sheets will be skipped." \
            "To run them: sudo apt-get install -y ${missing[*]}"
    fi
}

# Tesseract with its data for Vietnamese, for scans.
want_ocr() {
    local folder
    for folder in "${TESSDATA_PREFIX:-}" "${TESSDATA_PREFIX:-}/tessdata" \
        /usr/share/tesseract-ocr/5/tessdata /usr/share/tesseract-ocr/4.00/tessdata \
        /usr/share/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata; do
        [ -e "$folder/vie.traineddata" ] && return
    done
    if ! may_install || ! install tesseract-ocr tesseract-ocr-vie; then
        say "Not installed: tesseract-ocr-vie. Typed files are read without it; a scan gets exit code 3." \
            "To read scans: sudo apt-get install -y tesseract-ocr tesseract-ocr-vie"
    fi
}

# PostgreSQL, for the tests of the database. No server is left running: the tests start their own.
want_postgres() {
    local program
    command -v initdb >/dev/null && return
    for program in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$program" ] && return
    done
    # Debian's package would make a cluster and start it.
    if may_install && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        as_root mkdir -p /etc/postgresql-common &&
            printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    if ! may_install || ! install postgresql; then
        say "Not installed: postgresql. The tests that need its server will be skipped." \
            "To run them: sudo apt-get install -y postgresql"
    fi
}

# Chromium, for the tests of the pages, and what checks that people who see or point badly can use them.
AXE=4.10.3
want_chromium() {
    if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then
        if ! may_install || ! install chromium; then
            say "Not installed: chromium. The tests of the pages in a browser will be skipped." \
                "To run them: sudo apt-get install -y chromium"
        fi
    fi
    [ -e .peers/axe-core/axe.min.js ] && return
    if command -v npm >/dev/null && mkdir -p .peers/axe-core &&
        (cd .peers/axe-core && npm pack --silent "axe-core@$AXE" >/dev/null &&
            tar xzf "axe-core-$AXE.tgz" --strip-components=1 package/axe.min.js package/LICENSE); then
        rm -f ".peers/axe-core/axe-core-$AXE.tgz"
    else
        rm -rf .peers/axe-core
        say "axe-core could not be had by npm: whether all can use the pages will not be checked."
    fi
}

# Whether a Liberation Serif is there that has the letter ộ.
has_letters() {
    fc-list ':charset=1ed9:family=Liberation Serif' 2>/dev/null | grep -q .
}

# docling comes last: it is several GB.
ALL_PEERS="pdftotext pypdf pdfminer.six markitdown legal-reference-extraction eyecite underthesea trafilatura docling"
DOCLING_GB=12

want_peer() {
    local name=$1 package=$1 to=.peers/$1 had more=()
    case $name in
    pdftotext)
        command -v pdftotext >/dev/null || { may_install && install poppler-utils; } ||
            say "pdftotext is not installed and will not be measured." \
                "To have it: sudo apt-get install -y poppler-utils"
        return
        ;;
    markitdown) package='markitdown[docx,pdf]' ;;
    # What it asks of lxml by an extra is a package of its own since lxml 5.2.
    trafilatura) more=(lxml_html_clean) ;;
    pypdf | pdfminer.six | legal-reference-extraction | eyecite | underthesea | docling) ;;
    *) die "there is no peer $name; there are: $ALL_PEERS" ;;
    esac
    # The stamp holds the package asked for, an empty one its bare name; for another it is made anew.
    if [ -e "$to/.stamp" ]; then
        had="$(cat "$to/.stamp")"
        [ "${had:-$name}" = "$package" ] && return
    fi
    if [ "$name" = docling ] && [ "$(df -Pk . | awk 'END { print $4 }')" -lt $((DOCLING_GB << 20)) ]; then
        say "docling needs several GB, and less than $DOCLING_GB GB are free here: it is left out."
        return
    fi
    say "$name, in $to"
    rm -rf "$to"
    if command -v uv >/dev/null; then
        uv venv --quiet --python .venv/bin/python "$to" &&
            uv pip install --quiet --python "$to/bin/python" "$package" ${more[@]+"${more[@]}"}
    else
        .venv/bin/python -m venv "$to" &&
            "$to/bin/python" -m pip install --quiet --disable-pip-version-check "$package" \
                ${more[@]+"${more[@]}"}
    fi && printf '%s\n' "$package" >"$to/.stamp" || {
        say "$name could not be installed (the message is above) and will not be measured."
        rm -rf "$to"
    }
}

case "${1:-}" in
ocr)
    want_ocr
    exit
    ;;
office)
    want_office
    exit
    ;;
postgres)
    want_postgres
    exit
    ;;
chromium)
    want_chromium
    exit
    ;;
peers)
    shift
    for name in ${*:-$ALL_PEERS}; do
        want_peer "$name"
    done
    exit
    ;;
esac

if ! command -v uv >/dev/null; then
    with_venv
elif ! with_uv; then
    say "uv could not do it (its message is above); going on with venv and pip"
    with_venv
fi
touch .venv/.stamp
