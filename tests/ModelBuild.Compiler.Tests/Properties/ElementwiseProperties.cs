using System;
using System.Collections.Generic;
using FsCheck.Fluent;
using ModelBuild.Plan;
using Xunit;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>Operators of elements over shapes that broadcast, with fixed and with symbolic sizes.</summary>
public sealed class ElementwiseProperties
{
    private static readonly Dictionary<string, Func<double, double, double>> Binary = new()
    {
        ["Add"] = (a, b) => a + b,
        ["Sub"] = (a, b) => a - b,
        ["Mul"] = (a, b) => a * b,
        ["Max"] = Math.Max,
        ["Min"] = Math.Min,
        ["Less"] = (a, b) => a < b ? 1 : 0,
        ["LessOrEqual"] = (a, b) => a <= b ? 1 : 0,
        ["Greater"] = (a, b) => a > b ? 1 : 0,
        ["GreaterOrEqual"] = (a, b) => a >= b ? 1 : 0,
        ["Equal"] = (a, b) => a == b ? 1 : 0,
        ["PRelu"] = (a, b) => a < 0 ? a * b : a,
    };

    [Theory]
    [InlineData("Add")]
    [InlineData("Sub")]
    [InlineData("Mul")]
    [InlineData("Max")]
    [InlineData("Min")]
    [InlineData("Less")]
    [InlineData("LessOrEqual")]
    [InlineData("Greater")]
    [InlineData("GreaterOrEqual")]
    [InlineData("Equal")]
    [InlineData("PRelu")]
    public void A_binary_operator_broadcasts(string op) => Property.Holds(
        from dims in Cases.Shape()
        from left in Cases.BroadcastTo(dims)
        from right in Cases.BroadcastTo(dims)
        from a in Cases.Tensor(op == "PRelu" ? dims : left)
        from b in Cases.Tensor(right)
        from type in Gen.Elements(ElementType.Float, ElementType.Double, ElementType.Float16)
        from isSymbolic in Cases.Symbolic
        select (a, b, type, isSymbolic),
        item =>
        {
            var (a, b, type, isSymbolic) = item;
            new NodeRun(op, isSymbolic).Input(a, type).Input(b, type).ShouldGive(1e-3 / 4, Plain.Of(Joined(a, b), index => Binary[op](a.Broadcast(index), b.Broadcast(index))));
        },
        count: 80);

    [Theory]
    [InlineData(ElementType.Int8)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int64)]
    [InlineData(ElementType.UInt8)]
    public void Integers_are_added_and_divided(ElementType type) => Property.Holds(
        from dims in Cases.Shape()
        from right in Cases.BroadcastTo(dims)
        from a in Cases.Whole(dims, type == ElementType.UInt8 ? 0 : -60, 60)
        from b in Cases.Whole(right, 1, 60)
        from isSymbolic in Cases.Symbolic
        select (a, b, isSymbolic && type != ElementType.Int64),
        item =>
        {
            var (a, b, isSymbolic) = item;
            new NodeRun("Add", isSymbolic).Input(a, type).Input(b, type).ShouldGive(0, Plain.Of(a.Dims, index => a[index] + b.Broadcast(index)));
            new NodeRun("Div", isSymbolic).Input(a, type).Input(b, type).ShouldGive(0, Plain.Of(a.Dims, index => Math.Truncate(a[index] / b.Broadcast(index))));
        },
        count: 60);

    [Fact]
    public void Where_chooses() => Property.Holds(
        from dims in Cases.Shape()
        from shapes in Cases.BroadcastTo(dims).Three()
        from condition in Cases.Whole(shapes.Item1, 0, 1)
        from a in Cases.Tensor(shapes.Item2)
        from b in Cases.Tensor(shapes.Item3)
        from isSymbolic in Cases.Symbolic
        select (condition, a, b, isSymbolic),
        item =>
        {
            var (condition, a, b, isSymbolic) = item;
            var dims = Joined(new Plain(Joined(condition, a), []), b);
            new NodeRun("Where", isSymbolic).Input(condition, ElementType.Bool).Input(a).Input(b)
                .ShouldGive(0, Plain.Of(dims, index => condition.Broadcast(index) != 0 ? a.Broadcast(index) : b.Broadcast(index)));
        });

    [Fact]
    public void Cast_truncates_and_rounds() => Property.Holds(
        from x in Cases.Tensor()
        from type in Gen.Elements(ElementType.Float, ElementType.Double, ElementType.Float16)
        from to in Gen.Elements(ElementType.Int8, ElementType.Int32, ElementType.Int64, ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.Bool)
        from isSymbolic in Cases.Symbolic
        select (x, type, to, isSymbolic),
        item =>
        {
            var (x, type, to, isSymbolic) = item;
            new NodeRun("Cast", isSymbolic).Input(x, type).With("to", (long)to).ShouldGive(0, Plain.Of(x.Dims, index =>
                to == ElementType.Bool ? (x[index] != 0 ? 1 : 0) : to is ElementType.Int8 or ElementType.Int32 or ElementType.Int64 ? Math.Truncate(x[index]) : x[index]));
        });

    [Fact]
    public void Quantization_rounds_halves_to_even_and_saturates() => Property.Holds(
        from dims in Cases.Shape(1)
        from x in Cases.Tensor(dims, -3000, 3000)
        from axis in Cases.Axis(dims.Length)
        from perAxis in Gen.Elements(true, false)
        let channels = perAxis ? dims[axis < 0 ? axis + dims.Length : axis] : 1
        from scale in Gen.Elements(0.25, 0.5, 1, 2).ArrayOf((int)channels)
        from zero in Gen.Choose(0, 255).ArrayOf((int)channels)
        select (x, axis, perAxis, scale, zero),
        item =>
        {
            var (x, axis, perAxis, scale, zero) = item;
            long[] dims = perAxis ? [scale.Length] : [];
            int Channel(long[] index) => perAxis ? (int)index[axis < 0 ? axis + x.Rank : axis] : 0;
            var scales = new Plain(dims, scale);
            var zeros = new Plain(dims, Array.ConvertAll(zero, value => (double)value));
            var bytes = Plain.Of(x.Dims, index => Math.Clamp(Math.Round(x[index] / scale[Channel(index)], MidpointRounding.ToEven) + zero[Channel(index)], 0, 255));
            new NodeRun("QuantizeLinear").Input(x).Constant(scales, ElementType.Float).Constant(zeros, ElementType.UInt8).With("axis", axis).ShouldGive(0, bytes);
            new NodeRun("DequantizeLinear").Input(bytes, ElementType.UInt8).Constant(scales, ElementType.Float).Constant(zeros, ElementType.UInt8).With("axis", axis)
                .ShouldGive(0, Plain.Of(x.Dims, index => (bytes[index] - zero[Channel(index)]) * scale[Channel(index)]));
        });

    private static long[] Joined(Plain a, Plain b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        var dims = new long[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            var (i, j) = (axis - rank + a.Rank, axis - rank + b.Rank);
            dims[axis] = Math.Max(i < 0 ? 1 : a.Dims[i], j < 0 ? 1 : b.Dims[j]);
        }

        return dims;
    }
}
