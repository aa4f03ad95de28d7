#!/usr/bin/env bash
# The one test command: installs what the tests need on a bare Debian with the .NET SDK, runs every test project, and ends
# with the line "N passed, N failed", whatever happens on the way. The processes that tests start, they stop. Nothing may be
# skipped here, and no project may be without tests. Exit status 0 only when everything passed. Needs root: packages are
# installed, and the tests of full disks mount a small tmpfs.
set -euo pipefail
cd "$(dirname "$0")/.."

results=
passed=0 failed=0 skipped=0 broken=0
finish() { # however the script ends
  local code=$?
  # What cannot be removed says nothing of the tests, and must not keep their outcome from being told.
  [ -z "$results" ] || rm -rf "$results" || true
  if [ "$skipped" -gt 0 ]; then
    echo "$skipped tests were skipped; here they must run."
  fi
  failed=$((failed + skipped + broken))
  [ "$code" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT
results="$(mktemp -d)"

need() { # command, Debian package
  command -v "$1" >/dev/null && return
  [ "${apt_updated:-}" ] || { apt-get update -qq; apt_updated=1; }
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null
}
need curl curl
need go golang
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] || need golang-golang-x-mod-dev golang-golang-x-mod-dev

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build BriData.sln -c Release --nologo -v quiet

for project in tests/*.Tests/*.csproj; do
  name="$(basename "$project" .csproj)"
  echo "== $name"
  trx="$results/$name.trx"
  code=0
  BRIDATA_TESTS_COMPLETE=1 dotnet test --project "$project" -c Release --no-build \
    --results-directory "$results" -- --report-xunit-trx --report-xunit-trx-filename "$name.trx" || code=$?
  if [ ! -f "$trx" ]; then
    echo "   no result: the test process did not finish"
    broken=$((broken + 1))
    continue
  fi
  counters="$(grep -o '<Counters [^>]*>' "$trx" | head -n 1)"
  number() { local n; n="$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters")"; echo "${n:-0}"; }
  bad=$(($(number failed) + $(number error) + $(number timeout) + $(number aborted)))
  passed=$((passed + $(number passed)))
  failed=$((failed + bad))
  skipped=$((skipped + $(number notExecuted)))
  if [ "$(number total)" -eq 0 ]; then
    echo "   no tests: none was found, or none was run"
    broken=$((broken + 1))
  elif [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && [ "$(number notExecuted)" -eq 0 ]; then
    echo "   the test process ended with $code, though no test failed"
    broken=$((broken + 1))
  fi
done
