using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Multidirectional broadcasting as ONNX defines it (docs/Broadcasting.md of the specification).</summary>
internal static class Broadcast
{
    /// <summary>The common shape: dimensions are matched from the last one on, and 1 gives way to anything.</summary>
    /// <exception cref="OperatorException">Two dimensions differ and neither is 1.</exception>
    public static IReadOnlyList<Dim> Shape(IReadOnlyList<Dim> a, IReadOnlyList<Dim> b)
    {
        var result = new Dim[Math.Max(a.Count, b.Count)];
        for (var i = 1; i <= result.Length; i++)
        {
            var (left, right) = (i <= a.Count ? a[^i] : Dim.One, i <= b.Count ? b[^i] : Dim.One);
            result[^i] = left.Equals(right) || right.Equals(Dim.One) ? left
                : left.Equals(Dim.One) ? right
                : throw new OperatorException($"shapes [{string.Join(",", a)}] and [{string.Join(",", b)}] do not broadcast");
        }

        return result;
    }
}
