using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// How kernels walk operands that are broadcast: the output's axes, neighbours merged where every operand goes along with both or with neither, and the stride of
/// each operand along them, 0 where it repeats.
/// </summary>
internal sealed class BroadcastLayout
{
    private readonly List<(Dim Length, Dim[] Moves, Dim[] Sizes)> _axes = [];
    private readonly int _operands;

    /// <param name="output">The output's shape.</param>
    /// <param name="operands">The operands' shapes, which broadcast to it.</param>
    public BroadcastLayout(IReadOnlyList<Dim> output, params IReadOnlyList<IReadOnlyList<Dim>> operands)
    {
        _operands = operands.Count;
        for (var axis = 0; axis < output.Count; axis++)
        {
            if (Broadcast.IsOne(output[axis]))
            {
                continue;
            }

            Dim[] sizes = [.. operands.Select(shape => axis >= output.Count - shape.Count ? shape[axis - output.Count + shape.Count] : Dim.One)];
            Dim[] moves = [.. sizes.Select(size => Broadcast.Factor(size, output[axis]))];
            if (_axes.Count > 0 && moves.All(move => move.IsConstant) && _axes[^1].Moves.SequenceEqual(moves))
            {
                _axes[^1] = (_axes[^1].Length * output[axis], moves, [.. _axes[^1].Sizes.Zip(sizes, (first, second) => first * second)]);
            }
            else
            {
                _axes.Add((output[axis], moves, sizes));
            }
        }

        if (_axes.Count > Axes.Limit)
        {
            throw OperatorException.Unsupported($"broadcasting along more than {Axes.Limit} separate axes is not supported");
        }
    }

    /// <summary>The struct of the kernel library: rank, lengths, then the strides of each operand.</summary>
    public StructLiteral ToStruct<T>()
        where T : struct
    {
        var fields = new List<Scalar> { _axes.Count };
        fields.AddRange(KernelAxes.Padded(_axes.Select(axis => axis.Length)));
        for (var operand = 0; operand < _operands; operand++)
        {
            fields.AddRange(KernelAxes.Padded(Strides(operand)));
        }

        return StructLiteral.Of<T>(fields);
    }

    private Dim[] Strides(int operand)
    {
        var strides = new Dim[_axes.Count];
        var stride = Dim.One;
        for (var i = _axes.Count - 1; i >= 0; i--)
        {
            strides[i] = _axes[i].Moves[operand] * stride;
            stride *= _axes[i].Sizes[operand];
        }

        return strides;
    }
}
