using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Operators of which ONNX Runtime has no kernel for processors, compared with plain loops in 64-bit floats over what their definitions say.</summary>
public class ContribDefinitionTests
{
    private const float Tolerance = 1e-5f;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DecoderMaskedSelfAttention_sees_the_past_and_itself(bool isMasked)
    {
        const int Batch = 2, Heads = 2, Size = 3, Inputs = 5, Past = 4, Most = 6, Width = Heads * Size;
        var (x, w, b) = (Samples(Batch * Inputs, 1), Samples(Inputs * 3 * Width, 2), Samples(3 * Width, 3));
        var cache = Samples(2 * Batch * Heads * Most * Size, 4);
        int[] mask = [1, 0, 1, 1, 1, 0, 1, 1, 0, 1];
        var node = new OneNode("DecoderMaskedSelfAttention").With("num_heads", Heads).With("past_present_share_buffer", 1)
            .Of($"n={Batch},1,{Inputs}", x).Of($"{Inputs},{3 * Width}", w).Constant().Of($"{3 * Width}", b).Constant();
        node = isMasked ? node.Of($"n={Batch},total={Past + 1}", mask) : node.Absent();
        var y = node.Of($"2,n={Batch},{Heads},most={Most},{Size}", cache).Absent().Of("1", Past).Outputs(true, true).Run();

        double Projected(int sample, int column) => b[column] + Enumerable.Range(0, Inputs).Sum(i => (double)x[(sample * Inputs) + i] * w[(i * 3 * Width) + column]);
        var (expected, present) = (new List<double>(), cache.Select(value => (double)value).ToArray());
        int Place(int which, int sample, int head, int position, int i) => ((((((which * Batch) + sample) * Heads) + head) * Most + position) * Size) + i;
        for (var sample = 0; sample < Batch; sample++)
        {
            for (var head = 0; head < Heads; head++)
            {
                double Part(int which, int i) => Projected(sample, (which * Width) + (head * Size) + i);
                double Cached(int which, int position, int i) => position < Past ? cache[Place(which, sample, head, position, i)] : Part(which + 1, i);
                for (var i = 0; i < Size; i++)
                {
                    present[Place(0, sample, head, Past, i)] = Part(1, i);
                    present[Place(1, sample, head, Past, i)] = Part(2, i);
                }

                double[] scores = [.. Enumerable.Range(0, Past + 1).Select(position =>
                    isMasked && mask[(sample * (Past + 1)) + position] == 0 ? 0 : Math.Exp(Enumerable.Range(0, Size).Sum(i => Part(0, i) * Cached(0, position, i)) / Math.Sqrt(Size)))];
                expected.AddRange(Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Past + 1).Sum(position => scores[position] * Cached(1, position, i)) / scores.Sum()));
            }
        }

        y[0].Dims.ShouldBe([Batch, 1, Width]);
        ShouldBeNear(y[0], expected);
        y[1].Dims.ShouldBe([2, Batch, Heads, Most, Size]);
        ShouldBeNear(y[1], present);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void MatMulNBitsQkv_normalizes_a_sum_and_multiplies_it_three_times(int bits)
    {
        const int Rows = 2, Depth = 64, Block = 32, Queries = 4, Others = 2;
        var (x, skip, scale) = (Samples(Rows * Depth, 1), Samples(Rows * Depth, 2), Samples(Depth, 3));
        var node = new OneNode("MatMulNBitsQkv").With("K", Depth).With("Nq", Queries).With("Nkv", Others).With("bits", bits).With("block_size", Block).With("epsilon", 1e-3f)
            .Of($"n={Rows},{Depth}", x).Of($"n={Rows},{Depth}", skip).Of($"{Depth}", scale);
        var matrices = new List<(byte[] Packed, float[] Scales, float[]? Bias, int Columns)>();
        foreach (var (i, columns) in new[] { Queries, Others, Others }.Index())
        {
            var packed = new byte[columns * Depth * bits / 8];
            new Random(5 + i).NextBytes(packed);
            var scales = Samples(columns * Depth / Block, 6 + i);
            var bias = i == 1 ? null : Samples(columns, 9 + i);
            node = node.Of($"{columns},{Depth / Block},{Block * bits / 8}", packed).Constant().Of($"{columns},{Depth / Block}", scales).Constant();
            node = bias is null ? node.Absent() : node.Of($"{columns}", bias).Constant();
            matrices.Add((packed, scales, bias, columns));
        }

        var y = node.Outputs(true, true, true, true).Run();

        double[] sum = [.. x.Zip(skip, (a, b) => (double)a + b)];
        double Root(int row) => Math.Sqrt((Enumerable.Range(0, Depth).Sum(i => sum[(row * Depth) + i] * sum[(row * Depth) + i]) / Depth) + 1e-3);
        foreach (var (i, (packed, scales, bias, columns)) in matrices.Index())
        {
            // Numbers of 4 bits lie two in a byte, the first in the lower half. The middle of the range is zero.
            double Weight(int column, int k) => ((bits == 4 ? (packed[((column * Depth) + k) / 2] >> (4 * (k % 2))) & 15 : packed[(column * Depth) + k]) - (1 << (bits - 1))) * (double)scales[((column * Depth) + k) / Block];
            y[i].Dims.ShouldBe([Rows, columns]);
            ShouldBeNear(y[i], [.. from row in Enumerable.Range(0, Rows) from column in Enumerable.Range(0, columns)
                select (bias?[column] ?? 0) + Enumerable.Range(0, Depth).Sum(k => sum[(row * Depth) + k] / Root(row) * scale[k] * Weight(column, k))]);
        }

        ShouldBeNear(y[3], sum);
    }

    [Theory]
    [InlineData("n=2,3,4", 1)]
    [InlineData("n=2,1,4", 3)]
    public void GatedAdd_adds_what_a_gate_lets_through(string gateShape, int repeated)
    {
        var (x, y, gate) = (Samples(24, 1), Samples(24, 2), Samples(24 / repeated, 3));
        var result = new OneNode("GatedAdd").Of("n=2,3,4", x).Of("n=2,3,4", y).Of(gateShape, gate).Run()[0];
        result.Dims.ShouldBe([2, 3, 4]);
        ShouldBeNear(result, [.. Enumerable.Range(0, 24).Select(i => x[i] + ((double)y[i] * gate[repeated == 1 ? i : (i / 12 * 4) + (i % 4)]))]);
    }

    [Theory]
    [InlineData(0, 0, 1f)]
    [InlineData(1, 0, 1f)]
    [InlineData(0, 1, 0.5f)]
    [InlineData(1, 1, -2f)]
    public void SparseToDenseMatMul_multiplies_what_is_stored(int transposeLeft, int transposeRight, float alpha)
    {
        // Five of twelve elements by their offsets; the dense matrix is [4, 5], or [3, 5] where the sparse one is turned.
        const int Rows = 3, Columns = 4, Width = 5;
        (int Offset, float Value)[] stored = [(0, 1.5f), (3, -2), (5, 0.25f), (6, 4), (11, -1)];
        var (rows, depth) = transposeLeft == 0 ? (Rows, Columns) : (Columns, Rows);
        var dense = Samples(depth * Width, 1);
        long[] denseDims = transposeRight == 0 ? [depth, Width] : [Width, depth];
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [string.Empty] = 17, ["com.microsoft"] = 1 },
            FileName = "sparse.onnx",
            Graph = new OnnxGraph
            {
                Name = "sparse",
                Inputs = [new OnnxValueInfo { Name = "b", Type = new OnnxTensorType(OnnxElementType.Float, [.. denseDims.Select(OnnxDimension.Of)]) }],
                Outputs = [new OnnxValueInfo { Name = "y", Type = new OnnxTensorType(OnnxElementType.Float, null) }],
                SparseInitializers =
                [
                    new OnnxSparseTensor
                    {
                        Dims = [Rows, Columns],
                        Values = new OnnxTensor { Name = "a", ElementType = OnnxElementType.Float, Dims = [stored.Length], Data = Data<float>([.. stored.Select(element => element.Value)]) },
                        Indices = new OnnxTensor { Name = "a_indices", ElementType = OnnxElementType.Int64, Dims = [stored.Length], Data = Data<long>([.. stored.Select(element => (long)element.Offset)]) },
                    },
                ],
                Nodes =
                [
                    new OnnxNode
                    {
                        Name = "y", OpType = "SparseToDenseMatMul", Domain = "com.microsoft", Inputs = ["a", "b"], Outputs = ["y"],
                        Attributes = [OnnxAttribute.Of("alpha", alpha), OnnxAttribute.Of("transA", (long)transposeLeft), OnnxAttribute.Of("transB", (long)transposeRight)],
                    },
                ],
            },
        };
        var y = new ProgramRunner(Compiling.Compile(model, new CompileOptions()).Program).Run([Tensor.Of<float>(dense, denseDims)])[0];

        var expected = new double[rows * Width];
        foreach (var (offset, value) in stored)
        {
            var (row, column) = transposeLeft == 0 ? (offset / Columns, offset % Columns) : (offset % Columns, offset / Columns);
            for (var i = 0; i < Width; i++)
            {
                expected[(row * Width) + i] += alpha * (double)value * dense[transposeRight == 0 ? (column * Width) + i : (i * depth) + column];
            }
        }

        y.Dims.ShouldBe([rows, Width]);
        ShouldBeNear(y, expected);
    }

    private static float[] Samples(int count, int seed) => TinyModels.Samples(count, seed);

    private static byte[] Data<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static void ShouldBeNear(Tensor actual, IReadOnlyList<double> expected)
    {
        var values = actual.As<float>().ToArray();
        values.Length.ShouldBe(expected.Count);
        for (var i = 0; i < values.Length; i++)
        {
            Math.Abs(values[i] - expected[i]).ShouldBeLessThanOrEqualTo(Tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}");
        }
    }
}
