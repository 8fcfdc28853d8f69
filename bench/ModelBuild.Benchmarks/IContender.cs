using System;
using System.Collections.Generic;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>A model loaded by an engine, with buffers of its own, so that a run can be timed alone.</summary>
internal interface IContender : IDisposable
{
    /// <summary>The bytes that ship for this model.</summary>
    long ModelBytes { get; }

    /// <summary>The first output of the last run.</summary>
    ReadOnlySpan<float> Output { get; }

    /// <summary>Copies inputs, in graph order, into the contender's buffers. Not timed.</summary>
    void Load(IReadOnlyList<Tensor> inputs);

    /// <summary>Runs the model once on what is loaded. Timed.</summary>
    void Run();
}
