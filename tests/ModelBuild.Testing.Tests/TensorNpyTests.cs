using System.IO;
using Shouldly;
using Xunit;

namespace ModelBuild.Testing.Tests;

public sealed class TensorNpyTests
{
    [Theory]
    [InlineData(TensorType.Boolean)]
    [InlineData(TensorType.UInt8)]
    [InlineData(TensorType.UInt16)]
    [InlineData(TensorType.UInt32)]
    [InlineData(TensorType.UInt64)]
    [InlineData(TensorType.Int8)]
    [InlineData(TensorType.Int16)]
    [InlineData(TensorType.Int32)]
    [InlineData(TensorType.Int64)]
    [InlineData(TensorType.Float16)]
    [InlineData(TensorType.Float32)]
    [InlineData(TensorType.Float64)]
    public void A_tensor_survives_its_file(TensorType type)
    {
        Tensor tensor = Tensor.Zeros(type, [2, 3]);
        for (int i = 0; i < tensor.Bytes.Length; i++)
        {
            tensor.Bytes[i] = type == TensorType.Boolean ? (byte)(i & 1) : (byte)(i + 1);
        }

        Tensor read = RoundTrip(tensor);

        read.Type.ShouldBe(type);
        read.Shape.ShouldBe([2L, 3L]);
        read.Bytes.ToArray().ShouldBe(tensor.Bytes.ToArray());
    }

    [Fact]
    public void Strings_survive_their_file() => RoundTrip(new Tensor([2], ["one", "zwölf"])).Strings.ShouldBe(["one", "zwölf"]);

    [Fact]
    public void Differences_are_relative_to_the_range_of_what_is_expected()
    {
        Tensor expected = Tensor.Create<float>([0, 10, float.NaN], 3);
        TensorDifference.RelativeToRange(expected, Tensor.Create<float>([0, 10, float.NaN], 3)).ShouldBe(0);
        TensorDifference.RelativeToRange(expected, Tensor.Create<float>([1, 10, float.NaN], 3)).ShouldBe(0.1);
        TensorDifference.RelativeToRange(expected, Tensor.Create<float>([0, float.NaN, 10], 3)).ShouldBe(double.PositiveInfinity);
        TensorDifference.RelativeToRange(expected, Tensor.Create<float>([0, 10, float.NaN], 3, 1)).ShouldBe(double.PositiveInfinity);
        TensorDifference.RelativeToRange(Tensor.Create<int>([1], 1), Tensor.Create<int>([2], 1)).ShouldBe(double.PositiveInfinity);
    }

    private static Tensor RoundTrip(Tensor tensor)
    {
        string path = Path.GetTempFileName();
        try
        {
            TensorNpy.Write(tensor, path);
            return TensorNpy.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
