using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using ModelBuild.Plan;
using Xunit;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>What runs along axes.</summary>
public sealed class ReductionProperties
{
    private static readonly Dictionary<string, Func<IEnumerable<double>, double>> Definitions = new()
    {
        ["ReduceSum"] = values => values.Sum(),
        ["ReduceMean"] = values => values.Average(),
        ["ReduceMax"] = values => values.Max(),
        ["ReduceMin"] = values => values.Min(),
        ["ReduceProd"] = values => values.Aggregate(1.0, (a, b) => a * b),
        ["ReduceL1"] = values => values.Sum(Math.Abs),
        ["ReduceL2"] = values => Math.Sqrt(values.Sum(value => value * value)),
        ["ReduceSumSquare"] = values => values.Sum(value => value * value),
        ["ReduceLogSumExp"] = values => Math.Log(values.Sum(Math.Exp)),
    };

    [Theory]
    [InlineData("ReduceSum")]
    [InlineData("ReduceMean")]
    [InlineData("ReduceMax")]
    [InlineData("ReduceMin")]
    [InlineData("ReduceProd")]
    [InlineData("ReduceL1")]
    [InlineData("ReduceL2")]
    [InlineData("ReduceSumSquare")]
    [InlineData("ReduceLogSumExp")]
    public void A_reduction_takes_any_axes(string op) => Property.Holds(
        from x in op == "ReduceProd" ? Cases.Shape().SelectMany(dims => Cases.Whole(dims, -1, 1)) : Cases.Tensor()
        from axes in Cases.Axes(x.Rank)
        from keeps in Gen.Choose(0, 1)
        from type in Gen.Elements(ElementType.Float, ElementType.Double)
        from isConstant in Gen.Elements(true, true, false)
        from isSymbolic in Cases.Symbolic
        select (x, axes, keeps, type, isConstant, isSymbolic),
        item =>
        {
            var (x, axes, keeps, type, isConstant, isSymbolic) = item;
            var chosen = Enumerable.Range(0, x.Rank).Select(axis => axes.Length == 0 || axes.Contains(axis) || axes.Contains(axis - x.Rank)).ToArray();
            long[] kept = [.. x.Dims.Select((dim, axis) => chosen[axis] ? 1 : dim)];
            var values = Plain.Of(kept, index => Definitions[op](Plain.Indices([.. x.Dims.Select((dim, axis) => chosen[axis] ? dim : 1)])
                .Select(inner => x[[.. inner.Select((at, axis) => chosen[axis] ? at : index[axis])]])));
            var expected = keeps == 1 ? values : new Plain([.. kept.Where((_, axis) => !chosen[axis])], values.Values);
            var node = new NodeRun(op, isSymbolic).Input(x, type).With("keepdims", (long)keeps);
            (axes.Length == 0 ? node : node.Integers(axes, isConstant || keeps == 0)).ShouldGive(2e-6, expected);
        },
        count: 80);

    [Theory]
    [InlineData("ArgMax")]
    [InlineData("ArgMin")]
    public void The_place_of_the_best_is_the_first_or_the_last(string op) => Property.Holds(
        from x in Cases.Tensor(1)
        from axis in Cases.Axis(x.Rank)
        from keeps in Gen.Choose(0, 1)
        from last in Gen.Choose(0, 1)
        from isSymbolic in Cases.Symbolic
        select (x, axis, keeps, last, isSymbolic),
        item =>
        {
            var (x, axis, keeps, last, isSymbolic) = item;
            var place = (int)(axis < 0 ? axis + x.Rank : axis);
            var values = Plain.Of([.. x.Dims.Select((dim, i) => i == place ? 1 : dim)], index =>
            {
                double[] row = [.. Enumerable.Range(0, (int)x.Dims[place]).Select(at => x[[.. index.Select((value, i) => i == place ? at : value)]])];
                var best = op == "ArgMax" ? row.Max() : row.Min();
                return last == 1 ? Array.LastIndexOf(row, best) : Array.IndexOf(row, best);
            });
            var expected = keeps == 1 ? values : new Plain([.. x.Dims.Where((_, i) => i != place)], values.Values);
            new NodeRun(op, isSymbolic).Input(x).With("axis", axis).With("keepdims", (long)keeps).With("select_last_index", (long)last).ShouldGive(0, expected);
        });

    [Fact]
    public void Softmax_sums_to_one_along_its_axis() => Property.Holds(
        from x in Cases.Tensor(1)
        from axis in Cases.Axis(x.Rank)
        from op in Gen.Elements("Softmax", "LogSoftmax")
        from isSymbolic in Cases.Symbolic
        select (x, axis, op, isSymbolic),
        item =>
        {
            var (x, axis, op, isSymbolic) = item;
            var place = (int)(axis < 0 ? axis + x.Rank : axis);
            new NodeRun(op, isSymbolic).Input(x).With("axis", axis).ShouldGive(2e-6, Plain.Of(x.Dims, index =>
            {
                var sum = Enumerable.Range(0, (int)x.Dims[place]).Sum(at => Math.Exp(x[[.. index.Select((value, i) => i == place ? at : value)]]));
                return op == "Softmax" ? Math.Exp(x[index]) / sum : x[index] - Math.Log(sum);
            }));
        });

    [Fact]
    public void LayerNormalization_has_mean_zero_and_variance_one() => Property.Holds(
        from x in Cases.Tensor(1)
        from axis in Cases.Axis(x.Rank)
        let place = (int)(axis < 0 ? axis + x.Rank : axis)
        from scale in Cases.Tensor([.. x.Dims.Skip(place)])
        from bias in Cases.Tensor([.. x.Dims.Skip(place)])
        from isSymbolic in Cases.Symbolic
        select (x, axis, place, scale, bias, isSymbolic),
        item =>
        {
            var (x, axis, place, scale, bias, isSymbolic) = item;
            new NodeRun("LayerNormalization", isSymbolic).Input(x).Constant(scale, ElementType.Float).Constant(bias, ElementType.Float).With("axis", axis).With("epsilon", 0.5f)
                .ShouldGive(2e-6, Plain.Of(x.Dims, index =>
                {
                    double[] row = [.. Plain.Indices([.. x.Dims.Skip(place)]).Select(inner => x[[.. index.Take(place), .. inner]])];
                    var mean = row.Average();
                    var deviation = Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + 0.5);
                    return ((x[index] - mean) / deviation * scale[index[place..]]) + bias[index[place..]];
                }));
        });
}
