using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A tensor taken from another by strides, as Slice, Expand and Tile do, with as few axes as it takes.</summary>
internal sealed class StridedLayout
{
    private readonly List<(Dim Length, Dim Stride)> _axes = [];
    private readonly Dim _start;

    /// <param name="start">The element that comes first.</param>
    /// <param name="axes">The result's axes, outermost first, and how far to move in the source along each.</param>
    public StridedLayout(Dim start, IEnumerable<(Dim Length, Dim Stride)> axes)
    {
        _start = start;
        foreach (var (length, stride) in axes)
        {
            if (Broadcast.IsOne(length))
            {
                continue;
            }

            if (_axes.Count > 0 && _axes[^1].Stride.Equals(stride * length))
            {
                _axes[^1] = (_axes[^1].Length * length, stride);
            }
            else
            {
                _axes.Add((length, stride));
            }
        }

        if (_axes.Count > Axes.Limit)
        {
            throw OperatorException.Unsupported($"more than {Axes.Limit} separate axes are not supported");
        }
    }

    /// <summary>Emits the copy from <paramref name="input"/> to <paramref name="output"/>.</summary>
    public void Emit(LowerContext context, Value input, Value output) =>
        context.Call(typeof(StridedCopy), nameof(StridedCopy.Run), input, output, ToStruct());

    private StructLiteral ToStruct()
    {
        var fields = new List<Scalar> { _axes.Count, _start };
        var lengths = new List<Dim>();
        var strides = new List<Dim>();
        foreach (var (length, stride) in _axes)
        {
            lengths.Add(length);
            strides.Add(stride);
        }

        fields.AddRange(KernelAxes.Padded(lengths));
        fields.AddRange(KernelAxes.Padded(strides));
        return StructLiteral.Of<StridedShape>(fields);
    }
}
