using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class MatMulF32Tests
{
    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Fact]
    public void The_reference_multiplies_matrices()
    {
        var y = new float[4];
        MatMulF32.Reference([1, 2, 3, 4, 5, 6], [1, 10, 2, 20, 3, 30], y, new BroadcastShape(0), new MatMulShape(2, 3, 2));
        y.ShouldBe([14, 140, 32, 320]);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Matrices_of_any_size_equal_the_reference(int level)
    {
        for (var size = 0; size <= 40; size += size < 20 ? 1 : 5)
        {
            Check((IsaLevel)level, new BroadcastShape(0), 1, 1, 1, new MatMulShape(size, 41 - size, (size * 7) % 45), size);
        }

        Check((IsaLevel)level, new BroadcastShape(0), 1, 1, 1, new MatMulShape(3, 0, 5), 1);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Leading_dimensions_broadcast(int level)
    {
        // [2,3,...] by [2,3,...]; [3,1,2,...] by [4,1,...]: the last axis of the batch is the innermost.
        Check((IsaLevel)level, new BroadcastShape(1, 6, A0: 1, B0: 1), 6, 6, 6, new MatMulShape(5, 7, 33), 1);
        Check((IsaLevel)level, new BroadcastShape(3, 3, 4, 2, A0: 2, A2: 1, B1: 1), 6, 4, 24, new MatMulShape(2, 9, 17), 2);
        Check((IsaLevel)level, new BroadcastShape(2, 3, 0, A0: 1, B1: 1), 3, 0, 0, new MatMulShape(2, 9, 17), 3);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_values_pass_through_as_in_the_reference(int level) =>
        Check((IsaLevel)level, new BroadcastShape(1, 2, A0: 1, B0: 1), 2, 2, 2, new MatMulShape(7, 19, 35), 4, extreme: true);

    [Fact]
    public void Other_element_types_give_the_same_products()
    {
        var y = new long[8];
        MatMul.Run<long>([1, 2, 3, 4], [1, 0, 0, 1, 5, 6, 7, 8], y, new BroadcastShape(1, 2, B0: 1), new MatMulShape(2, 2, 2));
        y.ShouldBe([1, 2, 3, 4, 19, 22, 43, 50]);
    }

    private static void Check(IsaLevel level, BroadcastShape batches, int lefts, int rights, int products, MatMulShape shape, int seed, bool extreme = false)
    {
        float[] Data(int length, int salt) => extreme ? FloatSamples.Wild(length, seed + salt, 17) : FloatSamples.Tame(length, seed + salt);
        var a = new Guarded<float>(Data(lefts * shape.Rows * shape.Inner, 100));
        var b = new Guarded<float>(Data(rights * shape.Inner * shape.Columns, 200));
        var y = new Guarded<float>(products * shape.Rows * shape.Columns);
        var scratch = new Guarded<float>((shape.Inner + 1) * ((shape.Columns + 15) & -16));
        var expected = new float[products * shape.Rows * shape.Columns];
        var context = $"{level} {batches} {shape}";

        MatMulF32.Reference(a.Span, b.Span, expected, batches, shape);
        MatMulF32.RunOn(level, a.Span, b.Span, y.Span, scratch.Span, batches, shape);

        Bits.ShouldEqual<float>(y.Span, expected, context);
        y.AssertIntact(context);
        scratch.AssertIntact(context);
    }
}
