using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product with a matrix of integers of few bits in blocks, each with a scale and a zero point. With g_idx it says for each column of the matrix which of them are its own.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBits
/// </summary>
internal sealed class MatMulNBits : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var (a, bits) = (f.Attributes, f.Attributes.Get("bits", 4L));
        var (depth, columns, block) = (a.Require<long>("K"), a.Require<long>("N"), a.Require<long>("block_size"));
        if (bits is not (2 or 4 or 8) || block < 1)
        {
            throw OperatorException.Unsupported($"MatMulNBits of {bits} bits in blocks of {block} is not supported");
        }

        var element = f.Type(0).Element;
        var blocks = (depth + block - 1) / block;
        Value Wide(Value value) => value.Type.Element == ElementType.Float ? value : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), value);
        Value Unpacked(Value value, long width) => f.Add($"{OwnDomain}.{nameof(Unpack)}", Attributes.Of(("bits", bits), ("columns", width)), value);
        var weights = f.Add("Reshape", Unpacked(f.Require(1), block), f.Constant(columns, blocks, block));
        var scales = f.Add("Reshape", Wide(f.Require(2)), f.Constant(columns, blocks, 1));
        var zeros = f.Input(3) is not { } given ? f.Scalar(1L << (int)(bits - 1))
            : f.Add("Reshape", given.Type.Element == ElementType.UInt8 ? Unpacked(given, blocks) : Wide(given), f.Constant(columns, blocks, 1));
        if (f.Input(4) is { } groups)
        {
            // A scale for each number, as if blocks were of one.
            Value Cut(Value value) => f.Add("Slice", value, f.Constant(0L), f.Constant(depth), f.Constant(value.Type.Rank == 1 ? 0L : 1L));
            Value Each(Value value) => value.Type.Rank == 0 ? value : f.Add("Gather", Attributes.Of(("axis", 1)), value, Cut(groups));
            (weights, scales, zeros) = (Cut(f.Add("Reshape", weights, f.Constant(columns, blocks * block, 1))), Each(scales), Each(zeros));
            (blocks, block) = (depth, 1);
        }

        var matrix = f.Add("Reshape", f.Add("Mul", f.Add("Sub", weights, zeros), scales), f.Constant(columns, blocks * block));
        matrix = blocks * block == depth ? matrix : f.Add("Slice", matrix, f.Constant(0L), f.Constant(depth), f.Constant(1L));
        var y = f.Add("MatMul", Wide(f.Require(0)), f.Add("Transpose", matrix));
        y = f.Input(5) is { } bias ? f.Add("Add", y, Wide(bias)) : y;
        f.Output(0, element == ElementType.Float ? y : f.Add("Cast", Attributes.Of(("to", (long)element)), y));
    }
}
