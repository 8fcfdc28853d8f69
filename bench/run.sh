#!/usr/bin/env bash
# Compares ModelBuild with ONNX Runtime on this machine, writes bench/results/<processor>.md, and ends with the geometric means.
#   bench/run.sh [--models a,b] [--rounds N] [--threads N]
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
"$root/build/install-onnxruntime.sh" > /dev/null
dotnet build "$root/bench/ModelBuild.Benchmarks" --configuration Release --nologo --verbosity quiet -tl:off -p:WithModels=true
dotnet "$root/bench/ModelBuild.Benchmarks/bin/Release/net10.0/ModelBuild.Benchmarks.dll" --output "$root/bench/results" "$@"
