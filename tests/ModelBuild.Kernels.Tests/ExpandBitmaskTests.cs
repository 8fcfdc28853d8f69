using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public class ExpandBitmaskTests
{
    [Fact]
    public void Stored_values_stand_where_the_mask_has_a_bit()
    {
        float[] y = [9, 9, 9, 9, 9, 9, 9, 9, 9, 9];
        ExpandBitmask.Run<float>([0b1000_0101, 0b10], [1, 2, 3, 4], y);
        y.ShouldBe([1, 0, 2, 0, 0, 0, 0, 3, 0, 4]);
    }

    [Fact]
    public void Half_values_are_widened()
    {
        float[] y = [9, 9, 9];
        ExpandBitmask.Widen([0b110], [(Half)0.5f, (Half)(-2)], y);
        y.ShouldBe([0, 0.5f, -2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1001)]
    public void Every_tensor_comes_back(int length)
    {
        var random = new Random(length);
        sbyte[] values = [.. Enumerable.Range(0, length).Select(_ => (sbyte)(random.Next(3) == 0 ? random.Next(1, 100) : 0))];
        byte[] mask = new byte[(length + 7) / 8];
        for (int i = 0; i < length; i++)
        {
            mask[i / 8] |= (byte)(values[i] == 0 ? 0 : 1 << (i % 8));
        }

        sbyte[] y = new sbyte[length];
        ExpandBitmask.Run<sbyte>(mask, [.. values.Where(value => value != 0)], y);
        y.ShouldBe(values);
    }
}
