#!/usr/bin/env bash
# Puts ONNX Runtime's native library, which the tests use as an oracle and the benchmarks as a peer, under bench/.onnxruntime
# and prints its path. Does nothing, and needs no network, where it is already there.
#   OnnxRuntimePackage=1.30.0 build/install-onnxruntime.sh
# takes the library of that version from the NuGet package Microsoft.ML.OnnxRuntime instead of from npm.
set -euo pipefail

version=1.30.0
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
target="$root/bench/.onnxruntime"

case "$(uname -s)" in
  Linux) platform=linux file='libonnxruntime.so*' ;;
  Darwin) platform=darwin file='libonnxruntime*.dylib' ;;
  MINGW* | MSYS* | CYGWIN*) platform=win32 file='onnxruntime.dll' ;;
  *) echo "no ONNX Runtime for $(uname -s)" >&2; exit 1 ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) architecture=x64 ;;
  aarch64 | arm64) architecture=arm64 ;;
  *) echo "no ONNX Runtime for $(uname -m)" >&2; exit 1 ;;
esac

if [ -n "${OnnxRuntimePackage:-}" ]; then
  project="$root/build/OnnxRuntimePackage.proj"
  dotnet restore "$project" --nologo --verbosity quiet >&2
  packages="$(dotnet msbuild "$project" -getProperty:NuGetPackageRoot)"
  [ "$platform" = win32 ] && platform=win
  [ "$platform" = darwin ] && platform=osx
  directory="${packages%/}/microsoft.ml.onnxruntime/$OnnxRuntimePackage/runtimes/$platform-$architecture/native"
  found=
  [ ! -d "$directory" ] || found="$(find "$directory" -name "$file" | sort | head -n 1)"
  [ -n "$found" ] || { echo "Microsoft.ML.OnnxRuntime $OnnxRuntimePackage has no library in $directory" >&2; exit 1; }
  echo "$found"
  exit 0
fi

package="$target/node_modules/onnxruntime-node"

library() {
  # One file: the library may be there under two names.
  [ -d "$package" ] && find "$package/bin" -path "*/$platform/$architecture/*" -name "$file" | sort | head -n 1
}

installed() {
  [ -f "$package/package.json" ] && grep -q "\"version\": \"$version\"" "$package/package.json" && [ -n "$(library)" ]
}

if ! installed; then
  command -v npm > /dev/null || { echo "npm is needed to install onnxruntime-node $version" >&2; exit 1; }
  mkdir -p "$target"
  # The scripts of the package would download GPU libraries.
  npm install --ignore-scripts --no-audit --no-fund --no-save --loglevel=error --prefix "$target" "onnxruntime-node@$version" >&2
  installed || { echo "onnxruntime-node $version has no library for $platform/$architecture" >&2; exit 1; }
fi

library
