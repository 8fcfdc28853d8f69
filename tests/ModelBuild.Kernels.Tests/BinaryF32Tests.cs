using System;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class BinaryF32Tests
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 65, 100];

    [Fact]
    public void Every_operation_gives_the_same_bits_on_every_instruction_set()
    {
        Same(default(AddF32));
        Same(default(SubF32));
        Same(default(MulF32));
        Same(default(DivF32));
        Same(default(MinF32));
        Same(default(MaxF32));
        Same(default(PReluF32));
        Same(default(PowF32));
    }

    [Fact]
    public void Min_and_max_propagate_NaN_and_order_the_zeros()
    {
        Bits.ShouldEqual<float>([Apply(float.NaN, 1f, default(MaxF32)), Apply(1f, float.NaN, default(MinF32))], [float.NaN, float.NaN], "NaN");
        Bits.ShouldEqual<float>([Apply(-0f, 0f, default(MaxF32)), Apply(0f, -0f, default(MinF32))], [0f, -0f], "zeros");
    }

    [Fact]
    public void Rows_columns_and_strides_broadcast()
    {
        // [2, 3, 20] with a full, b one value per last axis; then b one value per first axis; then both moving backwards and sideways.
        Broadcast(120, 20, new BroadcastShape(Rank: 2, D0: 6, D1: 20, A0: 20, A1: 1, B1: 1), (i, j, _) => ((i * 20) + j, j), 6, 20, 1);
        Broadcast(120, 2, new BroadcastShape(Rank: 2, D0: 2, D1: 60, A0: 60, A1: 1, B0: 1), (i, j, _) => ((i * 60) + j, i), 2, 60, 1);
        Broadcast(20, 120, new BroadcastShape(Rank: 2, D0: 6, D1: 20, A1: 1, B0: 20, B1: 1), (i, j, _) => (j, (i * 20) + j), 6, 20, 1);
        Broadcast(6, 20, new BroadcastShape(Rank: 3, D0: 2, D1: 3, D2: 20, A0: 3, A1: 1, B2: 1), (i, j, k) => ((i * 3) + j, k), 2, 3, 20);
        Broadcast(40, 60, new BroadcastShape(Rank: 3, D0: 2, D1: 3, D2: 20, A0: 20, A2: 1, B1: 1, B2: 3), (i, j, k) => ((i * 20) + k, (k * 3) + j), 2, 3, 20);

        // Short rows, on either side.
        Broadcast(900, 3, new BroadcastShape(Rank: 2, D0: 300, D1: 3, A0: 3, A1: 1, B1: 1), (i, j, _) => ((i * 3) + j, j), 300, 3, 1);
        Broadcast(7, 497, new BroadcastShape(Rank: 2, D0: 71, D1: 7, A1: 1, B0: 7, B1: 1), (i, j, _) => (j, (i * 7) + j), 71, 7, 1);
        Broadcast(640, 64, new BroadcastShape(Rank: 2, D0: 10, D1: 64, A0: 64, A1: 1, B1: 1), (i, j, _) => ((i * 64) + j, j), 10, 64, 1);
        Broadcast(1, 1, new BroadcastShape(Rank: 0), (_, _, _) => (0, 0), 1, 1, 1);
        Broadcast(1, 1, new BroadcastShape(Rank: 2, D0: 0, D1: 4), (_, _, _) => (0, 0), 0, 4, 1);
    }

    private static void Broadcast(int aLength, int bLength, BroadcastShape shape, Func<int, int, int, (int A, int B)> map, int d0, int d1, int d2)
    {
        var a = new Guarded<float>(FloatSamples.Wild(aLength, 1));
        var b = new Guarded<float>(FloatSamples.Wild(bLength, 2));
        var expected = new float[d0 * d1 * d2];
        for (var i = 0; i < expected.Length; i++)
        {
            var (atA, atB) = map(i / (d1 * d2), i / d2 % d1, i % d2);
            expected[i] = a.Span[atA] - b.Span[atB];
        }

        foreach (var isa in IsaLevels.Supported)
        {
            var y = new Guarded<float>(expected.Length);
            BinaryF32.RunBroadcastOn(isa, a.Span, b.Span, y.Span, in shape, default(SubF32));
            Bits.ShouldEqual<float>(y.Span, expected, $"{shape} on {isa}");
            y.AssertIntact();
        }
    }

    private static void Same<TOperation>(TOperation operation)
        where TOperation : struct, IBinaryF32
    {
        foreach (var length in Lengths)
        {
            var a = FloatSamples.Wild(length, length);
            var b = FloatSamples.Wild(length, length + 1000);
            foreach (var isa in IsaLevels.Supported)
            {
                Check($"{operation} of {length} on {isa}", a, 1, b, 1, operation, y => BinaryF32.RunOn(isa, a, b, y.Span, operation));
                Check($"{operation} of {length} with a scalar on {isa}", a, 1, [1.5f], 0, operation, y => BinaryF32.RunScalarRightOn(isa, a, y.Span, 1.5f, operation));
                Check($"{operation} of a scalar with {length} on {isa}", [-2f], 0, b, 1, operation, y => BinaryF32.RunScalarLeftOn(isa, b, y.Span, -2f, operation));
                Check($"{operation} of {length} into a on {isa}", a, 1, b, 1, operation, y => { a.CopyTo(y.Span); BinaryF32.RunOn(isa, y.Span, b, y.Span, operation); });
                Check($"{operation} of {length} into b on {isa}", a, 1, b, 1, operation, y => { b.CopyTo(y.Span); BinaryF32.RunOn(isa, a, y.Span, y.Span, operation); });
            }
        }
    }

    private static void Check<TOperation>(string context, float[] a, int aStride, float[] b, int bStride, TOperation operation, Action<Guarded<float>> run)
        where TOperation : struct, IBinaryF32
    {
        var expected = new float[aStride == 0 ? b.Length : a.Length];
        BinaryF32.Reference(a, aStride, b, bStride, expected, operation);
        var y = new Guarded<float>(expected.Length);
        run(y);
        Bits.ShouldEqual<float>(y.Span, expected, context);
        y.AssertIntact(context);
    }

    internal static float Apply<TOperation>(float a, float b, TOperation operation)
        where TOperation : struct, IBinaryF32 => operation.Invoke(new ScalarF32(a), new ScalarF32(b)).Value;
}
