using System;
using System.Linq;
using FsCheck.Fluent;
using ModelBuild.Plan;
using Xunit;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>Operators that move, repeat and choose elements: every result is exact.</summary>
public sealed class MovementProperties
{
    [Fact]
    public void Transpose_permutes_axes() => Property.Holds(
        from x in Cases.Tensor()
        from order in Gen.Shuffle(Enumerable.Range(0, x.Rank))
        from isSymbolic in Cases.Symbolic
        select (x, order, isSymbolic),
        item =>
        {
            var (x, order, isSymbolic) = item;
            long[] dims = [.. order.Select(axis => x.Dims[axis])];
            new NodeRun("Transpose", isSymbolic).Input(x).With("perm", order.Select(axis => (long)axis).ToArray())
                .ShouldGive(0, Plain.Of(dims, index => x[[.. Enumerable.Range(0, x.Rank).Select(axis => index[Array.IndexOf(order, axis)])]]));
        });

    [Fact]
    public void Reshape_keeps_the_order() => Property.Holds(
        from x in Cases.Tensor(1)
        from split in Gen.Choose(0, x.Rank)
        from open in Gen.Choose(-1, 1)
        from isConstant in Gen.Elements(true, false)
        select (x, split, open, isConstant),
        item =>
        {
            var (x, split, open, isConstant) = item;
            long[] dims = [x.Dims.Take(split).Aggregate(1L, (a, b) => a * b), x.Dims.Skip(split).Aggregate(1L, (a, b) => a * b)];
            long[] asked = [.. dims.Select((dim, axis) => axis == open ? -1 : dim)];
            new NodeRun("Reshape").Input(x).Integers(asked, isConstant).ShouldGive(0, new Plain(dims, x.Values));
        });

    [Fact]
    public void Slice_takes_steps_in_either_direction() => Property.Holds(
        from x in Cases.Tensor(1)
        from axis in Gen.Choose(0, x.Rank - 1)
        from start in Gen.Choose(-12, 12)
        from end in Gen.Choose(-12, 12)
        from step in Gen.Elements(-3, -2, -1, 1, 2, 3)
        from isConstant in Gen.Elements(true, false)
        from isSymbolic in Cases.Symbolic
        select (x, axis, start, end, step, isConstant, isSymbolic),
        item =>
        {
            var (x, axis, start, end, step, isConstant, isSymbolic) = item;
            var size = (int)x.Dims[axis];
            int Place(int value, int low, int high) => Math.Clamp(value < 0 ? value + size : value, low, high);
            var (first, last) = step > 0 ? (Place(start, 0, size), Place(end, 0, size)) : (Place(start, 0, size - 1), Place(end, -1, size - 1));
            var count = Math.Max(0, (int)Math.Ceiling((last - first) / (double)step));
            long[] dims = [.. x.Dims.Select((dim, i) => i == axis ? count : dim)];
            new NodeRun("Slice", isSymbolic).Input(x).Integers([start], isConstant).Integers([end], isConstant).Integers([axis]).Integers([step])
                .ShouldGive(0, Plain.Of(dims, index => x[[.. index.Select((at, i) => i == axis ? first + (at * step) : at)]]));
        });

    [Fact]
    public void Concat_and_Split_are_inverse() => Property.Holds(
        from dims in Cases.Shape(1)
        from axis in Cases.Axis(dims.Length)
        from sizes in Cases.Size.ArrayOf(3)
        from parts in Gen.CollectToArray(sizes, size => Cases.Tensor([.. dims.Select((dim, i) => i == (axis < 0 ? axis + dims.Length : axis) ? size : dim)]))
        from isSymbolic in Cases.Symbolic
        select (parts, axis, isSymbolic),
        item =>
        {
            var (parts, axis, isSymbolic) = item;
            var place = (int)(axis < 0 ? axis + parts[0].Rank : axis);
            var sizes = parts.Select(part => part.Dims[place]).ToArray();
            var whole = Plain.Of([.. parts[0].Dims.Select((dim, i) => i == place ? sizes.Sum() : dim)], index =>
            {
                var (part, at) = (0, index[place]);
                while (at >= sizes[part])
                {
                    at -= sizes[part++];
                }

                return parts[part][[.. index.Select((value, i) => i == place ? at : value)]];
            });
            parts.Aggregate(new NodeRun("Concat"), (node, part) => node.Input(part)).With("axis", axis).ShouldGive(0, whole);
            new NodeRun("Split", isSymbolic).Input(whole).Integers(sizes).With("axis", axis).ShouldGive(0, parts);
        });

