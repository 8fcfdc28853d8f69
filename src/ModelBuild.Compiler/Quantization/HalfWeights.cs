using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Stores large float constants as 16-bit floats that a Cast widens. Arithmetic stays as it was; each weight is rounded to 11 bits. A tensor with a value that
/// 16 bits cannot hold (beyond 65504) stays as it is.
/// </summary>
internal static class HalfWeights
{
    // Smaller constants are biases and factors: half of them is not worth their precision.
    private const int SmallestLength = 256;

    /// <summary>Narrows the constants of the nodes that <paramref name="reads"/> is true for.</summary>
    public static Graph Store(Graph graph, Func<Node, bool> reads)
    {
        var make = new StandardNodes(new NameScope(graph));
        var widened = new Dictionary<Value, Value>();
        var nodes = new List<Node>();
        foreach (var node in graph.Nodes)
        {
            nodes.Add(!reads(node) ? node : node.WithInputs([.. node.Inputs.Select(input => input is null ? null : Widened(input, node))]));
        }

        return widened.Count == 0 ? graph : new Graph(graph.Name, graph.Symbols, graph.Inputs, graph.Outputs, GraphOrder.Sort(nodes, graph.Outputs));

        Value Widened(Value value, Node reader)
        {
            if (widened.TryGetValue(value, out var known))
            {
                return known;
            }

            if (value.Constant is not { Type: ElementType.Float, Dims.Count: >= 2, Length: >= SmallestLength } tensor || Narrow(tensor) is not { } half)
            {
                return value;
            }

            var cast = make.Make("Cast", [make.Constant($"{value.Name}_half", half)], Attributes.Of(("to", (long)ElementType.Float)), reader.Origins, $"{value.Name}_widened");
            nodes.Add(cast);
            widened[value] = cast.Output;
            return cast.Output;
        }
    }

    /// <summary>The tensor with the values that 16 bits leave, as 32-bit floats: what the Cast makes.</summary>
    public static Tensor Widen(Tensor half) => TensorNumbers.ToSingles(half);

    /// <summary>The tensor as 16-bit floats; null where a value is too large.</summary>
    public static Tensor? Narrow(Tensor tensor)
    {
        foreach (var value in tensor.As<float>())
        {
            if (Half.IsInfinity((Half)value))
            {
                return null;
            }
        }

        return TensorNumbers.Map<float, Half>(tensor, value => (Half)value);
    }

    /// <summary>Whether 16 bits hold each value as it is.</summary>
    public static bool IsExact(Tensor tensor)
    {
        foreach (var value in tensor.As<float>())
        {
            if (BitConverter.SingleToInt32Bits((float)(Half)value) != BitConverter.SingleToInt32Bits(value))
            {
                return false;
            }
        }

        return true;
    }
}
