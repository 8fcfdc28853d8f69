using System;
using System.Collections.Generic;
using System.IO;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;

namespace ModelBuild.Benchmarks;

/// <summary>
/// ONNX Runtime at its best: all optimizations, buffers bound once (IoBinding). Where <paramref name="isPrecise"/>, its products of 8-bit integers do not saturate, as they do by
/// default on processors without 8-bit dot products.
/// </summary>
internal sealed class OrtEngine(int threads, bool isPrecise) : IEngine
{
    public string Name => $"ONNX Runtime {OrtSession.Version}{(isPrecise ? ", precise" : "")}";

    public string ProgramFolder => "OnnxRuntime";

    public IContender? Open(string model, Precision precision)
    {
        string? path = BenchmarkModels.ModelPath(model, precision);
        return path is null ? null : new Contender(path, new OrtSessionOptions { Threads = threads, MaySaturate = !isPrecise });
    }

    public IReadOnlyList<string> ProgramArguments(string model, Precision precision) => [isPrecise ? bool.FalseString : bool.TrueString, BenchmarkModels.ModelPath(model, precision)!];

    /// <summary>The native library and the model's file.</summary>
    public long BytesBeside(string model, Precision precision) => new FileInfo(OrtLibrary.Path!).Length + new FileInfo(BenchmarkModels.ModelPath(model, precision)!).Length;

    private sealed class Contender(string path, OrtSessionOptions options) : IContender
    {
        private readonly OrtSession _session = new(path, options);
        private OrtBinding? _binding;

        public long ModelBytes { get; } = new FileInfo(path).Length;

        public ReadOnlySpan<float> Output => _binding!.Output<float>(0);

        public void Load(IReadOnlyList<Tensor> inputs)
        {
            if (_binding is null)
            {
                _binding = _session.Bind([.. inputs]);
                return;
            }

            for (int i = 0; i < inputs.Count; i++)
            {
                inputs[i].Values<float>().CopyTo(_binding.Input<float>(i));
            }
        }

        public void Run() => _binding!.Run();

        public void Dispose()
        {
            _binding?.Dispose();
            _session.Dispose();
        }
    }
}