    [Fact]
    public void Gather_takes_indices_from_either_end() => Property.Holds(
        from x in Cases.Tensor(1, 3)
        from axis in Cases.Axis(x.Rank)
        let size = (int)x.Dims[axis < 0 ? axis + x.Rank : axis]
        from dims in Cases.Shape(0, 2)
        from indices in Cases.Whole(dims, -size, size - 1)
        from isSymbolic in Cases.Symbolic
        select (x, axis, indices, isSymbolic),
        item =>
        {
            var (x, axis, indices, isSymbolic) = item;
            var place = (int)(axis < 0 ? axis + x.Rank : axis);
            long[] dims = [.. x.Dims.Take(place), .. indices.Dims, .. x.Dims.Skip(place + 1)];
            new NodeRun("Gather", isSymbolic).Input(x).Input(indices, ElementType.Int64).With("axis", axis).ShouldGive(0, Plain.Of(dims, index =>
            {
                var at = (long)indices[index[place..(place + indices.Rank)]];
                return x[[.. index[..place], at < 0 ? at + x.Dims[place] : at, .. index[(place + indices.Rank)..]]];
            }));
        });

    [Fact]
    public void Pad_fills_repeats_and_mirrors() => Property.Holds(
        from x in Cases.Tensor(1, 3)
        from mode in Gen.Elements("constant", "edge", "reflect", "wrap")
        from pads in Gen.CollectToArray(x.Dims.Concat(x.Dims), dim => Gen.Choose(mode is "constant" ? -(int)((dim - 1) / 2) : 0, (int)(mode is "reflect" ? dim - 1 : mode == "wrap" ? dim : 3)))
        from isConstant in Gen.Elements(true, false)
        from isSymbolic in Cases.Symbolic
        select (x, mode, pads, isConstant, isSymbolic),
        item =>
        {
            var (x, mode, pads, isConstant, isSymbolic) = item;
            var rank = x.Rank;
            long[] dims = [.. x.Dims.Select((dim, axis) => dim + pads[axis] + pads[axis + rank])];
            var node = new NodeRun("Pad", isSymbolic).Input(x).Integers([.. pads.Select(pad => (long)pad)], isConstant);
            if (mode == "constant")
            {
                node.Constant(new Plain([], [1.5]), ElementType.Float);
            }

            node.With("mode", mode).ShouldGive(0, Plain.Of(dims, index => x.At(1.5, [.. index.Select((at, axis) => Source(at - pads[axis], x.Dims[axis], mode))])));
        });

    [Fact]
    public void Expand_and_Tile_repeat() => Property.Holds(
        from dims in Cases.Shape(1, 3)
        from shape in Cases.BroadcastTo(dims)
        from x in Cases.Tensor(shape)
        from repeats in Gen.Choose(1, 3).ArrayOf(shape.Length)
        from isConstant in Gen.Elements(true, false)
        from isSymbolic in Cases.Symbolic
        select (dims, x, repeats, isConstant, isSymbolic),
        item =>
        {
            var (dims, x, repeats, isConstant, isSymbolic) = item;
            new NodeRun("Expand", isSymbolic).Input(x).Integers(dims, isConstant).ShouldGive(0, Plain.Of(dims, x.Broadcast));
            long[] tiled = [.. x.Dims.Zip(repeats, (dim, times) => dim * times)];
            new NodeRun("Tile", isSymbolic).Input(x).Integers([.. repeats.Select(times => (long)times)], isConstant)
                .ShouldGive(0, Plain.Of(tiled, index => x[[.. index.Select((at, axis) => at % x.Dims[axis])]]));
        });

    [Fact]
    public void TopK_sorts_and_keeps_the_order_of_equals() => Property.Holds(
        from x in Cases.Tensor(1, 3)
        from axis in Cases.Axis(x.Rank)
        let size = (int)x.Dims[axis < 0 ? axis + x.Rank : axis]
        from k in Gen.Choose(1, size)
        from largest in Gen.Choose(0, 1)
        from isConstant in Gen.Elements(true, false)
        select (x, axis, k, largest, isConstant),
        item =>
        {
            var (x, axis, k, largest, isConstant) = item;
            var place = (int)(axis < 0 ? axis + x.Rank : axis);
            int[] Order(long[] index) => [.. Enumerable.Range(0, (int)x.Dims[place]).OrderBy(at => (largest == 1 ? -1 : 1) * x[With(index, place, at)])];
            long[] dims = With(x.Dims, place, k);
            new NodeRun("TopK").Input(x).Integers([k], isConstant).With("axis", axis).With("largest", (long)largest).ShouldGive(
                0,
                Plain.Of(dims, index => x[With(index, place, Order(index)[index[place]])]),
                Plain.Of(dims, index => Order(index)[index[place]]));
        });

    private static long[] With(long[] index, int axis, long value) => [.. index.Select((at, i) => i == axis ? value : at)];

    // Where an element of a padded axis comes from.
    private static long Source(long at, long size, string mode) => mode switch
    {
        "edge" => Math.Clamp(at, 0, size - 1),
        "reflect" => at < 0 ? -at : at >= size ? (2 * (size - 1)) - at : at,
        "wrap" => ((at % size) + size) % size,
        _ => at,
    };
}
