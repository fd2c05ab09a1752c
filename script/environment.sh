# Sourced by the other scripts, with the project's folder as current folder:
# finds a Python, makes .venv and installs requirements into it, once per change of the files.

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONUTF8=1

say() {
    echo "$*"
}

give_up() {
    echo "$*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# Prints the first Python that is 3.11 or newer.
find_python() {
    for name in python3.11 python3.12 python3.13 python3.14 python3; do
        if command -v "$name" >/dev/null 2>&1 && is_new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

ensure_venv() {
    if ! { [ -x .venv/bin/pip ] && is_new_enough .venv/bin/python; }; then
        make_venv
    fi
    install_packages requirements-pip.txt
}

make_venv() {
    python=$(find_python) ||
        give_up "Python 3.11 or newer is needed; install it, for example with: apt-get install python3 python3-venv"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        give_up "Python's venv module is missing; install it with: apt-get install python3-venv (or python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv)"
    [ -w . ] ||
        give_up "The folder $(pwd) is not writable for $(id -un); give it to this user or clone into another folder."
    say "Making .venv with $("$python" --version) …"
    rm -rf .venv
    "$python" -m venv .venv ||
        give_up "The virtual environment could not be made in $(pwd)/.venv; see the lines above."
}

# install_packages FILE: nothing to do when the file is as it was the last time.
# The file is whole, so nothing is resolved and nothing built with what is newest today:
# whatever is published later, the same is installed.
install_packages() {
    stamp=".venv/installed-$1"
    if cmp -s "$1" "$stamp"; then
        return
    fi
    [ -w .venv ] ||
        give_up "$1 has changed, but $(pwd)/.venv is not writable for $(id -un); run this once as its owner."
    say "Installing the packages of $1 …"
    if ! .venv/bin/pip install --quiet --retries 2 --no-deps --no-build-isolation --require-hashes \
        -r "$1" >.venv/install.log 2>&1; then
        if grep -q "DO NOT MATCH THE HASHES" .venv/install.log; then
            say "A downloaded package is not the one in $1: its hash differs." >&2
        fi
        give_up "The packages of $1 could not be installed. .venv/install.log ends with:
$(tail -n 5 .venv/install.log)"
    fi
    if lacking=$(what_is_lacking "$1"); then
        give_up "$1 does not name all that its packages need:
$lacking"
    fi
    cp "$1" "$stamp"
}

# Prints what the packages of a file lack; what else is in .venv does not matter. False if nothing.
what_is_lacking() {
    .venv/bin/pip check 2>&1 | grep -E "^($(sed -n 's/^\([a-z0-9.-]*\).*==.*/\1/p' "$1" | paste -sd '|' -)) "
}
