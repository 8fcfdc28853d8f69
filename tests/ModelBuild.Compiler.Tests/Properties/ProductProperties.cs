using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ModelBuild.Plan;
using Xunit;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>Products of matrices, convolutions and pools: quarters of small numbers, whose sums are exact.</summary>
public sealed class ProductProperties
{
    [Fact]
    public void MatMul_broadcasts_over_leading_axes() => Property.Holds(
        from batch in Cases.Shape(0, 2)
        from left in Cases.BroadcastTo(batch)
        from right in Cases.BroadcastTo(batch)
        from rows in Cases.Size
        from depth in Cases.Size
        from columns in Cases.Size
        from a in Cases.Tensor([.. left, rows, depth])
        from b in Cases.Tensor([.. right, depth, columns])
        from isConstant in Gen.Elements(true, false)
        from type in Gen.Elements(ElementType.Float, ElementType.Double)
        from isSymbolic in Cases.Symbolic
        select (a, b, isConstant, type, isSymbolic),
        item =>
        {
            var (a, b, isConstant, type, isSymbolic) = item;
            var rank = Math.Max(a.Rank, b.Rank) - 2;
            long Outer(Plain x, int axis) => axis - rank + x.Rank - 2 is var i && i < 0 ? 1 : x.Dims[i];
            long[] dims = [.. Enumerable.Range(0, rank).Select(axis => Math.Max(Outer(a, axis), Outer(b, axis))), a.Dims[^2], b.Dims[^1]];
            long[] Index(Plain x, long[] index, long row, long column) => [.. Enumerable.Range(0, x.Rank - 2).Select(axis => x.Dims[axis] == 1 ? 0 : index[axis + rank - x.Rank + 2]), row, column];
            var node = new NodeRun("MatMul", isSymbolic).Input(a, type);
            (isConstant ? node.Constant(b, type) : node.Input(b, type)).ShouldGive(
                1e-6, Plain.Of(dims, index => Enumerable.Range(0, (int)a.Dims[^1]).Sum(k => a[Index(a, index, index[^2], k)] * b[Index(b, index, k, index[^1])])));
        });

    [Fact]
    public void Gemm_transposes_scales_and_adds() => Property.Holds(
        from sizes in Cases.Size.ArrayOf(3)
        from transA in Gen.Choose(0, 1)
        from transB in Gen.Choose(0, 1)
        from a in Cases.Tensor(transA == 1 ? [sizes[1], sizes[0]] : [sizes[0], sizes[1]])
        from b in Cases.Tensor(transB == 1 ? [sizes[2], sizes[1]] : [sizes[1], sizes[2]])
        from shape in Cases.BroadcastTo([sizes[0], sizes[2]])
        from c in Cases.Tensor(shape)
        from alpha in Gen.Elements(1f, 0.5f, -2f)
        from beta in Gen.Elements(1f, 0.25f, 0f)
        from isConstant in Gen.Elements(true, false)
        select (sizes, transA, transB, a, b, c, alpha, beta, isConstant),
        item =>
        {
            var (sizes, transA, transB, a, b, c, alpha, beta, isConstant) = item;
            var node = new NodeRun("Gemm").Input(a);
            node = isConstant ? node.Constant(b, ElementType.Float).Constant(c, ElementType.Float) : node.Input(b).Input(c);
            node.With("transA", (long)transA).With("transB", (long)transB).With("alpha", alpha).With("beta", beta).ShouldGive(1e-6, Plain.Of([sizes[0], sizes[2]], index =>
                (alpha * Enumerable.Range(0, (int)sizes[1]).Sum(k => (transA == 1 ? a[k, index[0]] : a[index[0], k]) * (transB == 1 ? b[index[1], k] : b[k, index[1]]))) + (beta * c.Broadcast(index))));
        });

    [Fact]
    public void Conv_slides_windows_of_any_form() => Property.Holds(
        from window in Windows(3)
        from groups in Gen.Choose(1, 3)
        from inner in Gen.Choose(1, 3)
        from outer in Gen.Choose(1, 3)
        from batch in Gen.Choose(1, 2)
        from x in Cases.Tensor([batch, groups * inner, .. window.Input])
        from w in Cases.Tensor([groups * outer, inner, .. window.Kernel])
        from b in Cases.Tensor([groups * outer])
        from isConstant in Gen.Elements(true, true, false)
        from isSymbolic in Cases.Symbolic
        select (window, groups, x, w, b, isConstant, isSymbolic),
        item =>
        {
            var (window, groups, x, w, b, isConstant, isSymbolic) = item;
            var (inner, outer) = (w.Dims[1], w.Dims[0] / groups);
            var node = new NodeRun("Conv", isSymbolic && isConstant).Input(x);
            node = isConstant ? node.Constant(w, ElementType.Float).Constant(b, ElementType.Float) : node.Input(w).Input(b);
            window.On(node).With("group", (long)groups).ShouldGive(1e-6, Plain.Of([x.Dims[0], w.Dims[0], .. window.Output], index =>
            {
                var first = index[1] / outer * inner;
                return b[index[1]] + Plain.Indices(w.Dims[1..]).Sum(tap => w[[index[1], .. tap]] * x.At(0, [index[0], first + tap[0], .. window.Place(index[2..], tap[1..])]));
            }));
        });

