using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>MatMulInteger and ConvInteger, with the numbers of the ONNX specification's examples and zero points of each form.</summary>
public class IntegerProductTests
{
    [Fact]
    public void A_product_takes_zero_points_away()
    {
        int[] y = new int[8];
        MatMulInteger.Run<byte, byte>([11, 7, 3, 10, 6, 2, 9, 5, 1, 8, 4, 0], [1, 4, 2, 5, 3, 6], [12], [0], y, batch: 1, rows: 4, inner: 3, columns: 2, sharesB: true);
        y.ShouldBe([-38, -83, -44, -98, -50, -113, -56, -128]);
    }

    [Fact]
    public void Rows_and_columns_have_zero_points_of_their_own()
    {
        int[] y = new int[4];
        MatMulInteger.Run<byte, sbyte>([1, 2, 3, 4], [1, -1, 2, -2], [1, 3], [0, -1], y, batch: 1, rows: 2, inner: 2, columns: 2, sharesB: true);
        y.ShouldBe([2, -1, 2, -1]);
    }

    [Fact]
    public void Every_batch_may_have_its_own_matrix()
    {
        int[] y = new int[2];
        MatMulInteger.Run<sbyte, sbyte>([1, 2, 3, 4], [5, 6, 7, 8], [0], [0], y, batch: 2, rows: 1, inner: 2, columns: 1, sharesB: false);
        y.ShouldBe([17, 53]);
    }

    [Fact]
    public void A_convolution_pads_with_the_zero_point()
    {
        int[] y = new int[16];
        var shape = new ConvShape(3, 3, 1, 2, 2, 1, 1, 1, 1, 4, 4, 1, 1);
        ConvInteger.Run<byte, byte>([2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 1, 1, 1], [1], [0], y, batch: 1, shape, top: 1, left: 1);
        y.ShouldBe([1, 3, 5, 3, 5, 12, 16, 9, 11, 24, 28, 15, 7, 15, 17, 9]);
    }
}
