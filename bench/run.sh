#!/usr/bin/env bash
# Compares ModelBuild with ONNX Runtime on this machine, writes bench/results/<processor>-<instruction sets>[-N-threads][-engines].md, and ends with the geometric means.
#   bench/run.sh [--models a,b] [--rounds N] [--threads N] [--engines a,b]
# or, with every model in folders that have inputs beside them, in floats and in 8 bits without calibration, prints what is slower first:
#   bench/run.sh --sweep DIR... [--only a,b] [--bits 32,8] [--seconds N] [--threads N] [--profile]
# With OnnxRuntimePackage=VERSION in the environment, ONNX Runtime comes from the NuGet package of that version and not from npm.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
MODELBUILD_ONNXRUNTIME="${MODELBUILD_ONNXRUNTIME:-$("$root/build/install-onnxruntime.sh")}"
export MODELBUILD_ONNXRUNTIME

if [[ "${1:-}" == --sweep ]]; then
  dotnet build "$root/bench/ModelBuild.Benchmarks" --configuration Release --nologo --verbosity quiet -tl:off
  exec dotnet "$root/bench/ModelBuild.Benchmarks/bin/Release/net10.0/ModelBuild.Benchmarks.dll" sweep "${@:2}"
fi

# Our threads are decided when the models are compiled, so both the build and the program have to know.
threads=1
arguments=("$@")
for ((i = 0; i < $#; i++)); do
  case "${arguments[i]}" in
    --threads) threads="${arguments[i + 1]:-1}" ;;
    --threads=*) threads="${arguments[i]#--threads=}" ;;
  esac
done

quiet=(--configuration Release --nologo --verbosity quiet -tl:off -p:BenchmarkThreads="$threads")
dotnet build "$root/bench/ModelBuild.Benchmarks" "${quiet[@]}" -p:WithModels=true

# Programs that run a model once. What cannot be published here, for want of a linker say, is missing from the report, and nothing else.
for engine in ModelBuild OnnxRuntime; do
  for host in Jit ReadyToRun Native; do
    rm -rf "$root/bench/FirstResult/$engine/bin/$host"/Release/*/*/publish
    dotnet publish "$root/bench/FirstResult/$engine" "${quiet[@]}" -p:Host=$host >&2 || echo "no $host program of $engine: it could not be published" >&2
  done
done

dotnet "$root/bench/ModelBuild.Benchmarks/bin/Release/net10.0/ModelBuild.Benchmarks.dll" --output "$root/bench/results" "$@"
