using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using Xunit;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>Resizing to any size, axis by axis.</summary>
public sealed class ResizeProperties
{
    [Theory]
    [InlineData("nearest")]
    [InlineData("linear")]
    public void Resize_reads_where_its_coordinates_point(string mode) => Property.Holds(
        from x in Cases.Shape(1, 2).SelectMany(dims => Cases.Tensor([1, 2, .. dims]))
        from sizes in Gen.Choose(1, 9).ArrayOf(x.Rank - 2)
        from coordinates in Gen.Elements("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")
        from isSymbolic in Cases.Symbolic
        from isConstant in Gen.Elements(true, false)
        select (x, sizes, coordinates, isSymbolic, isConstant),
        item =>
        {
            var (x, sizes, coordinates, isSymbolic, isConstant) = item;
            long[] dims = [1, 2, .. sizes.Select(size => (long)size)];
            var node = new NodeRun("Resize", isSymbolic).Input(x).Absent().Absent().Integers(dims, isConstant).With("mode", mode).With("coordinate_transformation_mode", coordinates);
            node.ShouldGive(2e-6, Plain.Of(dims, index => Weighted(x, index, 2, index[..2], mode, coordinates, dims)));
        },
        count: 100);

    // The sum over what is read along one axis, of the sums along the axes that follow.
    private static double Weighted(Plain x, long[] index, int axis, long[] from, string mode, string coordinates, long[] dims) => axis == x.Rank
        ? x[from]
        : Read(index[axis], x.Dims[axis], dims[axis], mode, coordinates).Sum(read => read.Weight * Weighted(x, index, axis + 1, [.. from, read.Place], mode, coordinates, dims));

    private static IEnumerable<(long Place, double Weight)> Read(long at, long size, long wanted, string mode, string coordinates)
    {
        var scale = wanted / (double)size;
        var place = coordinates switch
        {
            "asymmetric" => at / scale,
            "align_corners" => wanted == 1 ? 0 : at * (size - 1.0) / (wanted - 1.0),
            "pytorch_half_pixel" when wanted == 1 => 0,
            _ => ((at + 0.5) / scale) - 0.5,
        };
        long Inside(double value) => (long)Math.Clamp(value, 0, size - 1);
        if (mode == "nearest")
        {
            return [(Inside(Math.Ceiling(place - 0.5)), 1)]; // round_prefer_floor
        }

        var low = Math.Floor(place);
        return [(Inside(low), 1 - (place - low)), (Inside(low + 1), place - low)];
    }
}
