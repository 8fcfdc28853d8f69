using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>The same model in ONNX Runtime, with buffers bound once. Outputs that are not tensors are computed, too, but not bound.</summary>
internal sealed class OrtModel : IContender
{
    private readonly OrtSession _session;
    private readonly OrtBinding _binding;

    public OrtModel(string path, IReadOnlyList<Tensor> inputs, int threads)
    {
        ModelBytes = new FileInfo(path).Length;
        _session = new OrtSession(path, new OrtSessionOptions { MaySaturate = true, Threads = threads });
        Names = [.. _session.Outputs.Where(output => output.IsTensor).Select(output => output.Name)];
        Outputs = _session.Run(inputs, Names);
        _binding = _session.Bind(inputs, Names);
    }

    public long ModelBytes { get; }

    /// <summary>The names of the outputs that are tensors.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Their values.</summary>
    public IReadOnlyList<Tensor> Outputs { get; }

    public ReadOnlySpan<float> Output => _binding.Output<float>(0);

    public void Load(IReadOnlyList<Tensor> inputs)
    {
    }

    public void Run() => _binding.Run();

    public void Dispose()
    {
        _binding.Dispose();
        _session.Dispose();
    }
}