    [Fact]
    public void ConvTranspose_is_the_transpose_of_Conv() => Property.Holds(
        from window in Windows(2)
        from groups in Gen.Choose(1, 2)
        from inner in Gen.Choose(1, 3)
        from outer in Gen.Choose(1, 3)
        from x in Cases.Tensor([1, groups * outer, .. window.Output])
        from w in Cases.Tensor([groups * outer, inner, .. window.Kernel])
        from isConstant in Gen.Elements(true, false)
        select (window, groups, x, w, isConstant),
        item =>
        {
            // What Conv would gather from each place is added up there; the rest of the last stride is padding of the output.
            var (window, groups, x, w, isConstant) = item;
            var (inner, outer) = (w.Dims[1], w.Dims[0] / groups);
            long[] dims = [1, groups * inner, .. window.Input];
            var sums = Plain.Of(dims, _ => 0);
            var strides = Plain.Indices(dims).Select((index, offset) => (Key: string.Join(",", index), offset)).ToDictionary(pair => pair.Key, pair => pair.offset);
            foreach (var index in Plain.Indices(x.Dims))
            {
                foreach (var tap in Plain.Indices(w.Dims[1..]))
                {
                    long[] to = [index[0], (index[1] / outer * inner) + tap[0], .. window.Place(index[2..], tap[1..])];
                    if (strides.TryGetValue(string.Join(",", to), out var offset))
                    {
                        sums.Values[offset] += x[index] * w[[index[1], .. tap]];
                    }
                }
            }

            var rest = window.Input.Select((size, i) => (size + window.Pads[i] + window.Pads[i + window.Rank] - window.Extent(i)) % window.Strides[i]).ToArray();
            var node = new NodeRun("ConvTranspose").Input(x);
            node = isConstant ? node.Constant(w, ElementType.Float) : node.Input(w);
            window.On(node).With("group", (long)groups).With("output_padding", rest).ShouldGive(1e-6, sums);
        });

    [Theory]
    [InlineData("MaxPool")]
    [InlineData("AveragePool")]
    [InlineData("LpPool")]
    public void A_pool_slides_windows_of_any_form(string op) => Property.Holds(
        from window in Windows(3)
        from x in Cases.Tensor([1, 2, .. window.Input])
        from includesPads in Gen.Choose(0, 1)
        from isSymbolic in Cases.Symbolic
        select (window, x, includesPads, isSymbolic),
        item =>
        {
            var (window, x, includesPads, isSymbolic) = item;
            var node = window.On(new NodeRun(op, isSymbolic).Input(x));
            (op == "AveragePool" ? node.With("count_include_pad", (long)includesPads) : node).ShouldGive(2e-6, Plain.Of([1, 2, .. window.Output], index =>
            {
                double[] values = [.. Plain.Indices(window.Kernel).Select(tap => x.At(double.NaN, [index[0], index[1], .. window.Place(index[2..], tap)])).Where(value => !double.IsNaN(value))];
                return op switch
                {
                    "MaxPool" => values.Max(),
                    "LpPool" => Math.Sqrt(values.Sum(value => value * value)),
                    _ => values.Sum() / (includesPads == 1 ? window.Kernel.Aggregate(1L, (a, b) => a * b) : values.Length),
                };
            }));
        },
        count: 100);

    // Every window has an element: pads are smaller than the part of a kernel that they may hide.
    private static Gen<Window> Windows(int mostRank) =>
        from rank in Gen.Choose(1, mostRank)
        from kernel in Gen.Choose(1, 3).ArrayOf(rank)
        from dilations in Gen.Elements(1, 1, 2).ArrayOf(rank)
        from strides in Gen.Elements(1, 1, 2, 3).ArrayOf(rank)
        from pads in Gen.CollectToArray(kernel.Concat(kernel), size => Gen.Choose(0, Math.Max(0, size - 2)))
        from extra in Gen.Choose(1, 5).ArrayOf(rank)
        select new Window(
            [.. Enumerable.Range(0, rank).Select(i => (long)(((kernel[i] - 1) * dilations[i]) + extra[i]))],
            [.. kernel.Select(size => (long)size)], [.. strides.Select(size => (long)size)], [.. dilations.Select(size => (long)size)], [.. pads.Select(size => (long)size)]);

    private sealed record Window(long[] Input, long[] Kernel, long[] Strides, long[] Dilations, long[] Pads)
    {
        public int Rank => Input.Length;

        public long[] Output => [.. Input.Select((size, i) => ((size + Pads[i] + Pads[i + Rank] - Extent(i)) / Strides[i]) + 1)];

        public long Extent(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

        public long[] Place(long[] output, long[] tap) => [.. output.Select((at, i) => (at * Strides[i]) - Pads[i] + (tap[i] * Dilations[i]))];

        public NodeRun On(NodeRun node) => node.With("kernel_shape", Kernel).With("strides", Strides).With("dilations", Dilations).With("pads", Pads);

        public override string ToString() =>
            $"input {string.Join("x", Input)}, kernel {string.Join("x", Kernel)}, strides {string.Join(",", Strides)}, dilations {string.Join(",", Dilations)}, pads {string.Join(",", Pads)}";
    }
}
