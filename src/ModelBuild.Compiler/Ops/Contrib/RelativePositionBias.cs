using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What T5 adds to the scores of attention, [1, heads, queries, keys]: from a table [buckets, heads] the row of the bucket of each distance. Half of the buckets are one
/// distance each, the others grow up to max_distance. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.RelativePositionBias
/// </summary>
internal sealed class RelativePositionBias : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var table = f.Require(0);
        var buckets = table.Type[0].IsConstant ? table.Type[0].Constant : throw OperatorException.Unsupported($"a table {table.Type} of unknown size is not supported");
        var isBothWays = f.Attributes.Flag("is_bidirectional");
        Value Positions(int input, long axis) => f.Add("Unsqueeze", f.Counted(f.Add("Reshape", f.As(f.Require(input), ElementType.Int64), f.Constant())), f.Constant(axis));
        var distance = f.Add("Sub", Positions(2, 0), Positions(1, 1));
        var sign = isBothWays ? f.Add("Mul", f.As(f.Add("Greater", distance, 0), ElementType.Int64), buckets / 2) : null;
        var length = isBothWays ? f.Add("Abs", distance) : f.Add("Max", f.Add("Neg", distance), f.Scalar(0, ElementType.Int64));
        var count = isBothWays ? buckets / 2 : buckets;
        var exact = count / 2;

        // The logarithm of a distance of 0 is never used.
        var share = f.Add("Div", f.As(f.Add("Max", length, f.Scalar(1, ElementType.Int64)), ElementType.Float), exact);
        var step = f.Add("Mul", f.Add("Div", f.Add("Log", share), (float)Math.Log(f.Attributes.Require<long>("max_distance") / (double)exact)), count - exact);
        var far = f.Add("Min", f.Add("Add", f.As(step, ElementType.Int64), exact), f.Scalar(count - 1, ElementType.Int64));
        var bucket = f.Add("Where", f.Add("Less", length, exact), length, far);
        bucket = sign is null ? bucket : f.Add("Add", bucket, sign);
        f.Output(0, f.Add("Unsqueeze", f.Add("Transpose", Attributes.Of(("perm", (long[])[2, 0, 1])), f.Add("Gather", table, bucket)), f.Constant(0L)));
    }
}
