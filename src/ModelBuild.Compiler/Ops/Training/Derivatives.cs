using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The derivatives of the sum of y's elements by every value on the way from some values to y, node by node from y backwards.</summary>
internal sealed partial class Derivatives
{
    private readonly FunctionContext _f;
    private readonly HashSet<Value> _dependent;
    private readonly Dictionary<Value, Value> _sums = [];

    /// <param name="f">Where the nodes are added.</param>
    /// <param name="path">The nodes between, in an order in which they can run.</param>
    /// <param name="xs">What is differentiated by.</param>
    /// <param name="y">What is differentiated.</param>
    public Derivatives(FunctionContext f, IReadOnlyList<Node> path, IReadOnlyList<Value> xs, Value y)
    {
        _f = f;
        _dependent = [.. xs];
        foreach (var node in path.Where(node => node.Inputs.Any(input => input is not null && _dependent.Contains(input))))
        {
            _dependent.UnionWith(node.Outputs.OfType<Value>().Where(output => output.Type.Element.IsFloatingPoint()));
        }

        _sums[y] = f.Add("Expand", f.Number(1, y), f.ShapeOf(y));
        foreach (var node in path.Reverse().Where(node => node.Outputs.Any(output => output is not null && _sums.ContainsKey(output) && _dependent.Contains(output))))
        {
            Step(node);
        }
    }

    /// <summary>The derivative by a value: zeros where y does not depend on it.</summary>
    public Value By(Value x) => _sums.GetValueOrDefault(x) ?? Zeros(x);

    private Value Zeros(Value like) => _f.Add("Expand", _f.Number(0, like), _f.ShapeOf(like));

    // A value may have several readers.
    private void Give(Value? x, Value derivative)
    {
        if (x is not null && _dependent.Contains(x))
        {
            _sums[x] = _sums.TryGetValue(x, out var sum) ? _f.Add("Add", sum, derivative) : derivative;
        }
    }

    private bool Wants(Node node, int input) => node.Input(input) is { } x && _dependent.Contains(x);

    // What broadcasting has repeated is added up.
    private Value Fit(Value derivative, Value x)
    {
        var (from, to) = (derivative.Type, x.Type);
        var extra = from.Rank - to.Rank;
        var axes = new List<long>();
        for (var axis = 0; axis < from.Rank; axis++)
        {
            if (axis < extra || (Broadcast.IsOne(to[axis - extra]) && !Broadcast.IsOne(from[axis])))
            {
                axes.Add(axis);
            }
            else if (!from[axis].Equals(to[axis - extra]))
            {
                throw OperatorException.Unsupported($"whether {to} is broadcast to {from} is known only at run time, and so is its derivative");
            }
        }

        var sum = _f.Reduce("ReduceSum", derivative, axes);
        return sum.Type.Rank == to.Rank ? sum : _f.Add("Reshape", sum, _f.ShapeOf(x));
    }

    // An operator that takes elements from other places gives the same places of a range of indices.
    private Value Returned(Node node, Value derivative)
    {
        var x = node.Input(0)!;
        var size = _f.Add("Size", x);
        var places = _f.Add("Reshape", _f.Add("Range", _f.Constant(Tensor.Scalar(0L)), size, _f.Constant(Tensor.Scalar(1L))), _f.ShapeOf(x));
        var taken = _f.Repeat(node, [places, .. node.Inputs.Skip(1)])[0]!;
        var zeros = _f.Add("Expand", _f.Number(0, x), _f.Add("Reshape", size, _f.Constant(1L)));
        var sums = _f.Add("ScatterElements", Attributes.Of(("reduction", "add")), zeros, _f.Add("Reshape", taken, _f.Constant(-1L)), _f.Add("Reshape", derivative, _f.Constant(-1L)));
        return _f.Add("Reshape", sums, _f.ShapeOf(x));
    }
}
