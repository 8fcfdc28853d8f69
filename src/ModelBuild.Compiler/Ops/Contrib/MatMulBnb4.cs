using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product with a matrix [N, K] of 4-bit floats in blocks, each with the largest magnitude: FP4 (quant_type=0) or NF4 (1). Of a byte the high half comes first.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulBnb4 Dettmers et al., QLoRA, https://arxiv.org/abs/2305.14314
/// </summary>
internal sealed class MatMulBnb4 : ContribOp
{
    private static readonly float[] Fp4 = [0f, 0.005208333f, 0.6666667f, 1f, 0.3333333f, 0.5f, 0.1666667f, 0.25f];
    private static readonly float[] Nf4 =
    [
        -1f, -0.6961928f, -0.52507305f, -0.3949175f, -0.28444138f, -0.18477343f, -0.091050036f, 0f, 0.0795803f, 0.1609302f, 0.2461123f, 0.33791524f, 0.44070983f, 0.562617f, 0.72295684f, 1f,
    ];

    public override void Expand(FunctionContext f)
    {
        var (a, depth, columns) = (f.Attributes, f.Attributes.Require<long>("K"), f.Attributes.Require<long>("N"));
        var (block, count) = (a.Require<long>("block_size"), depth * columns);
        if (!a.Flag("transB", otherwise: true) || block < 1)
        {
            throw OperatorException.Unsupported("a matrix that is not transposed is not supported");
        }

        float[] table = a.Require<long>("quant_type") switch
        {
            0 => [.. Fp4, .. Fp4.Select(value => -value)],
            1 => Nf4,
            var other => throw new OperatorException($"quant_type={other} is neither FP4 nor NF4"),
        };
        Value Half(string op, byte operand, Attributes attributes) => f.Add(op, attributes, f.Require(1), f.Scalar(operand, ElementType.UInt8));
        Value Column(Value value) => f.Add("Reshape", value, f.Constant(-1L, 1L));
        var codes = f.Add("Concat", Attributes.Of(("axis", 1)), Column(Half("BitShift", 4, Attributes.Of(("direction", "RIGHT")))), Column(Half("BitwiseAnd", 15, Attributes.None)));
        var values = f.Add("Gather", f.Constant(Tensor.Of<float>(table, 16)), f.As(f.Add("Reshape", codes, f.Constant(-1L)), ElementType.Int32));
        var blocks = (count + block - 1) / block;
        values = f.Add("Slice", values, f.Constant(0L), f.Constant(count), f.Constant(0L));
        values = blocks * block == count ? values : f.Add("Pad", values, f.Constant(0L, (blocks * block) - count));
        var scaled = f.Add("Mul", f.Add("Reshape", values, f.Constant(blocks, block)), Column(f.As(f.Require(2), ElementType.Float)));
        var flat = f.Add("Slice", f.Add("Reshape", scaled, f.Constant(-1L)), f.Constant(0L), f.Constant(count), f.Constant(0L));
        var matrix = f.Add("Transpose", f.Add("Reshape", flat, f.Constant(columns, depth)));
        var x = f.Require(0);
        f.Output(0, f.As(f.Add("MatMul", f.As(x, ElementType.Float), matrix), x.Type.Element));
    }
}
