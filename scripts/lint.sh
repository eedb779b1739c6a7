#!/usr/bin/env bash
# Format, dependencies and house rules. Prints every finding, then fails if there was one.
set -uo pipefail
cd "$(dirname "$0")/.."
findings=0
fail() { printf '%s\n' "$*"; findings=$((findings + 1)); }
sources() { git ls-files --cached --others --exclude-standard "$@"; }

mapfile -t swift < <(sources '*.swift')
swift format lint --strict --parallel "${swift[@]}" || fail "Format: run 'make format', then mend what it cannot."

[[ -f Package.resolved ]] || swift package resolve >/dev/null 2>&1
resolved="$(python3 - <<'PY'
import json
for pin in sorted(json.load(open("Package.resolved"))["pins"], key=lambda pin: pin["identity"]):
    print(pin["identity"], pin["state"].get("version", "no version"))
PY
)"
diff <(echo "$resolved") docs/decisions/dependencies.txt >/dev/null ||
    fail "Dependencies differ from docs/decisions/dependencies.txt:
$(diff <(echo "$resolved") docs/decisions/dependencies.txt)"

# rule PATTERN WHY [exempt path pattern]
rule() {
    local found
    found="$(grep -nE "$1" "${swift[@]}" | grep -E '^Sources/' | grep -vE "^(${3:-nothing})" | grep -vE ':[0-9]+: *///?')"
    [[ -z "$found" ]] || fail "$2
$(printf '%s\n' "$found" | head -20 | sed 's/^/    /')"
}
rule '\bDate\(\)|ContinuousClock|SuspendingClock|Date\.now|clock_gettime' \
    "Time is read through OperationContext.clock only:" 'Sources/Kernel/Storage/Context/Clock.swift'
rule 'try!|as!|fatalError\(|preconditionFailure\(|\bunowned\b' "No traps in the sources:"
rule '\b(TODO|FIXME|XXX)\b' "Unfinished work is an issue, not a comment:"
rule '\bprint\(' "Only the program prints:" 'Sources/Higo/'

long="$(wc -l "${swift[@]}" | awk '$2 != "total" && $1 > 500 {print "    " $1 " lines: " $2}')"
[[ -z "$long" ]] || fail "Files over 500 lines:
$long"

for script in $(sources '*.sh') .ci/run; do bash -n "$script" || fail "Not valid: $script"; done
python3 -m py_compile $(sources '*.py') || fail "A Python file does not compile."

((findings == 0)) && echo "Lint: nothing found."
exit $((findings > 0))
