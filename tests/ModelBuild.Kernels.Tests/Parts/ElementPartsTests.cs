using Xunit;

namespace ModelBuild.Kernels.Tests.Parts;

/// <summary>The parts of kernels that take values or rows one by one, on every instruction set.</summary>
public sealed class ElementPartsTests
{
    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Functions_of_floats(int level)
    {
        var isa = (IsaLevel)level;
        foreach (var length in new[] { 0, 1, 63, 64, 65, 500, 1111 })
        {
            var a = new Guarded<float>(FloatSamples.Wild(length, 1));
            var b = new Guarded<float>(FloatSamples.Wild(length, 2));
            PartsCheck.Equal<float>(
                length,
                $"{isa}, {length} sigmoids",
                y => UnaryF32.RunOn(isa, a.Span, y, default(SigmoidF32)),
                (y, part, parts) => UnaryF32Parts.RunOn(isa, a.Span, y, default(SigmoidF32), part, parts));
            PartsCheck.Equal<float>(
                length,
                $"{isa}, {length} products",
                y => BinaryF32.RunOn(isa, a.Span, b.Span, y, default(MulF32)),
                (y, part, parts) => BinaryF32Parts.RunOn(isa, a.Span, b.Span, y, default(MulF32), part, parts));
            PartsCheck.Equal<float>(
                length,
                $"{isa}, {length} differences to the right",
                y => BinaryF32.RunScalarRightOn(isa, a.Span, y, 3f, default(SubF32)),
                (y, part, parts) => BinaryF32Parts.RunScalarRightOn(isa, a.Span, y, 3f, default(SubF32), part, parts));
            PartsCheck.Equal<float>(
                length,
                $"{isa}, {length} differences to the left",
                y => BinaryF32.RunScalarLeftOn(isa, b.Span, y, 3f, default(SubF32)),
                (y, part, parts) => BinaryF32Parts.RunScalarLeftOn(isa, b.Span, y, 3f, default(SubF32), part, parts));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Functions_of_bytes(int level)
    {
        var isa = (IsaLevel)level;
        foreach (var length in new[] { 0, 1, 63, 64, 65, 500, 1111 })
        {
            var a = new Guarded<byte>(Int8Samples.Bytes(length, 1));
            var b = new Guarded<byte>(Int8Samples.Bytes(length, 2));
            var floats = new Guarded<float>(Int8Samples.Floats(length, 9f, 3));
            var table = Int8Samples.Bytes(256, 4);
            var (add, output) = (new ResidualAdd(0.7f, 11, 0.5f, 130, 20, 20, 240), new Requantize(9, 4, 251));
            PartsCheck.Equal<byte>(
                length,
                $"{isa}, {length} sums",
                y => AddU8.RunOn(isa, a.Span, b.Span, y, add),
                (y, part, parts) => AddU8Parts.RunOn(isa, a.Span, b.Span, y, add, part, parts));
            PartsCheck.Equal<byte>(
                length,
                $"{isa}, {length} lookups",
                y => LookupU8.RunOn(isa, a.Span, table, y),
                (y, part, parts) => LookupU8Parts.RunOn(isa, a.Span, table, y, part, parts));
            PartsCheck.Equal<byte>(
                length,
                $"{isa}, {length} changes of scale",
                y => RequantizeU8.RunOn(isa, a.Span, y, 77, 1.3f, output),
                (y, part, parts) => RequantizeU8Parts.RunOn(isa, a.Span, y, 77, 1.3f, output, part, parts));
            PartsCheck.Equal<byte>(
                length,
                $"{isa}, {length} floats to bytes",
                y => QuantizeLinearU8.RunOn(isa, floats.Span, y, 0.05f, 120),
                (y, part, parts) => QuantizeLinearU8Parts.RunOn(isa, floats.Span, y, 0.05f, 120, part, parts));
            PartsCheck.Equal<float>(
                length,
                $"{isa}, {length} bytes to floats",
                y => DequantizeLinearU8.RunOn(isa, a.Span, y, 0.05f, 120),
                (y, part, parts) => DequantizeLinearU8Parts.RunOn(isa, a.Span, y, 0.05f, 120, part, parts));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Rows(int level)
    {
        var isa = (IsaLevel)level;
        foreach (var (rows, length, inner) in new[] { (1, 40, 1), (5, 33, 1), (12, 7, 3), (0, 4, 1) })
        {
            var x = new Guarded<float>(FloatSamples.Tame(rows * length * inner, 1));
            var (scale, bias) = (FloatSamples.Tame(length, 2), FloatSamples.Tame(length, 3));
            PartsCheck.Equal<float>(
                rows * length * inner,
                $"{isa}, softmax of {rows} x {length} x {inner}",
                y => SoftmaxF32.RunOn(isa, x.Span, y, rows, length, inner),
                (y, part, parts) => SoftmaxF32Parts.RunOn(isa, x.Span, y, rows, length, inner, part, parts));
            PartsCheck.Equal<float>(
                rows * length,
                $"{isa}, normalization of {rows} x {length}",
                y => LayerNormalizationF32.RunOn(isa, x.Span[..(rows * length)], scale, bias, y, rows, length, 1e-5f),
                (y, part, parts) => LayerNormalizationF32Parts.RunOn(isa, x.Span[..(rows * length)], scale, bias, y, rows, length, 1e-5f, part, parts));
            PartsCheck.Equal<float>(
                rows * length,
                $"{isa}, normalization of {length} channels of {rows} pixels",
                y => InstanceNormF32.RunOn(isa, x.Span[..(rows * length)], scale, bias, [], y, 1, rows, length, 1e-5f, -1f, 1f),
                (y, part, parts) => InstanceNormF32Parts.RunOn(isa, x.Span[..(rows * length)], scale, bias, [], y, 1, rows, length, 1e-5f, -1f, 1f, part, parts));
        }
    }

    [Fact]
    public void Copies()
    {
        foreach (var (batch, height, width, top, left, bottom, right) in new[] { (1, 5, 4, 1, 2, 3, 1), (3, 2, 3, 2, 1, 0, 1), (2, 1, 1, 4, 0, 4, 0), (1, 6, 2, 0, 0, 0, 3) })
        {
            const int Channels = 3;
            var x = new Guarded<float>(FloatSamples.Wild(batch * height * width * Channels, 1));
            PartsCheck.Equal<float>(
                batch * (top + height + bottom) * (left + width + right) * Channels,
                $"padding of {batch} x {height} x {width}",
                y => PadNhwc.Run(x.Span, y, 7f, batch, height, width, Channels, top, left, bottom, right),
                (y, part, parts) => PadNhwcParts.Run(x.Span, y, 7f, batch, height, width, Channels, top, left, bottom, right, part, parts));
            PartsCheck.Equal<float>(
                batch * (top + height + bottom) * (left + width + right) * Channels,
                $"padding of {batch} x {height} x {width} in planes",
                y => PadPlanes.Run(x.Span, y, 7f, batch, height, width, Channels, top, left, bottom, right),
                (y, part, parts) => PadPlanesParts.Run(x.Span, y, 7f, batch, height, width, Channels, top, left, bottom, right, part, parts));
        }

        // Both halves of a concatenation: what one call leaves alone is what the other writes.
        foreach (var outer in new[] { 1, 4, 9 })
        {
            var (first, second) = (FloatSamples.Wild(outer * 5, 1), FloatSamples.Wild(outer * 8, 2));
            PartsCheck.Equal<float>(
                outer * 13,
                $"concatenation of {outer} x (5 + 8)",
                y =>
                {
                    ConcatPart.Run<float>(first, y, outer, 5, 13, 0);
                    ConcatPart.Run<float>(second, y, outer, 8, 13, 5);
                },
                (y, part, parts) =>
                {
                    ConcatPartParts.Run<float>(first, y, outer, 5, 13, 0, part, parts);
                    ConcatPartParts.Run<float>(second, y, outer, 8, 13, 5, part, parts);
                });
        }
    }
}
