#!/usr/bin/env bash
# Accepts what the tests got: every *.received.* file beside a test becomes its *.verified.* file, and docs/page.received.md the page. Read the difference first:
# git diff shows it afterwards.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../tests"
find . -name '*.received.*' -not -path '*/bin/*' -not -path '*/obj/*' | while read -r received; do
  mv "$received" "${received/.received./.verified.}"
  echo "${received/.received./.verified.}"
done

cd ../docs
find . -name '*.received.*' | while read -r received; do
  mv "$received" "${received/.received./.}"
  echo "docs/${received/.received./.}"
done
