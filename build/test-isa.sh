#!/usr/bin/env bash
# Runs test projects, already built in Release, once per instruction set that the runtime can be made to believe in: results
# must be the same bits on all of them.
#   build/test-isa.sh [--results DIRECTORY] PROJECT...
set -euo pipefail

results=
if [ "${1:-}" = --results ]; then
  results="$2"
  shift 2
fi
[ $# -gt 0 ] || { echo "usage: build/test-isa.sh [--results DIRECTORY] PROJECT..." >&2; exit 2; }

# What .NET 10 listens to. EnableAVX2=0 hides FMA and AVX-VNNI as well; EnableHWIntrinsic=0 leaves scalar code.
tiers=(
  ""
  "DOTNET_EnableAVX512=0"
  "DOTNET_EnableAVX512=0 DOTNET_EnableAVXVNNI=0"
  "DOTNET_EnableAVX2=0"
  "DOTNET_EnableHWIntrinsic=0"
)

failed=0
for project in "$@"; do
  name="$(basename "$project" .csproj)"
  for i in "${!tiers[@]}"; do
    echo "== $name: ${tiers[i]:-all that this processor has}"
    arguments=(--configuration Release --no-build --nologo --verbosity quiet)
    # The variables go to the test host alone.
    for variable in ${tiers[i]}; do
      arguments+=(--environment "$variable")
    done
    if [ -n "$results" ]; then
      arguments+=(--results-directory "$results" --logger "trx;LogFileName=$name.isa$i.trx")
    fi
    dotnet test "$project" "${arguments[@]}" < /dev/null || failed=1
  done
done
exit "$failed"
